import { invalid } from '../../../error.ts'

/**
 * How likely it is that whoever is shown a list looks at each place of it, beside the first one:
 * by place, the first is 1.
 */
export type Propensities = Float64Array

/** The places rows were shown at, from 0, and whether they were clicked: 0 or 1. */
export interface ClickLog {
  readonly positions: Uint32Array
  readonly clicks: Float32Array
}

/**
 * From pages that were shuffled: each place held what every other one did, so its clicks are as
 * many as its looks (result randomisation: Joachims, Swaminathan and Schnabel, WSDM 2017, section
 * 5.1).
 *
 * Throws `invalid_argument` where a place up to the last has no rows, or the first no clicks.
 */
export function propensitiesOfShuffled(log: ClickLog): Propensities {
  const { shown, clicked } = countsOf(log)
  const first = clicked[0]! / shown[0]!
  if (!(first > 0)) throw invalid('clicks', 'must hold clicks at position 0')
  return shown.map((count, place) => {
    if (count === 0) throw invalid('positions', `must hold rows at position ${place}`)
    return clicked[place]! / count / first
  })
}

/** Of what was shown both here and at the first place, and when: by place, and by what it was. */
export interface SwapLog extends ClickLog {
  /** What was shown, to whom it was: rows of one key differ in the place alone. */
  readonly keys: Uint32Array
}

/**
 * From pages where the first item was swapped with the one at a place: the clicks of the same
 * things here and there (swap interventions: the same paper, section 5.2). Less disturbing than to
 * shuffle.
 */
export function propensitiesOfSwaps({ positions, clicks, keys }: SwapLog): Propensities {
  const { shown } = countsOf({ positions, clicks })
  const [rows, taken] = [new Map<string, number>(), new Map<string, number>()]
  for (const [row, key] of keys.entries()) {
    const at = `${key}/${positions[row]}`
    rows.set(at, (rows.get(at) ?? 0) + 1)
    taken.set(at, (taken.get(at) ?? 0) + clicks[row]!)
  }
  const known = new Set(keys)
  return shown.map((_, place) => {
    if (place === 0) return 1
    let [here, first] = [0, 0]
    for (const key of known) {
      const [at, top] = [`${key}/${place}`, `${key}/0`]
      const [count, topCount] = [rows.get(at) ?? 0, rows.get(top) ?? 0]
      // Each key counts as often here as there, whichever was shown oftener.
      const pairs = Math.min(count, topCount)
      if (pairs === 0) continue
      here += (pairs * taken.get(at)!) / count
      first += (pairs * taken.get(top)!) / topCount
    }
    if (!(first > 0)) throw invalid('keys', `must hold clicked ones at positions 0 and ${place}`)
    return here / first
  })
}

/** By position: rows and clicks. Throws `invalid_argument` for arrays that don't fit. */
export function countsOf({ positions, clicks }: ClickLog) {
  if (positions.length !== clicks.length || clicks.length === 0) {
    throw invalid('clicks', `are ${clicks.length}, must be as many as positions, and some`)
  }
  const places = positions.reduce((most, place) => Math.max(most, place), 0) + 1
  if (places > placesMost) throw invalid('positions', `${places - 1} must be < ${placesMost}`)
  const [shown, clicked] = [new Float64Array(places), new Float64Array(places)]
  for (const [row, place] of positions.entries()) {
    shown[place]! += 1
    clicked[place]! += clicks[row]!
  }
  return { shown, clicked }
}

/** Nobody looks further down; a larger number is an id that strayed. */
const placesMost = 10_000
