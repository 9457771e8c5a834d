import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { cutRow, keptRow, type Trace } from '../../feed/pipeline/trace.ts'
import { madeUpTrace } from '../../insight/explain/made-up-trace.suite.ts'
import { runRows, slateRows } from './trace-rows.ts'

const trace: Trace = {
  ...madeUpTrace('r', 'u', [7, 8, 9, 10]),
  steps: [
    { stage: 'recall', name: 'fresh', rowCount: 4, dropped: 0, durationMs: 1.5 },
    { stage: 'filter', name: 'drop-seen', rowCount: 4, dropped: 1, durationMs: 0.5, failure: 'no' },
  ],
  sources: ['fresh', 'hot'],
  ranks: Int16Array.of(0, 1, 2, -1, -1, 0, -1, 1),
  filters: ['drop-seen'],
  droppedBy: Int8Array.of(keptRow, keptRow, 0, cutRow),
  scores: Float32Array.of(0.25, 0.5, Number.NaN, Number.NaN),
  orders: [Uint16Array.of(1, 0), Uint16Array.of(1, 0)],
  features: ['age', 'likes'],
  // Of the first place alone.
  values: Float32Array.of(3, Number.NaN),
}

describe('rows of a trace', () => {
  it('tell what each stage did', () => {
    const rows = runRows(trace).map(({ row }) => [
      row['stage'],
      row['name'],
      row['dropped'],
      row['ms'],
    ])
    assert.deepEqual(rows, [
      ['recall', 'fresh', 0, 1.5],
      ['filter', 'drop-seen', 1, 0.5],
    ])
    assert.equal(runRows(trace)[1]!.row['failure'], 'no')
  })

  it('tell of each candidate where it came from, where it went, and what was known of it', () => {
    const rows = slateRows(trace, (item) => `i${item}`).map(({ row }) => [
      ...[row['item'], row['row'], row['dropped_by'], row['score'], row['place']],
      ...[row['sources'], row['features']],
    ])
    assert.deepEqual(rows, [
      ['i7', 0, undefined, 0.25, 1, ['fresh'], undefined],
      ['i8', 1, undefined, 0.5, 0, ['fresh', 'hot'], { age: 3 }],
      ['i9', 2, 'drop-seen', undefined, undefined, ['fresh'], undefined],
      ['i10', 3, 'cut', undefined, undefined, ['hot'], undefined],
    ])
  })
})
