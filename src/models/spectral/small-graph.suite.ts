import { seededRandom } from '../../kernel/random.ts'
import { interactionsOf } from '../interactions.ts'

export const itemCount = 14
const userCount = 30
const random = seededRandom('spectral')

/** Who met what, 30 users and 14 items: 1 or 0. */
export const table = Array.from({ length: userCount }, () =>
  Array.from({ length: itemCount }, () => (random.next() < 0.35 ? 1 : 0)),
)
const cells = table.flatMap((row, user) =>
  row.flatMap((w, item) => (w > 0 ? [{ user, item }] : [])),
)
export const interactions = interactionsOf(
  {
    users: Uint32Array.from(cells, ({ user }) => user),
    items: Uint32Array.from(cells, ({ item }) => item),
  },
  { userCount, itemCount },
  'sum',
)

export const sum = (values: readonly number[]): number =>
  values.reduce((total, each) => total + each, 0)
const perUser = table.map(sum)
export const perItem = table[0]!.map((_, item) => sum(table.map((row) => row[item]!)))
/** R̃ as a table. */
export const normalized = table.map((row, user) =>
  row.map((weight, item) => weight / Math.sqrt(Math.max(1, perUser[user]!) * perItem[item]!)),
)
