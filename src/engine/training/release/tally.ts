import type { Json } from '../../../events/event.ts'
import type { SavedRecall } from './recall-shadow.ts'
import type { SavedWatch } from './shadow-watch.ts'

/** How far a shadow has counted, as the log keeps it: plain data of a few kilobytes. */
export type Tally =
  | ({ readonly of: 'scores' } & SavedWatch)
  /** Of a candidate beside the version that served then, of which alone it tells. */
  | ({ readonly of: 'recall'; readonly beside: number } & SavedRecall)

/** Tallies of another form are those of another version of this program. */
const form = 1

/** All of it is numbers, texts, lists and records of these. */
export const tallyJson = (tally: Tally): Json => ({ form, ...tally }) as unknown as Json

/** Undefined for what this version cannot go on from: the shadow counts anew. */
export function tallyIn(value: Json | undefined): Tally | undefined {
  // Written by `tallyJson`, as the form says.
  const known = value as unknown as (Tally & { readonly form: number }) | undefined
  return known?.form === form ? known : undefined
}
