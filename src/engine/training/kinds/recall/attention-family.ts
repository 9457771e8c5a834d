import { chancesOf } from '../../../../models/blend/chances.ts'
import { numbersIn } from '../settings.ts'
import { heldBack, heldMax } from './held-back.ts'
import type { RecallFamily, Space } from './recall-family.ts'

/** Places of a step: more would learn no faster, and hold more in memory. */
const placesPerStep = 800

/** Fewer steps than these in an epoch would learn little from a small log. */
const stepsMin = 20

/** Catalogues of more items are sampled. */
const wholeMax = 20_000

/** Self-attention over likes in their order. */
export const attentionFamily: RecallFamily = {
  name: 'self-attention',
  summary: 'SASRec: self-attention over what was liked, in its order, tells what comes next.',
  settings: {
    length: {
      ...{ initial: 50, least: 2, most: 1_000, whole: true, scale: 'log' },
      description: 'How many of the last likes are looked at.',
    },
    dims: {
      ...{ initial: 64, least: 4, most: 1_024, whole: true, scale: 'log' },
      description: 'Numbers per item.',
    },
    blocks: {
      ...{ initial: 2, least: 1, most: 12, whole: true },
      description: 'Layers of attention.',
    },
    dropout: {
      ...{ initial: 0.2, least: 0, most: 0.9 },
      description: 'The share of numbers dropped in each step.',
    },
    rate: {
      ...{ initial: 0.001, least: 1e-5, most: 0.1, scale: 'log' },
      description: 'How far a step goes.',
    },
    epochs: {
      ...{ initial: 30, least: 1, most: 1_000, whole: true, scale: 'log' },
      description: 'Passes over all likes at most; fewer where it gets no better.',
    },
    negatives: {
      ...{ initial: 1_024, least: 1, most: 100_000, whole: true, scale: 'log' },
      description: `Items drawn per step to be told apart, where there are over ${wholeMax}.`,
    },
  },

  async fit({ sequences }, settings, run) {
    const { packed } = await import('../../../../models/sequential/packs.ts')
    const { fitSelfAttention } = await import('../../../../models/sequential/self-attention.ts')
    const named = ['length', 'dims', 'blocks', 'dropout', 'rate', 'epochs', 'negatives'] as const
    const { negatives, ...numbers } = numbersIn(settings, named)
    const { train, validation } = heldBack(sequences)
    const packCount = packed(train, numbers.length).starts.length - 1
    const most = Math.ceil(placesPerStep / numbers.length)
    return fitSelfAttention(
      { train, validation },
      {
        ...{ ...run, ...numbers, heads: 1, patience: 3, rateDecay: 0.5, judgedMax: heldMax },
        batch: Math.max(1, Math.min(most, Math.floor(packCount / stepsMin))),
        negatives: train.itemCount > wholeMax ? negatives : 'all',
      },
    )
  },

  laysOut: true,

  async load(artifact) {
    const { loadSelfAttention } = await import(
      '../../../../models/sequential/self-attention-model.ts'
    )
    const { itemCount, dims, itemVectors, vectors, next } = loadSelfAttention(artifact)
    const score = async (items: Uint32Array): Promise<Float32Array> => {
      const [scores] = await next([items])
      // Sources propose what is above 0, which products of vectors need not be.
      return chancesOf(scores!)
    }
    // The runtime is loaded with the first answer, which would keep a request waiting.
    await score(Uint32Array.of(0))
    const space: Space = {
      ...{ width: dims, rows: itemVectors, scoresOf: chancesOf },
      queryOf: (items) => vectors([items]),
    }
    return { itemCount, score, space }
  },
}
