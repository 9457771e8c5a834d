import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { fateOf } from './fate.ts'
import { madeUpTrace } from './made-up-trace.suite.ts'

describe('the fate of one item', () => {
  it('is told by the sources where none of them proposed it', () => {
    const fate = fateOf(madeUpTrace('r', 'u', [1, 2]), 9, 'ida')
    assert.deepEqual(fate, {
      ...{ id: 'ida', outcome: 'not-recalled', reason: 'none of fresh proposed it' },
    })
  })

  it('is told in words by the filters that come with the engine, and by name by others', () => {
    const filters = ['drop-seen', 'no-ties']
    const trace = { ...madeUpTrace('r', 'u', [1, 2]), filters, droppedBy: Int8Array.of(0, 1) }
    assert.deepEqual(fateOf(trace, 1, 'ada'), {
      ...{ id: 'ada', outcome: 'dropped', by: 'drop-seen' },
      reason: 'it was shown before, or met in another way',
    })
    assert.deepEqual(fateOf(trace, 2, 'bob'), { id: 'bob', outcome: 'dropped', by: 'no-ties' })
  })

  it('tells of an item that waited on which later page it came', () => {
    const page = { requestId: 'later', scene: 'home', channel: '', batchId: 7 }
    const others = { earlier: new Map(), later: new Map([[2, page]]) }
    const trace = madeUpTrace('r', 'u', [1, 2])
    assert.deepEqual(fateOf(trace, 2, 'bob', others), {
      ...{ id: 'bob', outcome: 'waiting', page },
      reason: 'place 2 of 2, shown later on page 7 of home',
    })
    assert.equal(fateOf(trace, 1, 'ada', others).reason, 'place 1 of 2')
  })
})
