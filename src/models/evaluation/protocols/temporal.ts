import { invalid } from '../../../error.ts'
import { interactionsOf } from '../../interactions.ts'
import { sequencesOf } from '../../sequences.ts'
import { eachLine, fieldsOf, namesColumns, numberIn, textIn } from '../formats/lines.ts'
import type { TimedData } from '../formats/timed-data.ts'
import { vocabulary } from '../formats/vocabulary.ts'
import { globalTemporalSplit } from '../temporal-split.ts'
import { judgeAsked, someAsked } from './judge-asked.ts'
import type { Protocol } from './protocol.ts'
import type { Asked, Question, Recommender } from './question.ts'

/** The share of what happened that is learned from, unless told. */
export const trainShare = 0.8

/** Who liked what and when, in any order: four columns of one length. */
export interface TimedRows {
  readonly users: Uint32Array
  readonly items: Uint32Array
  /** Any unit. */
  readonly times: Float64Array
  readonly userIds: readonly string[]
  readonly itemIds: readonly string[]
}

/**
 * One file of lines `user item time`, or `user item stars time`, where stars below the middle of
 * their range are no liking. All users are cut at one moment, so that nothing is learned from
 * anybody's future: what most published cuts overlook (Ji et al. 2023). Each user is asked once, by
 * what they had met at the cut, for all that they met after it for the first time.
 */
export const temporal: Protocol<TimedData, Asked, Recommender> = {
  format: 'temporal',
  description:
    'all that users met after one moment for the first time, among all items not met before it; ' +
    'ties in no order',

  read: async ({ train }) => splitRows(await rowsIn(train), trainShare),

  validation(data) {
    const { train, times, userIds, itemIds } = data
    const users = new Uint32Array(train.items.length)
    const { starts } = train
    for (let row = 0; row + 1 < starts.length; row++) users.fill(row, starts[row], starts[row + 1])
    return splitRows({ users, items: train.items, times, userIds, itemIds }, trainShare)
  },

  some: someAsked,

  judge: (learned, part, { k = 10, ...options }) =>
    judgeAsked(learned, part, ['NDCG', 'Recall', 'HR', 'MRR'], { ...options, k }),
}

/** Throws `invalid_argument` where nobody has anything new after the cut. */
export function splitRows(
  { users, items, times, userIds, itemIds }: TimedRows,
  share: number,
): { readonly data: TimedData; readonly part: Asked } {
  const { before, after } = globalTemporalSplit(times, share)
  const inOrder = (rows: Uint32Array) => rows.sort((a, b) => times[a]! - times[b]! || a - b)
  const byUser: number[][] = userIds.map(() => [])
  for (const row of inOrder(before)) byUser[users[row]!]!.push(row)
  const later = new Map<number, Set<number>>()
  for (const row of inOrder(after)) {
    const user = users[row]!
    let wanted = later.get(user)
    if (wanted === undefined) later.set(user, (wanted = new Set()))
    wanted.add(items[row]!)
  }
  const itemsOf = (user: number) => Uint32Array.from(byUser[user]!, (row) => items[row]!)
  const questions: Question[] = []
  const targets: Uint32Array[] = []
  const at = after.reduce((first, row) => Math.min(first, times[row]!), Number.POSITIVE_INFINITY)
  for (const [user, wanted] of later) {
    const past = itemsOf(user)
    const pastTimes = Float64Array.from(byUser[user]!, (row) => times[row]!)
    for (const item of past) wanted.delete(item)
    if (wanted.size === 0) continue
    questions.push({ user, past, pastTimes, at })
    targets.push(Uint32Array.from(wanted))
  }
  if (questions.length === 0) throw invalid('share', `${share} leaves nothing new to be asked for`)
  const shape = { userCount: userIds.length, itemCount: itemIds.length }
  const cells = {
    users: before.map((row) => users[row]!),
    items: before.map((row) => items[row]!),
  }
  const data: TimedData = {
    ...{ userIds, itemIds, relations: new Map(), attributes: new Map() },
    train: sequencesOf(
      userIds.map((_, user) => itemsOf(user)),
      shape.itemCount,
    ),
    times: Float64Array.from(byUser.flat(), (row) => times[row]!),
    interactions: interactionsOf(cells, shape, 'max'),
  }
  return { data, part: { questions, targets, dropsPast: true } }
}

async function rowsIn(file: string): Promise<TimedRows> {
  const [users, items] = [vocabulary(), vocabulary()]
  const rows: { user: number; item: number; stars: number; time: number }[] = []
  await eachLine(file, (line, at, number) => {
    if (namesColumns(line, number)) return
    const [user, item, third, fourth] = fieldsOf(line)
    const value = numberIn(third, 'time', at)
    rows.push({
      user: users.of(textIn(user, 'user', at)),
      item: items.of(textIn(item, 'item', at)),
      stars: fourth === undefined ? 0 : value,
      time: fourth === undefined ? value : numberIn(fourth, 'time', at),
    })
  })
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const { stars } of rows) [low, high] = [Math.min(low, stars), Math.max(high, stars)]
  const liked = rows.filter(({ stars }) => stars >= (low + high) / 2)
  return {
    users: Uint32Array.from(liked, ({ user }) => user),
    items: Uint32Array.from(liked, ({ item }) => item),
    times: Float64Array.from(liked, ({ time }) => time),
    ...{ userIds: users.ids, itemIds: items.ids },
  }
}
