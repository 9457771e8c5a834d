import type { Candidates, Order, Row } from '../pipeline/candidates.ts'
import type { Mixer } from '../pipeline/mixer.ts'
import type { Query } from '../pipeline/query.ts'
import type { Shares } from '../rules.ts'

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
    mix(query, candidates, order) {
      const claims = claimsOf(sharesOf(query), candidates, order)
      if (claims.length === 0) return order
      const schedule = lateSchedule(claims, order.length)
      const claimsOfRow = byRow(claims)
      const placed = new Set<Row>()
      let next = 0
      for (let place = 0; place < order.length; place++) {
        const claim = schedule[place]
        if (claim !== undefined) claim.due++
        while (placed.has(order[next]!)) next++
        const row = (claim && owed(claim, placed)) ?? order[next]!
        placed.add(row)
        for (const each of claimsOfRow.get(row) ?? []) each.given++
      }
      return [...placed]
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
    for (const [index, { share }] of claims.entries()) {
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
function owed(claim: Claim, placed: ReadonlySet<Row>): Row | undefined {
  if (claim.given >= claim.due) return undefined
  while (placed.has(claim.rows[claim.next]!)) claim.next++
  return claim.rows[claim.next]
}

function byRow(claims: readonly Claim[]): ReadonlyMap<Row, readonly Claim[]> {
  const found = new Map<Row, Claim[]>()
  for (const claim of claims) {
    for (const row of claim.rows) found.set(row, [...(found.get(row) ?? []), claim])
  }
  return found
}
