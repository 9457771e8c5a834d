import { chancesOf } from '../../../../models/blend/chances.ts'
import type { ItemVectorsModel } from '../../../../models/item2vec/item-vectors-model.ts'
import { unordered } from '../../../../models/sequences.ts'
import { type DeclaredSetting, numbersIn } from '../settings.ts'
import { heldBack } from './held-back.ts'
import type { RecallFamily, RecallModel } from './recall-family.ts'

const dims: DeclaredSetting = {
  ...{ initial: 64, least: 1, most: 1_024, whole: true, scale: 'log' },
  description: 'Numbers per item.',
}
const window: DeclaredSetting = {
  ...{ initial: 5, least: 1, most: 1_000, whole: true, scale: 'log' },
  description: 'How many places apart items go together at most.',
}
const negatives: DeclaredSetting = {
  ...{ initial: 5, least: 1, most: 100, whole: true, scale: 'log' },
  description: 'Items by chance that each pair is held against.',
}

/** Cosines as their scores: half of one more. */
function byDirections(model: ItemVectorsModel): RecallModel {
  const { dims, vectors, directionOf } = model
  const scoresOf = (cosines: Float32Array): Float32Array =>
    cosines.map((cosine) => Math.max(Number.EPSILON, (1 + cosine) / 2))
  return { ...model, space: { width: dims, rows: vectors, queryOf: directionOf, scoresOf } }
}

const wordVectors = () => import('../../../../models/item2vec/item2vec.ts')
const walks = () => import('../../../../models/graph-walk/graph-walk.ts')

/** As skip-grams of words have them. */
const skipGram = { negativePower: 0.75, rate: 0.025 }

const item2vec: RecallFamily = {
  name: 'item2vec',
  summary: 'item2vec: items as words, what somebody liked as a sentence, in its order.',
  settings: {
    ...{ dims, window, negatives },
    passes: {
      ...{ initial: 30, least: 1, most: 1_000, whole: true, scale: 'log' },
      description: 'Passes over all likes.',
    },
  },
  fit: async ({ sequences }, settings, run) =>
    (await wordVectors()).fitItem2vec(sequences, {
      ...{ ...run, ...skipGram },
      ...numbersIn(settings, ['dims', 'window', 'negatives', 'passes']),
    }),
  laysOut: true,
  load: async (artifact) => byDirections((await wordVectors()).loadItem2vec(artifact)),
}

const graphWalk: RecallFamily = {
  name: 'graph-walk',
  summary: 'node2vec: walks by chance over the graph of items, as sentences.',
  settings: {
    ...{ dims, window, negatives },
    walksPerItem: {
      ...{ initial: 20, least: 1, most: 10_000, whole: true, scale: 'log' },
      description: 'Walks that begin at each item.',
    },
    length: {
      ...{ initial: 40, least: 2, most: 10_000, whole: true, scale: 'log' },
      description: 'Items of a walk.',
    },
    return: {
      ...{ initial: 1, least: 0.01, most: 100, scale: 'log' },
      description: 'The larger, the seldomer a walk goes straight back: p of the paper.',
    },
    away: {
      ...{ initial: 1, least: 0.01, most: 100, scale: 'log' },
      description: 'The larger, the nearer a walk stays: q of the paper.',
    },
  },
  fit: async ({ matrix }, settings, run) =>
    (await walks()).fitGraphWalk(matrix, {
      ...{ ...run, ...skipGram, passes: 1, neighbors: 100, shrinkage: 10 },
      ...numbersIn(settings, ['dims', 'window', 'negatives', 'walksPerItem', 'length']),
      ...numbersIn(settings, ['return', 'away']),
    }),
  laysOut: true,
  load: async (artifact) => byDirections((await walks()).loadGraphWalk(artifact)),
}

const twoTowers: RecallFamily = {
  name: 'two-tower-recall',
  summary: 'A network for who asks and a vector per item, learned by sampled softmax.',
  settings: {
    dims,
    hidden: {
      ...{ initial: 128, least: 1, most: 4_096, whole: true, scale: 'log' },
      description: 'Width of the layer between.',
    },
    dropout: {
      ...{ initial: 0.2, least: 0, most: 0.9 },
      description: 'The share of that layer which is dropped in each step.',
    },
    rate: {
      ...{ initial: 0.002, least: 1e-5, most: 0.1, scale: 'log' },
      description: 'How far a step goes.',
    },
    epochs: {
      ...{ initial: 30, least: 1, most: 1_000, whole: true, scale: 'log' },
      description: 'Passes over all likes at most; fewer where it gets no better.',
    },
  },
  async fit({ sequences }, settings, run) {
    const { fitTwoTowers } = await import('../../../../models/two-towers/two-towers.ts')
    const { train, validation } = heldBack(sequences)
    return fitTwoTowers(
      { train: unordered(train), validation },
      {
        ...{ ...run, patience: 3, rateDecay: 0.5 },
        ...numbersIn(settings, ['dims', 'hidden', 'dropout', 'rate', 'epochs']),
      },
    )
  },
  laysOut: true,
  async load(artifact) {
    const { loadTwoTowers } = await import('../../../../models/two-towers/two-towers-model.ts')
    const model = loadTwoTowers(artifact)
    const { dims, itemVectors, vectorOf } = model
    const space = { width: dims, rows: itemVectors, queryOf: vectorOf, scoresOf: chancesOf }
    return { ...model, space }
  },
}

/** Families that lay items out in space, so that what goes together lies near. */
export const vectorFamilies: readonly RecallFamily[] = [item2vec, graphWalk, twoTowers]
