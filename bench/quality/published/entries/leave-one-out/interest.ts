import { seededRandom } from '../../../../../src/kernel/random.ts'
import { din } from '../../../../../src/models/deep/din.ts'
import { deepTrainer } from '../../../../../src/models/deep/training/deep-trainer.ts'
import type { Recommender } from '../../../../../src/models/evaluation/protocols/question.ts'
import type { TrainingRun } from '../../../../../src/models/model.ts'
import type { Field } from '../../../../../src/models/ranking/field.ts'
import type { Ranker, RankingData } from '../../../../../src/models/ranking/ranker.ts'
import type { Examples } from '../../../../../src/models/ranking/rows.ts'
import { logUniform } from '../../../../../src/models/search/space.ts'
import { entryOf } from '../../entry.ts'
import { ncfMl1mInOrder, type OrderedData } from '../../sets/ncf-ml1m-in-order.ts'

const settings = {
  ...{ batch: 1024, rate: 6e-3, rateDecay: 0.3, patience: 1, epochs: 5, negativeCount: 4 },
  ...{ width: 16, deviation: 0.1, attention: [16], hidden: [32] },
  /** Items of a history, and pairs of each user that are learned from: the newest. */
  ...{ historyLength: 20, pairsMost: 100 },
} as const

/** Networks that know what was met before, and in which order. */
export const entries = [
  entryOf(ncfMl1mInOrder, {
    model: 'DIN',
    settings,
    searched: {
      space: { rate: [2e-3, 6e-3] },
      ...{ method: 'grid', trials: 2, seed: 'published' },
      validation: 'the last pair of 1,000 users among 99 others, learned from the 20 before it',
      best: { 'HR@10': 0.671, 'NDCG@10': 0.409 },
    },
    space: { rate: logUniform(5e-4, 2e-2) },
    code: [
      ...['src/models/deep', 'src/models/graph', 'src/kernel/wasm'],
      'bench/quality/published/sets/ncf-ml1m-in-order.ts',
    ],
    async fit(data, { negativeCount: count, historyLength, pairsMost, ...given }, run) {
      const rows = rowsOf(data, historyLength, pairsMost, run)
      const trainer = deepTrainer(din, {
        ...{ ...given, attention: [...given.attention], hidden: [...given.hidden] },
        ...{ activation: 'relu', monitor: 'auc' },
        negatives: { count, user: 'user', item: 'item' },
      })
      return byHistories(await trainer.fit(rows, run), data.sequences, historyLength)
    },
  }),
]

/** Of users, how many have their last pair withheld, and how many others it is held against. */
const [withheldShare, withheldAgainst] = [0.5, 9]

/** A row for what each user met, with what they had met before. Ids from 1: 0 is the unknown. */
function rowsOf(
  { sequences, userIds, itemIds }: OrderedData,
  length: number,
  pairsMost: number,
  { seed }: TrainingRun,
): RankingData {
  const random = seededRandom(seed).fork('withheld')
  const size = itemIds.length + 1
  const fields: readonly Field[] = [
    { kind: 'category', name: 'user', side: 'user', size: userIds.length + 1 },
    { kind: 'category', name: 'item', side: 'item', size },
    { kind: 'sequence', name: 'history', side: 'user', size, length, table: 'item' },
  ]
  const [train, validation] = [pairs(length), pairs(length)]
  for (const [user, all] of sequences.entries()) {
    const isWithheld = all.length > 2 && random.next() < withheldShare
    const end = all.length - Number(isWithheld)
    for (let at = Math.max(1, end - pairsMost); at < end; at++)
      train.add(user, all[at]!, all.subarray(0, at), 1)
    if (!isWithheld) continue
    validation.add(user, all[end]!, all.subarray(0, end), 1)
    const met = new Set(all)
    for (let count = 0; count < withheldAgainst; ) {
      const item = random.below(itemIds.length)
      if (met.has(item)) continue
      validation.add(user, item, all.subarray(0, end), 0)
      count++
    }
  }
  return { fields, train: train.examples(), validation: validation.examples() }
}

/** Pairs of users and items, each beside what the user had met until then. */
function pairs(length: number) {
  const [users, items, history, labels]: number[][] = [[], [], [], []]
  return {
    add(user: number, item: number, past: Uint32Array, label: number): void {
      users!.push(user + 1)
      items!.push(item + 1)
      // The newest stands last.
      for (let at = past.length - length; at < past.length; at++)
        history!.push(at < 0 ? 0 : past[at]! + 1)
      labels!.push(label)
    },
    examples: (): Examples => ({
      rowCount: users!.length,
      columns: new Map([
        ['user', Uint32Array.from(users!)],
        ['item', Uint32Array.from(items!)],
        ['history', Uint32Array.from(history!)],
      ]),
      labels: new Map([['click', Float32Array.from(labels!)]]),
    }),
  }
}

function byHistories(
  ranker: Ranker,
  sequences: OrderedData['sequences'],
  length: number,
): Recommender {
  return {
    async score(questions) {
      const rows = pairs(length)
      for (const { user, candidates } of questions) {
        const known = sequences[user]!
        const among = candidates ?? []
        for (const item of among) rows.add(user, item, known, 0)
      }
      const [scores] = await ranker.predict(rows.examples())
      let from = 0
      return questions.map(({ candidates }) =>
        scores!.slice(from, (from += candidates?.length ?? 0)),
      )
    },
  }
}
