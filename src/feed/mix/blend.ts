import type { Candidates, Order, Row } from '../pipeline/candidates.ts'
import type { Mixer } from '../pipeline/mixer.ts'
import type { Query } from '../pipeline/query.ts'
import type { Shares } from '../rules.ts'
import { withRest } from './with-rest.ts'

/** A source that has a right to places. */
interface Claim {
  readonly share: number
  /** Its rows, best first, and how far they have been looked through. */
  readonly rows: readonly Row[]
  next: number
  /** Places given to it so far, by right or by rank. */
  given: number
  /** Places it has a right to by now. */
  due: number
}

/**
 * Gives sources a share of the places, so that the ranker can never cut all that is new or hot: of
 * the first n places at least floor(share × n) hold items of the source, for every n, as long as
 * there are such. Everything else keeps the ranker's order, and is moved down no more than that
 * takes; where several sources come due at once, a place or two more.
 *
 * Shares are read anew for every request; where they sum to more than 1 all shrink alike.
 */
export function blend(sharesOf: (query: Query) => Shares): Mixer {
  return {
    name: 'blend',
    mix(query, candidates, order, places = order.length) {
      const claims = claimsOf(sharesOf(query), candidates, order)
      if (claims.length === 0) return order
      const length = Math.min(places, order.length)
      const schedule = lateSchedule(claims, length)
      const claimsOfRow = byRow(claims, candidates.items.length)
      const placed: Row[] = []
      const isPlaced = new Uint8Array(candidates.items.length)
      let next = 0
      for (let place = 0; place < length; place++) {
        const claim = schedule[place]
        if (claim !== undefined) claim.due++
        while (isPlaced[order[next]!] === 1) next++
        const row = (claim && owed(claim, isPlaced)) ?? order[next]!
        placed.push(row)
        isPlaced[row] = 1
        for (let index = 0; index < claims.length; index++) {
          if (claimsOfRow[index]![row] === 1) claims[index]!.given++
        }
      }
      return withRest(placed, order, isPlaced)
    },
  }
}

function claimsOf(shares: Shares, candidates: Candidates, order: Order): readonly Claim[] {
  const sum = Object.values(shares).reduce((total, share) => total + Math.max(0, share), 0)
  return Object.entries(shares).flatMap(([source, share]) => {
    const ranks = candidates.rankBy(source)
    const rows = order.filter((row) => ranks[row]! >= 0)
    if (!(share > 0) || rows.length === 0) return []
    return [{ share: share / Math.max(1, sum), rows, next: 0, given: 0, due: 0 }]
  })
}

/**
 * Which claim each place is set aside for. A source's n-th place must come by ceil(n / share);
 * setting places aside from the last to the first puts all as late as they can be, and still meets
 * every deadline where shares sum to no more than 1.
 */
function lateSchedule(claims: readonly Claim[], length: number): readonly (Claim | undefined)[] {
  const left = claims.map(({ share }) => Math.floor(share * length + rounding))
  const schedule: (Claim | undefined)[] = Array.from({ length })
  for (let place = length; place > 0; place--) {
    let [latest, deadline] = [-1, place - 1]
    for (let index = 0; index < claims.length; index++) {
      const { share } = claims[index]!
      const due = left[index] === 0 ? 0 : Math.ceil(left[index]! / share - rounding)
      if (due > deadline) [latest, deadline] = [index, due]
    }
    if (latest < 0) continue
    schedule[place - 1] = claims[latest]!
    left[latest]! -= 1
  }
  return schedule
}

/** Ten places of a share of 0.1 are one, whatever binary fractions say. */
const rounding = 1e-9

/** The best row of a claim that has had less than its due; none where all of them are placed. */
function owed(claim: Claim, isPlaced: Uint8Array): Row | undefined {
  if (claim.given >= claim.due) return undefined
  while (isPlaced[claim.rows[claim.next]!] === 1) claim.next++
  return claim.rows[claim.next]
}

/** By claim, and then by row: 1 where the row is one of the claim's. */
function byRow(claims: readonly Claim[], rowCount: number): readonly Uint8Array[] {
  return claims.map(({ rows }) => {
    const isOwn = new Uint8Array(rowCount)
    for (const row of rows) isOwn[row] = 1
    return isOwn
  })
}
