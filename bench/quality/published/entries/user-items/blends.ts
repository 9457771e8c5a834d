import { foldInAll } from '../../../../../src/models/als/fold-in-all.ts'
import { fitIals } from '../../../../../src/models/als/ials.ts'
import { blended } from '../../../../../src/models/blend/blended.ts'
import { sharpened } from '../../../../../src/models/blend/sharpened.ts'
import { ofWholeCatalogue } from '../../../../../src/models/blend/whole-catalogue.ts'
import { fitEase } from '../../../../../src/models/ease/ease.ts'
import { byHistory, byOne } from '../../../../../src/models/evaluation/protocols/question.ts'
import { transposed } from '../../../../../src/models/interactions.ts'
import { fitItemKnn } from '../../../../../src/models/item-knn/item-knn.ts'
import { fitRandomWalk } from '../../../../../src/models/item-knn/random-walk.ts'
import { userNeighbors } from '../../../../../src/models/item-knn/user-neighbors.ts'
import { uniform } from '../../../../../src/models/search/space.ts'
import { entryOf, type Searched } from '../../entry.ts'
import { gowalla } from '../../sets/gowalla.ts'
import { ml1mM1 } from '../../sets/ml1m-m1.ts'
import { ncfMl1m } from '../../sets/ncf-ml1m.ts'
import { byUserVectors } from '../../user-vectors.ts'

const code = ['src/models/blend', 'src/models/item-knn']

/** RP3β as it stands by itself on gowalla. */
const walk = { neighbors: 200, alpha: 0.5, beta: 0.3 }

const tried: Pick<Searched, 'method' | 'seed' | 'validation'> = {
  ...{ method: 'grid', seed: 'search' },
  validation: 'a tenth of each user’s train items, 1,500 users',
}

const space = { sharpness: uniform(0.1, 0.8) }

/** Each as it stands by itself; the shares are of ml1m-m1, whose users and films are the same. */
const denseSettings = {
  ...{ dims: 128, sweeps: 12, factorAlpha: 5, regularization: 0.05, frequencyPower: 1 },
  ...{ easeRegularization: 1000, neighbors: 70, alpha: 0.8, beta: 0.5, sharpness: 0.3, reach: 400 },
  ...{ factorShare: 2, easeShare: 1, walkShare: 0.5 },
}

/** Neighbours sharpened, and those of items and of users together. */
export const entries = [
  entryOf(gowalla, {
    model: 'RP3β sharpened',
    settings: { ...walk, sharpness: 0.4, reach: 400 },
    searched: {
      ...{ space: { sharpness: [0.3, 0.4, 0.5] }, trials: 3, ...tried },
      best: { 'Recall@20': 0.2235, 'NDCG@20': 0.1305 },
    },
    ...{ code, space },
    async fit({ train }, { sharpness, reach, ...settings }, run) {
      const near = await fitRandomWalk(train, { ...settings, keptOf: 'scored', ...run })
      return byHistory(sharpened(near, { share: sharpness, reach }))
    },
  }),
  entryOf(gowalla, {
    model: 'RP3β of items and users sharpened',
    settings: {
      ...{ ...walk, sharpness: 0.4, reach: 400 },
      ...{ userNeighbors: 150, restraint: 0.3, userShare: 0.4 },
      ...{ alikeNeighbors: 100, shrinkage: 10, alikeShare: 0.5 },
    },
    searched: {
      space: {
        sharpness: [0, 0.2, 0.4, 0.6],
        userShare: [0, 0.3, 0.4, 0.5, 0.6, 0.7],
        alikeShare: [0, 0.3, 0.5, 0.6, 0.7, 0.8],
      },
      ...{ trials: 13, ...tried },
      best: { 'Recall@20': 0.2315, 'NDCG@20': 0.1304 },
    },
    ...{ code, space },
    async fit({ train }, given, run) {
      const { neighbors, alpha, beta, sharpness, reach } = given
      const items = await fitRandomWalk(train, { neighbors, alpha, beta, keptOf: 'scored', ...run })
      const byItem = transposed(train)
      const { userNeighbors: userCount, restraint, userShare } = given
      const users = await fitRandomWalk(byItem, { neighbors: userCount, alpha, beta, ...run })
      const { alikeNeighbors, shrinkage, alikeShare } = given
      const words = { weighting: 'tf-idf', neighbors: alikeNeighbors, shrinkage } as const
      const alike = await fitItemKnn(byItem, { ...words, ...run })
      const [near, like] = [
        userNeighbors(users, train, { restraint }),
        userNeighbors(alike, train, { restraint: 0 }),
      ]
      return blended([
        { recommender: byHistory(sharpened(items, { share: sharpness, reach })), share: 1 },
        { recommender: byOne(({ user }) => near.scoreUser(user)), share: userShare },
        { recommender: byOne(({ user }) => like.scoreUser(user)), share: alikeShare },
      ])
    },
  }),
  ...[ncfMl1m, ml1mM1].map((set) =>
    entryOf(set, {
      model: 'iALS + EASE + RP3β sharpened',
      settings: denseSettings,
      searched: {
        space: {
          factorShare: [1, 2, 3],
          easeShare: [0, 0.5, 1],
          walkShare: [0, 0.5, 0.7, 1],
        },
        ...{ method: 'grid', seed: 'search', trials: 7 },
        validation: 'a tenth of each user’s train items of ml1m-m1, 2,000 users',
        best: { 'Recall@20': 0.2611, 'NDCG@20': 0.2085 },
      },
      code: [
        ...[...code, 'src/models/ease', 'src/kernel/linear', 'src/models/als'],
        ...['kernels', 'src/kernel/wasm', 'bench/quality/published/user-vectors.ts'],
      ],
      space: { factorShare: uniform(0.5, 4), walkShare: uniform(0.1, 2) },
      async fit({ train }, given, run) {
        const { dims, sweeps, regularization, frequencyPower, factorAlpha } = given
        const penalty = { alpha: factorAlpha, regularization, frequencyPower }
        const factors = await fitIals(train, { dims, sweeps, ...penalty, ...run })
        const users = await foldInAll(factors, train, run.signal && { signal: run.signal })
        const ease = await fitEase(train, { regularization: given.easeRegularization, ...run })
        const { neighbors, alpha, beta, sharpness: share, reach } = given
        const walk = { neighbors, alpha, beta, keptOf: 'scored' } as const
        const near = await fitRandomWalk(train, { ...walk, ...run })
        const parts = [
          { recommender: byUserVectors(users, factors.items, dims), share: given.factorShare },
          { recommender: byHistory(ease), share: given.easeShare },
          { recommender: byHistory(sharpened(near, { share, reach })), share: given.walkShare },
        ]
        return ofWholeCatalogue(blended(parts))
      },
    }),
  ),
]
