import type { DeclaredSetting } from '../settings.ts'
import { numbersIn } from '../settings.ts'
import type { RecallFamily } from './recall-family.ts'

const dims: DeclaredSetting = {
  ...{ initial: 64, least: 2, most: 1024, whole: true, scale: 'log' },
  description: 'Numbers per user and item.',
}

const ease: RecallFamily = {
  name: 'ease',
  summary: 'EASE: a linear model from all items to all, in one step. Up to 12,000 items.',
  settings: {
    regularization: {
      ...{ initial: 500, least: 1, most: 100_000, scale: 'log' },
      description: 'The larger, the less is made of pairs that few met.',
    },
  },
  async fit({ matrix }, settings, run) {
    const { fitEase } = await import('../../../../models/ease/ease.ts')
    return fitEase(matrix, { ...run, ...numbersIn(settings, ['regularization']) })
  },
  load: async (artifact) =>
    (await import('../../../../models/ease/ease-model.ts')).loadEase(artifact),
}

const randomWalk: RecallFamily = {
  name: 'random-walk',
  summary: 'RP3β: random walks of item, user, item, with the popular held back.',
  settings: {
    neighbors: {
      ...{ initial: 200, least: 1, most: 10_000, whole: true, scale: 'log' },
      description: 'Neighbours kept of an item.',
    },
    alpha: {
      ...{ initial: 0.5, least: 0.01, most: 10, scale: 'log' },
      description: "The power that each step's probability is raised to.",
    },
    beta: {
      ...{ initial: 0.2, least: 0, most: 1 },
      description: 'How much popular items are held back.',
    },
  },
  async fit({ matrix }, settings, run) {
    const { fitRandomWalk } = await import('../../../../models/item-knn/random-walk.ts')
    return fitRandomWalk(matrix, { ...run, ...numbersIn(settings, ['neighbors', 'alpha', 'beta']) })
  },
  load: async (artifact) =>
    (await import('../../../../models/item-knn/item-knn-model.ts')).loadItemKnn(artifact),
}

const spectral: RecallFamily = {
  name: 'spectral',
  summary: 'GF-CF: the lowest frequencies of the graph of users and items, beside its neighbours.',
  settings: {
    rank: {
      ...{ initial: 64, least: 1, most: 1024, whole: true, scale: 'log' },
      description: 'Directions that are kept.',
    },
    share: {
      ...{ initial: 0.3, least: 0, most: 10 },
      description: 'How much the directions count beside the neighbours.',
    },
  },
  async fit({ matrix }, settings, run) {
    const { fitSpectral } = await import('../../../../models/spectral/spectral.ts')
    return fitSpectral(matrix, { ...run, ...numbersIn(settings, ['rank', 'share']) })
  },
  load: async (artifact) =>
    (await import('../../../../models/spectral/spectral-model.ts')).loadSpectral(artifact),
}

const objectives = ['pairwise', 'pointwise', 'warp'] as const
const samplings = ['uniform', 'popularity'] as const

const descent: RecallFamily = {
  name: 'bpr',
  summary: 'Factors by descent on pairs: BPR, a logistic loss, or WARP.',
  settings: {
    dims,
    objective: {
      ...{ initial: 'pairwise', choices: objectives },
      description: 'pairwise: BPR; pointwise: a logistic loss; warp: only what is ranked too near.',
    },
    sampling: {
      ...{ initial: 'uniform', choices: samplings },
      description: 'How the items are drawn that were not met.',
    },
    passes: {
      ...{ initial: 50, least: 1, most: 10_000, whole: true, scale: 'log' },
      description: 'Passes over all that was met.',
    },
    rate: {
      ...{ initial: 0.05, least: 1e-4, most: 1, scale: 'log' },
      description: 'How far a step goes at the beginning.',
    },
    regularization: {
      ...{ initial: 0.01, least: 1e-6, most: 10, scale: 'log' },
      description: 'What a vector pays for its length.',
    },
    negatives: {
      ...{ initial: 4, least: 1, most: 1_000, whole: true, scale: 'log' },
      description: 'Items drawn per item met; the most that WARP looks at.',
    },
  },
  async fit({ matrix }, settings, run) {
    const { fitBpr } = await import('../../../../models/bpr/bpr.ts')
    return fitBpr(matrix, {
      ...run,
      ...numbersIn(settings, ['dims', 'passes', 'rate', 'regularization', 'negatives']),
      // One of the choices declared above, as all settings that get here.
      objective: settings['objective'] as (typeof objectives)[number],
      sampling: settings['sampling'] as (typeof samplings)[number],
      rateLeft: 0.1,
    })
  },
  laysOut: true,
  async load(artifact) {
    const { loadBpr, softplus } = await import('../../../../models/bpr/bpr-model.ts')
    const model = loadBpr(artifact)
    const { dims, items, foldIn } = model
    const scoresOf = (products: Float32Array): Float32Array => products.map(softplus)
    return { ...model, space: { width: dims + 1, rows: items, queryOf: foldIn, scoresOf } }
  },
}

/** Families that learn from who liked what, in whatever order. */
export const matrixFamilies: readonly RecallFamily[] = [ease, randomWalk, spectral, descent]
