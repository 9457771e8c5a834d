import type { Random } from '../../../../kernel/random.ts'
import { type Interactions, interactionsOf } from '../../../interactions.ts'
import { sequencesOf } from '../../../sequences.ts'
import { eachLine, fieldsOf, namesColumns } from '../../formats/lines.ts'
import type { SequenceData } from '../../formats/sequence-data.ts'
import { leaveOneOut } from '../leave-one-out.ts'
import type { Protocol, Split } from '../protocol.ts'
import type { Asked, Question, Recommender } from '../question.ts'
import { tellsOrder } from './tells-order.ts'

/** Who met what, and in which order where the file tells one. */
export interface OrderedPairs extends SequenceData {
  /** The same without order, for models that know none. */
  readonly interactions: Interactions
  /** False where rows lie in an order that is none of time: models of the order have no place. */
  readonly isInOrder: boolean
  /** Among how many the target of a question stands; the whole catalogue where left out. */
  readonly candidateCount?: number
}

/**
 * The questions of `leaveOneOut`, and of the train file besides who met what the order: that of its
 * times, where all lines are `user item stars time`; else that of its lines, unless items lie by
 * their ids. What was left out is as a rule what came last: where there is an order, settings are
 * chosen on the last pair of each user that may be learned from.
 */
export const leaveOneOutInOrder: Protocol<OrderedPairs, Asked, Recommender> = {
  ...leaveOneOut,

  async read(files) {
    const { data, part } = await leaveOneOut.read(files)
    const { train: interactions, ...ids } = data
    const { rows, areTimed } = await rowsIn(files.train, ids.userIds, ids.itemIds)
    const isInOrder = areTimed || tellsOrder(rows, ids.itemIds)
    const candidates = part.questions.map((question) => question.candidates?.length ?? 0)
    const candidateCount = Math.max(0, ...candidates.slice(0, 1_000))
    return {
      data: {
        ...{ ...ids, train: sequencesOf(rows, ids.itemIds.length), interactions, isInOrder },
        ...(candidateCount > 0 && { candidateCount }),
      },
      part: isInOrder ? { ...part, questions: part.questions.map(after(rows)) } : part,
    }
  },

  validation(data, random) {
    if (data.isInOrder) return withoutLast(data, random)
    const { userIds, itemIds, interactions: train } = data
    const { data: cut, part } = leaveOneOut.validation({ userIds, itemIds, train }, random)
    const { starts, columns } = cut.train
    const kept = { itemCount: itemIds.length, starts, items: columns }
    return { data: { ...data, train: kept, interactions: cut.train }, part }
  },
}

type Rows = readonly (readonly number[])[]

/** A question asked after all that its user met, the oldest first. */
const after =
  (rows: Rows) =>
  (question: Question): Question => ({
    ...question,
    past: Uint32Array.from(rows[question.user]!),
  })

/** By user, what they met: in the order of times where every line tells one, else of lines. */
async function rowsIn(file: string, userIds: readonly string[], itemIds: readonly string[]) {
  const [users, items] = [userIds, itemIds].map(
    (ids) => new Map(ids.map((id, ordinal) => [id, ordinal])),
  )
  const met: { readonly item: number; readonly at: number }[][] = userIds.map(() => [])
  let areTimed = true
  await eachLine(file, (line, _, number) => {
    if (namesColumns(line, number)) return
    const [user, item, , time] = fieldsOf(line)
    const at = time === undefined || time === '' ? Number.NaN : Number(time)
    areTimed &&= Number.isFinite(at)
    met[users!.get(user!)!]!.push({ item: items!.get(item!)!, at })
  })
  if (areTimed) for (const row of met) row.sort((one, other) => one.at - other.at)
  // What was met again is known since it was met first.
  const rows = met.map((row) => [...new Set(row.map(({ item }) => item))])
  return { rows, areTimed }
}

/** The last pair of each user is asked for instead of the test, among others they never met. */
function withoutLast(data: OrderedPairs, random: Random): Split<OrderedPairs, Asked> {
  const { userIds, itemIds, candidateCount } = data
  const { starts, items } = data.train
  const all = userIds.map((_, user) => items.subarray(starts[user], starts[user + 1]))
  const rows = all.map((row) => row.slice(0, Math.max(1, row.length - 1)))
  const asked = all.flatMap((row, user) => (row.length < 2 ? [] : [{ row, user }]))
  const part = {
    dropsPast: true,
    questions: asked.map(({ row, user }): Question => {
      const question = { user, past: rows[user]! }
      if (candidateCount === undefined) return question
      const wanted = Math.min(candidateCount, itemIds.length - row.length + 1)
      const candidates = drawnBeside(row, wanted, itemIds.length, random)
      return { ...question, candidates }
    }),
    targets: asked.map(({ row }) => row.slice(-1)),
  }
  const users = new Uint32Array(rows.reduce((sum, row) => sum + row.length, 0))
  let place = 0
  for (const [user, row] of rows.entries()) users.fill(user, place, (place += row.length))
  const train = sequencesOf(rows, itemIds.length)
  const shape = { userCount: userIds.length, itemCount: itemIds.length }
  const interactions = interactionsOf({ users, items: train.items }, shape, 'max')
  return { data: { ...data, train, interactions }, part }
}

/** The last of a row, and different items besides that are not in it, drawn evenly. */
function drawnBeside(row: Uint32Array, count: number, itemCount: number, random: Random) {
  const taken = new Set(row)
  const candidates = [row.at(-1)!]
  while (candidates.length < count) {
    const item = random.below(itemCount)
    if (taken.has(item)) continue
    taken.add(item)
    candidates.push(item)
  }
  return Uint32Array.from(candidates).sort()
}
