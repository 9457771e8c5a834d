import { gather } from '../../../feed/pipeline/candidate-table.ts'
import { needsOf } from '../../../feed/pipeline/pipeline.ts'
import { chanceOf, type Query } from '../../../feed/pipeline/query.ts'
import { recall } from '../../../feed/pipeline/recall.ts'
import { quotasOf } from '../../../feed/pipeline/recipe.ts'
import type { DeclaredSet } from '../../../state/features/declared/declaration.ts'
import type { Reader } from '../../../state/features/declared/filler.ts'
import type { RawRows } from '../../../state/features/declared/rows.ts'
import { type Context, unrecalled } from '../../../state/features/feature.ts'
import type { Ordinal } from '../../../state/projections/projection.ts'
import { recipesOf, sourceNames } from '../../recipes/recipes.ts'
import type { Residents } from '../../recipes/residents.ts'

/** Who asked for what, and by which request: it tells the chances that were taken for it. */
type Asked = Context & Pick<Query, 'request'>

/** Reads the set for some items, as the state stands. */
export type Offer = (asked: Asked, items: readonly Ordinal[], reader: Reader) => Promise<RawRows>

/** Features that tell who recalled an item. */
const ofRecall = /^(rank-|score-|source-count$)/

/**
 * Recall runs only where a column of the set tells who recalled an item: it costs more than all the
 * rest of a replay.
 */
export function offers(residents: Residents, set: DeclaredSet, reader: Reader): Offer {
  const { state } = residents
  const asksRecall = set.columns.some(
    ({ source }) => source.from === 'feature' && ofRecall.test(source.name),
  )
  if (!asksRecall) {
    return async (asked, items) =>
      reader.read(asked, unrecalled(items), await state.read(reader.needs(asked)))
  }
  const { feed: recipe } = recipesOf(residents, () => undefined)
  // Candidate sets are made anew too rarely to be told from the log alone.
  const quotas = quotasOf(recipe).filter(({ source }) => sourceNames.includes(source.name))
  return async (asked, items) => {
    const needs = [...needsOf(recipe, asked), ...reader.needs(asked)]
    const query: Query = {
      ...{ ...asked, size: 10, excluded: new Set() },
      known: await state.read(needs),
      random: chanceOf(asked.request),
      signal: new AbortController().signal,
    }
    const table = gather(new Map([...(await recall(quotas, query, [])), ['taken', { items }]]))
    const places = new Map(Array.from(table.items, (item, row) => [item, row]))
    return reader.read(query, table.only(items.map((item) => places.get(item)!)), query.known)
  }
}
