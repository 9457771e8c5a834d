import type { Action } from '../../events/event.ts'

/**
 * What is counted of an item by the clock. The actions count themselves; `positive` counts those
 * whose signal was a like, and `signal` sums what all of them were worth. A kind is stored as its
 * place in this list: new ones go to the end.
 */
export const deedKinds = [
  'impression',
  'click',
  'read',
  'play',
  'like',
  'unlike',
  'comment',
  'delete-comment',
  'share',
  'collect',
  'rate',
  'report',
  'dislike',
  'swipe-past',
  'positive',
  'signal',
] as const satisfies readonly (Action | 'positive' | 'signal')[]

export type DeedKind = (typeof deedKinds)[number]

/** Room for as many kinds in the number that names a cell. */
export const kindCountMax = 32

const places: ReadonlyMap<string, number> = new Map(deedKinds.map((kind, place) => [kind, place]))

/** The place of a kind in the list; `undefined` for what is not counted. */
export function placeOf(kind: string): number | undefined {
  return places.get(kind)
}

/** What each kind is worth in a score; a kind that is not named is worth nothing. */
export type Formula = Readonly<Partial<Record<DeedKind, number>>>

/** A formula as a row of weights by place, for the inner loop. */
export function weightsOf(formula: Formula): Float64Array {
  const weights = new Float64Array(kindCountMax)
  for (const [kind, weight] of Object.entries(formula)) weights[placeOf(kind)!] = weight
  return weights
}
