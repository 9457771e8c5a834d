import { fitIals } from '../../als/ials.ts'
import { scoringAll } from '../../als/scoring-all.ts'
import { fitEase } from '../../ease/ease.ts'
import type { InteractionData } from '../../evaluation/formats/interaction-data.ts'
import { byChance, byPopularity } from '../../evaluation/protocols/baselines.ts'
import type { Recommender } from '../../evaluation/protocols/question.ts'
import { fitItemKnn } from '../../item-knn/item-knn.ts'
import { fitRandomWalk } from '../../item-knn/random-walk.ts'
import { weightings } from '../../item-knn/weighting.ts'
import { choice, logInteger, logUniform, uniform } from '../../search/space.ts'
import { type Contender, numberOf as of, wordOf } from '../contender.ts'
import { blendOfKinds } from './blend-of-kinds.ts'
import { graphContenders } from './of-graphs.ts'
import { known } from './or-popular.ts'

export type InteractionContender = Contender<Pick<InteractionData, 'train'>, Recommender>

/** A square of the items in doubles, and its inverse: minutes beyond that. */
const easeItemsMax = 4_000

const always = () => true

const keptOf = choice('met', 'scored')

/**
 * Models of who met what, in no order: what won on most data first, as whoever waits is told of
 * that first, and threads that share them begin with what takes longest.
 */
export const interactionContenders: readonly InteractionContender[] = [
  ...graphContenders,
  {
    ...{ name: 'RP3β', kind: 'neighbours', takes: always },
    settings: { neighbors: 500, alpha: 0.5, beta: 0.2, keptOf: 'met' },
    // Of films, that many met; and of places.
    points: [
      { neighbors: 70, alpha: 0.8, beta: 0.5, keptOf: 'scored' },
      { neighbors: 200, alpha: 0.5, beta: 0.3, keptOf: 'scored' },
    ],
    space: {
      ...{ neighbors: logInteger(10, 1_000), alpha: uniform(0.1, 2), beta: uniform(0, 1) },
      keptOf,
    },
    async fit({ train }, settings, run) {
      const options = {
        ...{ alpha: of(settings, 'alpha'), beta: of(settings, 'beta') },
        keptOf: wordOf(settings, 'keptOf', ['met', 'scored']),
      }
      const neighbors = of(settings, 'neighbors')
      return known(train, await fitRandomWalk(train, { ...run, ...options, neighbors }))
    },
  },
  {
    ...{ name: 'iALS', kind: 'factors', takes: always },
    settings: { dims: 128, sweeps: 12, alpha: 5, regularization: 0.05, frequencyPower: 1 },
    // Of places, that few met.
    points: [{ dims: 128, alpha: 30, regularization: 0.075 }],
    space: {
      dims: logInteger(32, 256),
      alpha: logUniform(0.5, 100),
      regularization: logUniform(0.01, 0.3),
    },
    async fit({ train }, settings, run) {
      const model = await fitIals(train, {
        ...run,
        dims: of(settings, 'dims'),
        sweeps: of(settings, 'sweeps'),
        alpha: of(settings, 'alpha'),
        regularization: of(settings, 'regularization'),
        frequencyPower: of(settings, 'frequencyPower'),
      })
      return known(train, scoringAll(model))
    },
  },
  {
    ...{ name: 'EASE', kind: 'regression' },
    takes: ({ train }) => train.columnCount <= easeItemsMax,
    settings: { regularization: 500 },
    space: { regularization: logUniform(10, 10_000) },
    async fit({ train }, settings, run) {
      const regularization = of(settings, 'regularization')
      return known(train, await fitEase(train, { ...run, regularization }))
    },
  },
  {
    ...{ name: 'random', isBaseline: true, settings: {}, takes: always },
    fit: ({ train }, _, { seed }) => byChance(train.columnCount, seed),
  },
  {
    ...{ name: 'popularity', isBaseline: true, settings: {}, takes: always },
    fit: ({ train }) => byPopularity(train.columns, train.columnCount),
  },
  {
    ...{ name: 'item-kNN', isBaseline: true, takes: always },
    settings: { neighbors: 100, shrinkage: 10, keptOf: 'scored', weighting: 'tf-idf' },
    space: {
      ...{ neighbors: logInteger(10, 1_000), shrinkage: logUniform(0.1, 1_000), keptOf },
      weighting: choice(...weightings),
    },
    async fit({ train }, settings, run) {
      const [neighbors, shrinkage] = [of(settings, 'neighbors'), of(settings, 'shrinkage')]
      const alike = {
        keptOf: wordOf(settings, 'keptOf', ['met', 'scored']),
        weighting: wordOf(settings, 'weighting', weightings),
      }
      return known(train, await fitItemKnn(train, { ...run, ...alike, neighbors, shrinkage }))
    },
  },
  blendOfKinds,
]
