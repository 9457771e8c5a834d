import type { Random } from '../../../../src/kernel/random.ts'
import type { InteractionData } from '../../../../src/models/evaluation/formats/interaction-data.ts'
import { eachLine, fieldsOf } from '../../../../src/models/evaluation/formats/lines.ts'
import { leaveOneOut } from '../../../../src/models/evaluation/protocols/leave-one-out.ts'
import type { Protocol, Split } from '../../../../src/models/evaluation/protocols/protocol.ts'
import type {
  Asked,
  Question,
  Recommender,
} from '../../../../src/models/evaluation/protocols/question.ts'
import { interactionsOf } from '../../../../src/models/interactions.ts'
import { publishedSet } from '../published-set.ts'
import { ncfMl1m } from './ncf-ml1m.ts'

/** Who met what, and in which order. */
export interface OrderedData extends InteractionData {
  /** By user: items, the oldest first. */
  readonly sequences: readonly Uint32Array[]
}

const negativeCount = 99

/**
 * The same questions, for models of histories: the pairs of the file stand in the order of their
 * times, user by user, of which what others learn from keeps nothing. Settings are chosen on the
 * last pair of each user that may be learned from, as the test is the one after it.
 */
const inOrder: Protocol<OrderedData, Asked, Recommender> = {
  ...leaveOneOut,

  async read(files) {
    const { data, part } = await leaveOneOut.read(files)
    const [users, items] = [data.userIds, data.itemIds].map(
      (ids) => new Map(ids.map((id, ordinal) => [id, ordinal])),
    )
    const sequences: number[][] = data.userIds.map(() => [])
    await eachLine(files.train, (line) => {
      const [user, item] = fieldsOf(line)
      sequences[users!.get(user!)!]!.push(items!.get(item!)!)
    })
    return { data: { ...data, sequences: sequences.map((each) => Uint32Array.from(each)) }, part }
  },

  validation: withoutLast,
}

function withoutLast(data: OrderedData, random: Random): Split<OrderedData, Asked> {
  const { userIds, itemIds } = data
  const sequences = data.sequences.map((each) => each.subarray(0, -1))
  const users = sequences.flatMap((each, user) => new Array<number>(each.length).fill(user))
  const cells = {
    users: Uint32Array.from(users),
    items: Uint32Array.from(sequences.flatMap((each) => [...each])),
  }
  const shape = { userCount: userIds.length, itemCount: itemIds.length }
  const questions: Question[] = []
  const targets: Uint32Array[] = []
  for (const [user, each] of data.sequences.entries()) {
    const target = each.at(-1)
    if (target === undefined || each.length < 2) continue
    const taken = new Set(each)
    const candidates = [target]
    while (candidates.length <= negativeCount && taken.size < itemIds.length) {
      const item = random.below(itemIds.length)
      if (taken.has(item)) continue
      taken.add(item)
      candidates.push(item)
    }
    const past = sequences[user]!.slice().sort()
    questions.push({ user, past, candidates: Uint32Array.from(candidates).sort() })
    targets.push(Uint32Array.of(target))
  }
  return {
    data: { ...data, sequences, train: interactionsOf(cells, shape, 'max') },
    part: { questions, targets, dropsPast: true },
  }
}

export const ncfMl1mInOrder = publishedSet({ ...ncfMl1m, protocol: inOrder })
