import { type InteractionData, interactionData, type Pairs } from '../formats/interaction-data.ts'
import { eachLine, fieldsOf, namesColumns, textIn } from '../formats/lines.ts'
import { type Vocabulary, vocabulary } from '../formats/vocabulary.ts'
import { heldOutOf } from './held-out.ts'
import { judgeAsked, someAsked } from './judge-asked.ts'
import { needed, type Protocol } from './protocol.ts'
import type { Asked, Recommender } from './question.ts'

/** Of each user's items, the share that a search asks for. */
const validationShare = 0.1

/**
 * Two files of lines `user item item …`; a user may come on several lines, as in lists of pairs.
 * The protocol of LightGCN (He et al. 2020), whose figures most tables of collaborative filtering
 * hold.
 */
export const userItems: Protocol<InteractionData, Asked, Recommender> = {
  format: 'user-items',
  description: 'all items ranked, those of the train part left out; ties in no order',

  async read(files) {
    const [users, items] = [vocabulary(), vocabulary()]
    const train = await pairsIn(files.train, users, items)
    const test = await pairsIn(needed(files, 'test'), users, items)
    const data = interactionData(train, users, items)
    return { data, part: asked(data, test) }
  },

  validation(data, random) {
    const { kept, held } = heldOutOf(data.train, random, (count) =>
      count < 2 ? 0 : Math.max(1, Math.round(count * validationShare)),
    )
    const cut = { ...data, train: kept }
    return { data: cut, part: asked(cut, held) }
  },

  some: someAsked,

  judge: (learned, part, { k = 20, ...options }) =>
    judgeAsked(learned, part, ['Recall', 'NDCG'], { ...options, k }),
}

async function pairsIn(file: string, users: Vocabulary, items: Vocabulary): Promise<Pairs> {
  const pairs: Pairs = { users: [], items: [] }
  await eachLine(file, (line, at, number) => {
    if (namesColumns(line, number)) return
    const [user, ...met] = fieldsOf(line)
    const row = users.of(textIn(user, 'user', at))
    for (const item of met) {
      pairs.users.push(row)
      pairs.items.push(items.of(textIn(item, 'item', at)))
    }
  })
  return pairs
}

function asked({ train }: InteractionData, { users, items }: Pairs): Asked {
  const byUser = new Map<number, Set<number>>()
  for (const [cell, user] of users.entries()) {
    let row = byUser.get(user)
    if (row === undefined) byUser.set(user, (row = new Set()))
    row.add(items[cell]!)
  }
  const order = [...byUser.keys()].sort((one, other) => one - other)
  return {
    dropsPast: true,
    questions: order.map((user) => ({
      user,
      past: train.columns.subarray(train.starts[user], train.starts[user + 1]),
    })),
    targets: order.map((user) => Uint32Array.from(byUser.get(user)!)),
  }
}
