import { byHistory } from '../../../../../src/models/evaluation/protocols/question.ts'
import { fitItemKnn } from '../../../../../src/models/item-knn/item-knn.ts'
import { fitRandomWalk } from '../../../../../src/models/item-knn/random-walk.ts'
import { choice, logInteger, logUniform, uniform } from '../../../../../src/models/search/space.ts'
import { entryOf } from '../../entry.ts'
import { gowalla } from '../../sets/gowalla.ts'
import { ml1mM1 } from '../../sets/ml1m-m1.ts'
import { ncfMl1m } from '../../sets/ncf-ml1m.ts'

const code = ['src/models/item-knn']

const keptOf = choice('met', 'scored')

const alikeSpace = {
  ...{ neighbors: logInteger(10, 1_000), shrinkage: logUniform(0.1, 1_000), keptOf },
  ...{ weighting: choice('cosine', 'tf-idf', 'bm25'), asymmetry: uniform(0, 1) },
}

const walkSpace = {
  ...{ neighbors: logInteger(10, 1_000), alpha: uniform(0.1, 2), beta: uniform(0, 1), keptOf },
}

/** Points by hand and by chance; those of MovieLens are kept in `results/searches`. */
const byHand = { method: 'random', seed: 'search' } as const
const oneAmong100 = 'one item of each of 2,000 users among 99 others'
const aTenth = 'a tenth of each user’s train items, 2,000 users'

const alike = { shrinkage: 10, asymmetry: 0.5, keptOf: 'scored' } as const

const cosines = [
  {
    set: ncfMl1m,
    settings: { ...alike, neighbors: 50, weighting: 'bm25' },
    searched: { ...byHand, trials: 8, validation: oneAmong100, best: { 'HR@10': 0.7985 } },
  },
  {
    set: ml1mM1,
    settings: { ...alike, neighbors: 80, weighting: 'tf-idf' },
    searched: { ...byHand, trials: 4, validation: aTenth, best: { 'Recall@20': 0.2177 } },
  },
  // As on ml1m-m1.
  { set: gowalla, settings: { ...alike, neighbors: 80, weighting: 'tf-idf' } },
] as const

const walks = [
  {
    set: ncfMl1m,
    settings: { neighbors: 70, alpha: 0.8, beta: 0.5, keptOf: 'scored' },
    searched: { ...byHand, trials: 4, validation: oneAmong100, best: { 'HR@10': 0.7991 } },
  },
  {
    set: ml1mM1,
    settings: { neighbors: 70, alpha: 0.8, beta: 0.5, keptOf: 'scored' },
    searched: { ...byHand, trials: 4, validation: aTenth, best: { 'Recall@20': 0.23 } },
  },
  // A random part of its train file is not like its test, and misleads a search.
  {
    set: gowalla,
    settings: { neighbors: 500, alpha: 0.5, beta: 0.2, keptOf: 'met' },
    settingsFrom: 'the reference run that the data came with',
  },
] as const

/** Neighbours of items: by cosine, and by random walks. */
export const entries = [
  ...cosines.map(({ set, settings, ...more }) =>
    entryOf(set, {
      ...{ model: 'item-kNN', settings, code, quick: true, space: alikeSpace },
      ...('searched' in more && { searched: { space: alikeSpace, ...more.searched } }),
      async fit({ train }, chosen, run) {
        return byHistory(await fitItemKnn(train, { ...chosen, ...run }))
      },
    }),
  ),
  ...walks.map(({ set, settings, ...more }) =>
    entryOf(set, {
      ...{ model: 'RP3β', settings, code, quick: true, space: walkSpace },
      ...('searched' in more && { searched: { space: walkSpace, ...more.searched } }),
      ...('settingsFrom' in more && { settingsFrom: more.settingsFrom }),
      async fit({ train }, chosen, run) {
        return byHistory(await fitRandomWalk(train, { ...chosen, ...run }))
      },
    }),
  ),
]
