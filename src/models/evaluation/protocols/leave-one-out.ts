import { invalid } from '../../../error.ts'
import type { Random } from '../../../kernel/random.ts'
import { type InteractionData, interactionData, type Pairs } from '../formats/interaction-data.ts'
import { eachLine, fieldsOf, namesColumns, textIn } from '../formats/lines.ts'
import { type Vocabulary, vocabulary } from '../formats/vocabulary.ts'
import { heldOutOf } from './held-out.ts'
import { judgeAsked, someAsked } from './judge-asked.ts'
import { needed, type Protocol } from './protocol.ts'
import type { Asked, Question, Recommender } from './question.ts'

/** Things that a target stands among in a validation part, as many as in the tests published. */
const negativeCount = 99

/** One thing that was left out, and what it stands among; the whole catalogue where undefined. */
interface Trial {
  readonly user: number
  readonly target: number
  readonly negatives?: readonly number[]
}

/**
 * A file of pairs `user item`, of which the test holds one more for each user, and a file of lines
 * `(user,item) negative negative …`: the protocol of He et al. 2017 (NCF). A target that is listed
 * among its own negatives stands there once. Without negatives the whole catalogue is ranked.
 */
export const leaveOneOut: Protocol<InteractionData, Asked, Recommender> = {
  format: 'leave-one-out',
  description: 'one item left out per user, ranked among the negatives given; ties in no order',

  async read(files) {
    const [users, items] = [vocabulary(), vocabulary()]
    const train: Pairs = { users: [], items: [] }
    await eachLine(files.train, (line, at, number) => {
      if (namesColumns(line, number)) return
      const [user, item] = fieldsOf(line)
      train.users.push(users.of(textIn(user, 'user', at)))
      train.items.push(items.of(textIn(item, 'item', at)))
    })
    const trials = await trialsIn(files.negatives ?? needed(files, 'test'), users, items)
    const data = interactionData(train, users, items)
    return { data, part: asked(data, trials) }
  },

  validation(data, random) {
    const { kept, held } = heldOutOf(data.train, random.fork('held'), (count) =>
      count < 2 ? 0 : 1,
    )
    const chance = random.fork('negatives')
    const cut = { ...data, train: kept }
    const trials = held.users.map((user, index): Trial => {
      const target = held.items[index]!
      return { user, target, negatives: negativesOf(data, user, chance) }
    })
    return { data: cut, part: asked(cut, trials) }
  },

  some: someAsked,

  judge: (learned, part, { k = 10, ...options }) =>
    judgeAsked(learned, part, ['HR', 'NDCG', 'MRR'], { ...options, k }),
}

/** Lines of a target and its negatives; or of a target alone, with or without stars and time. */
async function trialsIn(file: string, users: Vocabulary, items: Vocabulary): Promise<Trial[]> {
  const trials: Trial[] = []
  await eachLine(file, (line, at, number) => {
    if (namesColumns(line, number)) return
    const [, user, item, rest] = /^\(([^,]+),([^)]+)\)\s*(.*)$/.exec(line) ?? []
    if (user === undefined) {
      const [alone, target] = fieldsOf(line)
      const one = users.of(textIn(alone, 'user', at))
      trials.push({ user: one, target: items.of(textIn(target, 'item', at)) })
      return
    }
    const target = items.of(textIn(item?.trim(), 'item', at))
    const others = rest === '' ? [] : fieldsOf(rest!).map((id) => items.of(textIn(id, 'item', at)))
    if (others.length === 0) throw invalid('negatives', `are missing at ${at()}`)
    trials.push({ user: users.of(user.trim()), target, negatives: others })
  })
  return trials
}

function asked({ train }: InteractionData, trials: readonly Trial[]): Asked {
  return {
    dropsPast: true,
    questions: trials.map(({ user, target, negatives }): Question => {
      const past = train.columns.subarray(train.starts[user], train.starts[user + 1])
      if (negatives === undefined) return { user, past }
      return { user, past, candidates: Uint32Array.from(new Set([target, ...negatives])).sort() }
    }),
    targets: trials.map(({ target }) => Uint32Array.of(target)),
  }
}

/** Different items that the user did not meet, drawn evenly. */
function negativesOf({ train }: InteractionData, user: number, random: Random): number[] {
  const taken = new Set(train.columns.subarray(train.starts[user], train.starts[user + 1]))
  const wanted = Math.min(negativeCount, train.columnCount - taken.size)
  const chosen: number[] = []
  while (chosen.length < wanted) {
    const item = random.below(train.columnCount)
    if (taken.has(item)) continue
    taken.add(item)
    chosen.push(item)
  }
  return chosen
}
