import type { Trace } from '../../feed/pipeline/trace.ts'
import { keptRow } from '../../feed/pipeline/trace.ts'

/** The trace of a run that proposed some items and lost none of them. */
export function madeUpTrace(run: string, user: string, items: readonly number[] = [1]): Trace {
  const order = Uint16Array.from(items.keys())
  return {
    ...{ run, user, at: 1_700_000_000_000, recipe: 'feed', model: 'ranker/1', steps: [] },
    items: Uint32Array.from(items),
    sources: ['fresh'],
    ranks: Int16Array.from(items.keys()),
    droppedBy: new Int8Array(items.length).fill(keptRow),
    filters: [],
    scores: Float32Array.from(items, () => 0.5),
    orders: [order, order],
    mixers: [],
    features: [],
    values: new Float32Array(0),
    contributions: new Float32Array(0),
  }
}
