import {
  type Rater,
  type Ratings,
  type RatingsData,
  ratingsAt,
} from '../evaluation/formats/ratings-data.ts'
import { ratings } from '../evaluation/protocols/ratings.ts'
import type { Slice } from './evaluation.ts'
import {
  coldItem,
  coldUser,
  countsOf,
  figuresOf,
  type Judged,
  type JudgedOptions,
} from './judged.ts'

/** Stars, by how far off they are, and slice by slice. */
export async function judgeStars(
  rater: Rater,
  part: Ratings,
  { train, userIds, itemIds }: RatingsData,
  { seed, onProgress }: JudgedOptions,
): Promise<Judged> {
  const [users, items] = [
    countsOf(train.users, userIds.length),
    countsOf(train.items, itemIds.length),
  ]
  const all = Uint32Array.from(part.users, (_, row) => row)
  const cuts: readonly (readonly [slice: string, keeps: (row: number) => boolean])[] = [
    [`cold users: fewer than ${coldUser} ratings`, (row) => users[part.users[row]!]! < coldUser],
    [`warm users: ${coldUser} ratings or more`, (row) => users[part.users[row]!]! >= coldUser],
    [`cold items: fewer than ${coldItem} ratings`, (row) => items[part.items[row]!]! < coldItem],
    [`warm items: ${coldItem} ratings or more`, (row) => items[part.items[row]!]! >= coldItem],
  ]
  const slices: Slice[] = []
  for (const [slice, keeps] of cuts) {
    const rows = all.filter(keeps)
    const own = rows.length === 0 ? {} : await ratings.judge(rater, ratingsAt(part, rows), {})
    slices.push({ slice, count: rows.length, figures: figuresOf(own, seed) })
  }
  const judgement = await ratings.judge(rater, part, { ...(onProgress && { onProgress }) })
  return { figures: figuresOf(judgement, seed), slices }
}
