import type { Timestamp } from '../../events/clock.ts'
import type { Delivery, ItemId, RequestId, UserId } from '../../events/event.ts'
import { cutRow, keptRow, type Step, type Trace } from '../../feed/pipeline/trace.ts'
import type { Batch } from '../../state/projections/batches.ts'
import type { Ordinal } from '../../state/projections/projection.ts'
import type { Ordinals } from '../../state/state.ts'

/** Why a page looks as it does: per stage, per item shown, and per candidate that was not. */
export interface Explanation {
  readonly requestId: RequestId
  readonly user: UserId
  readonly scene: string
  readonly channel: string
  readonly at: Timestamp
  readonly delivery: Delivery
  readonly recipe: string
  readonly model: string
  /** Of every run that brought an item of the page: a page from the queue may have several. */
  readonly stages: readonly StageView[]
  readonly items: readonly ItemExplanation[]
  /** Candidates that did not make the page, with the stage that lost them. */
  readonly lost: readonly Fate[]
}

export interface StageView extends Step {
  readonly run: RequestId
}

export interface ItemExplanation {
  readonly id: ItemId
  readonly position: number
  readonly score: number
  readonly sources: readonly { readonly name: string; readonly rank: number }[]
  readonly features: readonly {
    readonly name: string
    readonly value: number
    readonly contribution: number
  }[]
  /** Place before and after each mixer that moved it. */
  readonly moves: readonly { readonly mixer: string; readonly from: number; readonly to: number }[]
}

export interface Fate {
  readonly id: ItemId
  readonly outcome: 'shown' | 'waiting' | 'outranked' | 'dropped' | 'not-recalled' | 'unknown'
  /** The stage or filter that decided it. */
  readonly by?: string
  readonly reason?: string
}

/**
 * Reads a page's traces out. Runs whose trace is no longer kept leave their items with what the
 * page knows.
 */
export function explain(
  batch: Batch,
  traces: ReadonlyMap<RequestId, Trace>,
  ordinals: Ordinals,
): Explanation {
  const shown = new Set(batch.items.map(({ item }) => item))
  const items = batch.items.map((entry, position): ItemExplanation => {
    const trace = traces.get(entry.run)
    const row = trace?.items.indexOf(entry.item) ?? -1
    return {
      id: ordinals.id(entry.item),
      position,
      score: entry.score,
      sources:
        trace === undefined || row < 0
          ? entry.sources.map((name) => ({ name, rank: -1 }))
          : sourcesOf(trace, row),
      features: trace === undefined ? [] : featuresOf(trace, row),
      moves: trace === undefined ? [] : movesOf(trace, row),
    }
  })
  const lost = [...traces.values()].flatMap((trace) =>
    [...trace.items].flatMap((item): Fate[] =>
      shown.has(item) ? [] : [fateOf(trace, item, ordinals.id(item))],
    ),
  )
  return {
    requestId: batch.request,
    user: batch.user,
    scene: batch.scene,
    channel: batch.channel,
    at: batch.at,
    delivery: batch.delivery,
    recipe: batch.recipe,
    model: batch.items[0]?.model ?? '',
    stages: [...traces.values()].flatMap((trace) =>
      trace.steps.map((step) => ({ ...step, run: trace.run })),
    ),
    items,
    lost,
  }
}

/** What became of one item in one run. */
export function fateOf(trace: Trace, item: Ordinal, id: ItemId): Fate {
  const row = trace.items.indexOf(item)
  if (row < 0) {
    return {
      id,
      outcome: 'not-recalled',
      reason: `none of ${trace.sources.join(', ')} proposed it`,
    }
  }
  const by = trace.droppedBy[row]!
  if (by === cutRow)
    return { id, outcome: 'dropped', by: 'limit', reason: 'more candidates than are ranked' }
  if (by !== keptRow) return { id, outcome: 'dropped', by: trace.filters[by]! }
  const finished = trace.orders.at(-1)!
  const place = finished.indexOf(row)
  if (place >= 0)
    return { id, outcome: 'waiting', reason: `place ${place + 1} of ${finished.length}` }
  const left = trace.orders.findIndex((order) => !order.includes(row))
  const mixer = trace.mixers[left - 1]
  const ranked = trace.orders[0]!.indexOf(row)
  const score = trace.scores[row]!.toFixed(4)
  const reason = `ranked ${ranked + 1} of ${trace.orders[0]!.length}, score ${score}`
  return { id, outcome: 'outranked', by: mixer ?? 'rank', reason }
}

function sourcesOf(trace: Trace, row: number): ItemExplanation['sources'] {
  return trace.sources.flatMap((name, index) => {
    const rank = trace.ranks[index * trace.items.length + row]!
    return rank < 0 ? [] : [{ name, rank }]
  })
}

function featuresOf(trace: Trace, row: number): ItemExplanation['features'] {
  const width = trace.features.length
  const place = trace.orders.at(-1)!.indexOf(row)
  if (place < 0 || (place + 1) * width > trace.values.length) return []
  return trace.features.map((name, index) => ({
    name,
    value: trace.values[place * width + index]!,
    contribution: trace.contributions[place * width + index]!,
  }))
}

function movesOf(trace: Trace, row: number): ItemExplanation['moves'] {
  return trace.mixers.flatMap((mixer, index) => {
    const from = trace.orders[index]!.indexOf(row)
    const to = trace.orders[index + 1]!.indexOf(row)
    return from === to || to < 0 ? [] : [{ mixer, from, to }]
  })
}
