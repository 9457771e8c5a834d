import type { Role } from '../layout/mapping.ts'
import type { Cell } from '../table/table.ts'
import type { CheckFactory, SeenRow } from './check.ts'
import { counted, tally } from './tally.ts'

const idRoles: readonly Role[] = ['id', 'user', 'item']

/** Doubles keep 15 to 17 digits; printed beyond that, their last ones are zeros. */
const roundedDigits = /^\d{15,}00$/
const scientific = /^\d+(\.\d+)?e\+?\d+$/i

/** Ids that a spreadsheet or a program wrote as numbers, and ids with blanks around them. */
export const ids: CheckFactory = () => {
  const lost = tally()
  const floats = tally()
  const padded = tally()
  let longCount = 0
  const rounded: SeenRow[] = []
  let roundedCount = 0
  return {
    see(seen) {
      for (const role of idRoles) {
        const place = seen.part.layout.places.get(role)
        const cell = place === undefined ? undefined : seen.row.cells[place]
        if (hasLostDigits(cell)) lost.add(seen)
        if (typeof cell !== 'string') continue
        if (/^\d{17,}$/.test(cell)) longCount++
        if (roundedDigits.test(cell)) {
          roundedCount++
          if (rounded.length < 5) rounded.push(seen)
        }
        if (/^\d+\.0+$/.test(cell)) floats.add(seen)
        if (cell !== cell.trim()) padded.add(seen)
      }
    },
    findings() {
      // One long id in a hundred ends in 00 by itself; nearly all do where digits were lost.
      const areRounded = longCount >= 10 && roundedCount >= 0.9 * longCount
      if (areRounded) for (const seen of rounded) lost.add(seen)
      return [
        ...lost.findings(({ count }) => ({
          severity: 'error',
          code: 'ids-lost-precision',
          message:
            `${counted(areRounded ? roundedCount : count, 'id')} written as numbers that have ` +
            'lost their last digits, such as 1.23e+18 or …000: different ids became one; export ' +
            'ids as texts',
        })),
        ...floats.findings(({ count }) => ({
          severity: 'warning',
          code: 'ids-as-floats',
          message: `${counted(count, 'id')} such as "12.0", which is not "12": export ids as texts`,
        })),
        ...padded.findings(({ count }) => ({
          severity: 'warning',
          code: 'ids-padded',
          message: `${counted(count, 'id')} with blanks around them, which belong to the id`,
        })),
      ]
    },
  }
}

function hasLostDigits(cell: Cell): boolean {
  if (typeof cell === 'number') return !Number.isSafeInteger(cell)
  return typeof cell === 'string' && scientific.test(cell)
}
