import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setImmediate } from 'node:timers/promises'
import { manualClock } from '../../events/clock.ts'
import type { TableRow } from '../../lake/lake.ts'
import { predictLog, predictLogDefaults } from './predict-log.ts'

test('users of a call are named in full, whatever else is cut', async () => {
  const kept: TableRow[] = []
  const all = { ...predictLogDefaults, share: 1 }
  const log = predictLog(
    (rows) => kept.push(...rows),
    () => all,
    manualClock(1_000),
  )
  const long = 'u'.repeat(256)
  log.note({
    ...{ at: 1_000, request: 'r-1', caller: 'open', model: 'fm', version: 1, ms: 2 },
    signature: {
      inputs: [
        { name: 'userId', type: 'string', width: 1, holds: 'user' },
        { name: 'title', type: 'string', width: 1 },
      ],
      outputs: [],
    },
    asked: {
      rowCount: 2,
      columns: new Map([
        ['userId', [long, 'ann']],
        ['title', ['t'.repeat(300), 'short']],
      ]),
    },
  })
  await setImmediate()
  const [{ row }] = kept as [TableRow]
  assert.deepEqual(row['users'], [long, 'ann'])
  const inputs = row['inputs'] as { readonly title: readonly string[] }
  assert.deepEqual(inputs.title, ['t'.repeat(200), 'short'])
})
