import { type Random, seededRandom } from '../../../../../src/kernel/random.ts'
import { neuralCf } from '../../../../../src/models/deep/neural-cf.ts'
import { deepTrainer } from '../../../../../src/models/deep/training/deep-trainer.ts'
import { pretrainedNeuMf } from '../../../../../src/models/deep/training/pretrained-neu-mf.ts'
import { twoTower } from '../../../../../src/models/deep/two-tower.ts'
import type { Pairs } from '../../../../../src/models/evaluation/formats/interaction-data.ts'
import { heldOutOf } from '../../../../../src/models/evaluation/protocols/held-out.ts'
import type { Recommender } from '../../../../../src/models/evaluation/protocols/question.ts'
import type { Interactions } from '../../../../../src/models/interactions.ts'
import type { TrainingRun } from '../../../../../src/models/model.ts'
import type { Field } from '../../../../../src/models/ranking/field.ts'
import type {
  Ranker,
  RankerTrainer,
  RankingData,
} from '../../../../../src/models/ranking/ranker.ts'
import type { Examples } from '../../../../../src/models/ranking/rows.ts'
import { choice, logUniform } from '../../../../../src/models/search/space.ts'
import { entryOf, type Searched } from '../../entry.ts'
import { ncfMl1m } from '../../sets/ncf-ml1m.ts'

const code = ['src/models/deep', 'src/models/graph', 'src/kernel/wasm']

/**
 * What all of them are told; He et al. 2017 draw four negatives for each positive, anew each epoch.
 * How long they learn is decided by pairs that are withheld of some users; the rest is of the paper
 * and was not searched.
 */
const fit = {
  ...{ batch: 2048, rate: 2e-3, rateDecay: 0.3, negativeCount: 4 },
  ...{ patience: 2, epochs: 16 },
} as const

/** Of users, how many have a pair withheld, and how many others it is held against. */
const [withheldShare, withheldAgainst] = [0.5, 9]

const space = { rate: logUniform(5e-4, 1e-2), width: choice(16, 32, 64) }

const vectors = { width: 32, deviation: 0.05 }
const hidden = [64, 32, 16]

/** An epoch with layers takes twice as long: so many are what a row may cost. */
const deep = { ...fit, rate: 6e-3, epochs: 6 }

/** The MLP by hand, on one pair that is withheld of each user, after one epoch. */
const searchedDeep: Searched = {
  space: { rate: [2e-3, 6e-3] },
  ...{ method: 'grid', trials: 2, seed: 'published' },
  validation: 'a pair of each of 3,000 users among 99 others',
  best: { 'HR@10': 0.668, 'NDCG@10': 0.416 },
}

/** Networks that know no more than who and what. */
export const entries = [
  entryOf(ncfMl1m, {
    ...{ model: 'GMF', code, space },
    settings: { ...fit, form: 'gmf' as const, ...vectors, hidden: [] },
    fit: (data, { negativeCount, ...given }, run) =>
      learned(deepTrainer(neuralCf, { ...given, ...told(negativeCount) }), data, run),
  }),
  entryOf(ncfMl1m, {
    ...{ model: 'MLP', code, space, searched: searchedDeep },
    settings: { ...deep, form: 'mlp' as const, ...vectors, hidden },
    fit: (data, { negativeCount, ...given }, run) =>
      learned(deepTrainer(neuralCf, { ...given, ...told(negativeCount) }), data, run),
  }),
  entryOf(ncfMl1m, {
    ...{ model: 'NeuMF', code, space, searched: searchedDeep },
    // Both halves by themselves first, and then together, as in section 3.4.1.
    settings: { ...deep, epochs: 4, joinedRate: 1e-3, joinedEpochs: 2, ...vectors, hidden },
    fit: (data, { negativeCount, ...given }, run) =>
      learned(pretrainedNeuMf({ ...given, ...told(negativeCount) }), data, run),
  }),
  entryOf(ncfMl1m, {
    ...{ model: 'two towers', code, space },
    settings: { ...deep, ...vectors, dims: 32, hidden: [64] },
    fit: (data, { negativeCount, ...given }, run) =>
      learned(deepTrainer(twoTower, { ...given, ...told(negativeCount) }), data, run),
  }),
]

/** Who met what. */
interface Learnable {
  readonly train: Interactions
}

const told = (count: number) =>
  ({ monitor: 'auc', negatives: { count, user: 'user', item: 'item' } }) as const

async function learned(
  trainer: RankerTrainer,
  data: Learnable,
  run: TrainingRun,
): Promise<Recommender> {
  return byRows(await trainer.fit(learnedFrom(data, run), run), data.train.columnCount)
}

/** A row for each thing that was met. Ids from 1: 0 stands for the unknown. */
function learnedFrom({ train }: Learnable, { seed }: TrainingRun): RankingData {
  const random = seededRandom(seed).fork('withheld')
  const { kept, held } = heldOutOf(train, random, (count) =>
    count > 1 && random.next() < withheldShare ? 1 : 0,
  )
  const { starts, columns, rowCount, columnCount } = kept
  const users = new Uint32Array(columns.length)
  for (let user = 0; user < rowCount; user++) users.fill(user + 1, starts[user], starts[user + 1])
  const items = columns.map((item) => item + 1)
  const fields: readonly Field[] = [
    { kind: 'category', name: 'user', side: 'user', size: rowCount + 1 },
    { kind: 'category', name: 'item', side: 'item', size: columnCount + 1 },
  ]
  const labels = new Float32Array(items.length).fill(1)
  return {
    fields,
    train: pairsOf(users, items, labels),
    validation: amongOthers(held, train, random),
  }
}

function pairsOf(users: Uint32Array, items: Uint32Array, labels: Float32Array): Examples {
  return {
    rowCount: items.length,
    columns: new Map([['user', users] as const, ['item', items] as const]),
    labels: new Map([['click', labels]]),
  }
}

/** What was withheld, each beside some that the user did not meet. */
function amongOthers(held: Pairs, { starts, columns, columnCount }: Interactions, random: Random) {
  const [users, items, labels]: number[][] = [[], [], []]
  const add = (user: number, item: number, label: number): void => {
    users!.push(user + 1)
    items!.push(item + 1)
    labels!.push(label)
  }
  for (const [place, user] of held.users.entries()) {
    add(user, held.items[place]!, 1)
    const met = columns.subarray(starts[user], starts[user + 1])
    for (let count = 0; count < withheldAgainst; ) {
      const item = random.below(columnCount)
      if (met.includes(item)) continue
      add(user, item, 0)
      count++
    }
  }
  return pairsOf(Uint32Array.from(users!), Uint32Array.from(items!), Float32Array.from(labels!))
}

/** Users and candidates as rows. */
function byRows(ranker: Ranker, itemCount: number): Recommender {
  const all = Uint32Array.from({ length: itemCount }, (_, item) => item)
  return {
    async score(questions) {
      const asked = questions.map(({ user, candidates = all }) => ({ user, candidates }))
      const rowCount = asked.reduce((sum, { candidates }) => sum + candidates.length, 0)
      const [users, items] = [new Uint32Array(rowCount), new Uint32Array(rowCount)]
      let start = 0
      for (const { user, candidates } of asked) {
        users.fill(user + 1, start, start + candidates.length)
        for (const item of candidates) items[start++] = item + 1
      }
      const columns = new Map([['user', users] as const, ['item', items] as const])
      const [scores] = await ranker.predict({ rowCount, columns })
      let from = 0
      return asked.map(({ candidates }) => scores!.slice(from, (from += candidates.length)))
    },
  }
}
