import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import type { ActionEvent } from '../../events/event.ts'
import { openSegmentLog } from '../../events/log/segment-log.ts'
import { readTimedLikes } from './timed-likes.ts'

test('what was liked is read with its time, beside a writer, and what was disliked is not', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'starling-likes-'))
  const rated = (user: string, item: string, value: number, at: number): ActionEvent => ({
    ...{ type: 'action', action: 'rate', id: `${user} ${item}` },
    ...{ user, item, value, at },
  })
  try {
    await using log = await openSegmentLog({ folder })
    await log.append([rated('a', 'x', 5, 1), rated('a', 'y', 1, 2), rated('b', 'y', 4, 3)])
    const { users, items, times, userIds, itemIds } = await readTimedLikes(folder)
    const rows = Array.from(times, (at, row) => [userIds[users[row]!], itemIds[items[row]!], at])
    assert.deepEqual(rows, [
      ['a', 'x', 1],
      ['b', 'y', 3],
    ])
  } finally {
    await rm(folder, { recursive: true })
  }
  await assert.rejects(readTimedLikes(join(folder, 'nowhere')), /there is no log/)
})
