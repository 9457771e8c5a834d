import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Event } from '../../events/event.ts'
import { memoryLog } from '../../events/log/memory-log.ts'
import { openState } from '../../state/folded-state.ts'
import { act, erase, serve } from '../../state/projections/value-after.suite.ts'
import { memoryStore } from '../../state/store/memory-store.ts'
import { knowledge } from '../folds.ts'
import { cellsBefore, readLikes } from './likes.ts'

const signals: Event = {
  ...{ type: 'parameter', id: 'signals', at: 1, name: 'signals', by: 'operator' },
  value: { click: { weight: -1 }, share: { weight: 4 } },
}

const past = [
  act('u', 'like', 'a'),
  act('u', 'impression', 'b'),
  act('v', 'click', 'b'),
  act('v', 'rate', 'a', { value: 1 }),
  serve('u', ['c']),
  signals,
  act('v', 'click', 'a'),
  act('u', 'share', 'c'),
]

describe('likes', () => {
  it('are the positive deeds, by the signals in force when they were done', async () => {
    const likes = await readLikes(memoryLog(past), memoryStore())
    assert.deepEqual([...likes.users], [0, 1, 0])
    assert.deepEqual([...likes.items], [0, 1, 2])
    assert.deepEqual([...likes.weights], [2, 1, 4])
    assert.deepEqual([...likes.offsets], [0, 2, 7])
    assert.deepEqual([likes.userCount, likes.ordinals.size, likes.through], [2, 3, 8])
  })

  it('number items as the state does, also where the log was trimmed', async () => {
    const log = memoryLog(past)
    const base = memoryStore()
    const state = await openState({ store: base, ...knowledge })
    await state.fold(0, past.slice(0, 3))
    await state.checkpoint()
    await log.trim(3)
    const likes = await readLikes(log, base)
    assert.deepEqual([...likes.items], [2])
    assert.equal(likes.ordinals.id(2), 'c')
  })

  it('leave out what was erased', async () => {
    const log = memoryLog([...past, erase('u')])
    await log.erase((event) => 'user' in event && event.user === 'u')
    const likes = await readLikes(log, memoryStore())
    assert.deepEqual([...likes.offsets], [2])
  })

  it('before an offset are those that were known by then', async () => {
    const likes = await readLikes(memoryLog(past), memoryStore())
    const countBefore = (offset: number) => cellsBefore(likes, offset).cells.users.length
    assert.deepEqual([0, 1, 2, 3, 7, 8].map(countBefore), [0, 1, 1, 2, 2, 3])
    assert.deepEqual(cellsBefore(likes, 1).shape, { userCount: 2, itemCount: 3 })
  })

  it('stop being read when it is told to', async () => {
    const signal = AbortSignal.abort(new Error('closing'))
    await assert.rejects(readLikes(memoryLog(past), memoryStore(), signal), /closing/)
  })
})
