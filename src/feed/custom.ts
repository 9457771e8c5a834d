import type { ItemId } from '../events/event.ts'
import type { Ordinal } from '../state/projections/projection.ts'
import type { Ordinals } from '../state/state.ts'
import type { Recalled } from './pipeline/candidates.ts'
import type { Filter } from './pipeline/filter.ts'
import type { Mixer } from './pipeline/mixer.ts'
import type { Query } from './pipeline/query.ts'
import { type Scorer, score } from './pipeline/scorer.ts'
import type { Source } from './pipeline/source.ts'

// Stages of an embedding program's own: plain functions of item ids. Ordinals stay inside.

/** A request as a custom stage sees it: items are named by their ids. */
export interface CustomQuery
  extends Pick<
    Query,
    'user' | 'at' | 'scene' | 'channel' | 'fields' | 'size' | 'random' | 'signal'
  > {
  readonly beside?: ItemId
}

/** An item in its place, as a custom mixer sees it. */
export interface Placed {
  readonly item: ItemId
  readonly score: number
  /** Who recalled it. */
  readonly sources: readonly string[]
}

/** What a custom source brings: best first, and with scores (0 for nothing) where it has them. */
export type CustomRecalled = readonly ItemId[] | readonly ScoredItem[]

export interface ScoredItem {
  readonly item: ItemId
  readonly score: number
}

/** A source: up to `limit` ids, best first. Ids that nobody has heard of are passed over. */
export function customSource(
  ordinals: Ordinals,
  name: string,
  recall: (query: CustomQuery, limit: number) => CustomRecalled | Promise<CustomRecalled>,
): Source {
  const known = (told: CustomRecalled): Recalled => {
    const items: Ordinal[] = []
    const scores: number[] = []
    for (const each of told) {
      const item = ordinals.of(typeof each === 'string' ? each : each.item)
      if (item === undefined) continue
      items.push(item)
      if (typeof each !== 'string') scores.push(each.score)
    }
    // Of a list that is partly scored no share means anything: `proposedOf` refuses it.
    return scores.length === 0 ? items : { items, scores }
  }
  return {
    name,
    recall(query, limit) {
      const items = recall(customQuery(ordinals, query), limit)
      return 'then' in items ? items.then(known) : known(items)
    },
  }
}

/** A filter: keeps the items of which it says true. Where it throws, the run fails. */
export function customFilter(
  ordinals: Ordinals,
  name: string,
  keep: (item: ItemId, query: CustomQuery) => boolean,
): Filter {
  return {
    name,
    keep(query, { items }) {
      const custom = customQuery(ordinals, query)
      return Uint8Array.from(items, (item) => (keep(ordinals.id(item), custom) ? 1 : 0))
    },
  }
}

/**
 * A scorer: the new score of an item from its id and its score so far, which is -Infinity where no
 * scorer came before. The higher the better.
 */
export function customScorer(
  ordinals: Ordinals,
  name: string,
  scoreOf: (item: ItemId, soFar: number, query: CustomQuery) => number,
): Scorer {
  return {
    name,
    reads: [],
    writes: [score],
    score(query, candidates) {
      const custom = customQuery(ordinals, query)
      const soFar = candidates.column(score)
      const scores = soFar.map((before, row) =>
        scoreOf(ordinals.id(candidates.items[row]!), before, custom),
      )
      return [scores]
    },
  }
}

/** A mixer: gives back the same objects in another order, or fewer of them. */
export function customMixer(
  ordinals: Ordinals,
  name: string,
  mix: (feed: readonly Placed[], query: CustomQuery) => readonly Placed[],
): Mixer {
  return {
    name,
    mix(query, candidates, order) {
      const scores = candidates.column(score)
      const rows = new Map(
        order.map((row): [Placed, number] => [
          {
            item: ordinals.id(candidates.items[row]!),
            score: scores[row]!,
            sources: candidates.sources(row),
          },
          row,
        ]),
      )
      // An object that is not one of those handed out is no row: the pipeline refuses the order.
      const mixed = mix([...rows.keys()], customQuery(ordinals, query))
      return mixed.map((placed) => rows.get(placed) ?? -1)
    },
  }
}

function customQuery(ordinals: Ordinals, query: Query): CustomQuery {
  const { user, at, scene, channel, fields, size, random, signal, beside } = query
  const custom = { user, at, scene, channel, fields, size, random, signal }
  return beside === undefined ? custom : { ...custom, beside: ordinals.id(beside) }
}
