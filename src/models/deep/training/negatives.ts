import { invalid } from '../../../error.ts'
import type { Random } from '../../../kernel/random.ts'
import type { Field } from '../../ranking/field.ts'
import type { Examples } from '../../ranking/rows.ts'
import { categoryNamed } from '../network/settings.ts'
import type { DrawnNegatives } from './fit-settings.ts'

/** Draws, for a row of the examples, an item that its user is not seen with. */
export interface NegativeDraw {
  readonly item: string
  readonly count: number
  draw(row: number, random: Random): number
}

/** Pairs that are marked in bits: 32 MB at most. More are kept in a set of those that are there. */
const bitsMost = 2 ** 28

/** Of a number in a set, as V8 holds it. */
const bytesPerEntry = 48

/** What is taken to tell what users are seen with. */
export function negativeBytes(
  { user, item }: DrawnNegatives,
  fields: readonly Field[],
  rowCount: number,
): number {
  const pairs = categoryNamed(fields, user).size * categoryNamed(fields, item).size
  return pairs <= bitsMost ? Math.ceil(pairs / 8) : rowCount * bytesPerEntry
}

/** How often an item that is known of the user may be drawn before it is taken all the same. */
const triesMax = 100

/** Throws `invalid_argument` where more than one field tells of the item. */
export function negativeDraw(
  { count, user, item }: DrawnNegatives,
  fields: readonly Field[],
  { columns, rowCount }: Examples,
): NegativeDraw {
  const [who, what] = [categoryNamed(fields, user), categoryNamed(fields, item)]
  const other = fields.find((field) => field.side === 'item' && field.name !== item)
  if (other !== undefined) {
    const message = `"${other.name}" tells of the item too, and of drawn ones it is not known`
    throw invalid('negatives', message)
  }
  if (what.size < 2) throw invalid('negatives', `"${item}" has no ids but that of the unknown`)
  const [users, items] = [columns.get(user)!, columns.get(item)!]
  const stride = users.length === 1 && rowCount !== 1 ? 0 : 1
  const known = pairsBelow(who.size * what.size)
  const keyOf = (row: number, id: number): number => users[row * stride]! * what.size + id
  if (who.size * what.size > Number.MAX_SAFE_INTEGER)
    throw invalid('negatives', 'there are too many pairs to tell apart')
  for (let row = 0; row < rowCount; row++) known.add(keyOf(row, items[row]!))
  return {
    item,
    count,
    draw(row, random) {
      let id = 0
      for (let tries = 0; tries < triesMax; tries++) {
        id = 1 + random.below(what.size - 1)
        if (!known.has(keyOf(row, id))) break
      }
      return id
    },
  }
}

/** Whole numbers below `size`: each draw asks for one, so asking must be cheap. */
function pairsBelow(size: number): Pick<Set<number>, 'has'> & { add(pair: number): unknown } {
  if (size > bitsMost) return new Set()
  const words = new Uint32Array(Math.ceil(size / 32))
  return {
    has: (pair) => (words[pair >>> 5]! & (1 << (pair & 31))) !== 0,
    add(pair) {
      words[pair >>> 5]! |= 1 << (pair & 31)
    },
  }
}
