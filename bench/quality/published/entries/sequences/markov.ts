import { byOrder } from '../../../../../src/models/evaluation/protocols/question.ts'
import { fitMarkov } from '../../../../../src/models/markov/markov.ts'
import { entryOf, type Searched } from '../../entry.ts'
import { amazonBeauty } from '../../sets/amazon-beauty.ts'
import { diginetica } from '../../sets/diginetica.ts'
import { sasrecMl1m } from '../../sets/sasrec-ml1m.ts'

const code = ['src/models/markov', 'src/models/sequences.ts', 'src/kernel/number-sums.ts']

const lastButOne = 'the last item but one of each user'
const lastSessions = 'every step of the last 16,000 of the train sessions, one in 12'

/** Found by moving one setting at a time by hand, on what is named as validation. */
const searchedOn = (
  validation: string,
  trials: number,
  best: Readonly<Record<string, number>>,
): Searched => ({
  space: {
    window: [1, 3, 5, 10, 30],
    backward: [0, 0.15, 0.3, 0.5, 1],
    memory: [1, 5, 10, 12, 20],
    decay: '0.3 to 0.9',
    restraint: [0, 0.2, 0.3],
    further: [0, 0.1, 0.3],
    smoothing: [10, 50, 200, 600, 2000],
    strength: '0.3 to 1',
  },
  ...{ method: 'grid', trials, seed: 1, validation, best },
})

const sums = [
  {
    set: sasrecMl1m,
    settings: { window: 10, backward: 0, memory: 10, decay: 0.7, followers: 3_500, further: 0 },
    searched: searchedOn(lastButOne, 24, { 'Recall@10': 0.2861, 'NDCG@10': 0.1687 }),
  },
  {
    set: amazonBeauty,
    settings: {
      window: 30,
      backward: 0.3,
      memory: 20,
      decay: 0.45,
      followers: 2_000,
      further: 0.1,
    },
    searched: searchedOn(lastButOne, 52, { 'HR@10': 0.1004, 'NDCG@10': 0.0637 }),
  },
  {
    set: diginetica,
    settings: { window: 10, backward: 0.5, memory: 10, decay: 0.6, followers: 1_000, further: 0 },
    searched: searchedOn(lastSessions, 9, { 'P@20': 0.4811, 'MRR@20': 0.1614 }),
  },
]

/** Chains of items: what the last ones expect, added up, or multiplied as by witnesses. */
export const entries = [
  ...sums.map(({ set, settings, searched }) =>
    entryOf(set, {
      ...{ model: 'Markov', settings, searched, code, quick: true },
      async fit({ train }, { further, ...chain }, run) {
        const evidence = { form: 'sum', restraint: 0, further } as const
        // A session may come back to what it met; the other sets leave that out of their lists.
        const repeats = set === diginetica
        return byOrder(await fitMarkov(train, { ...chain, repeats, evidence, ...run }))
      },
    }),
  ),
  entryOf(sasrecMl1m, {
    model: 'Markov by naive Bayes',
    settings: {
      ...{ window: 10, backward: 0, memory: 12, decay: 0.65, followers: 3_500 },
      ...{ smoothing: 600, strength: 0.6 },
    },
    searched: searchedOn(lastButOne, 90, { 'Recall@10': 0.3185, 'NDCG@10': 0.1851 }),
    ...{ code, quick: true },
    async fit({ train }, { smoothing, strength, ...chain }, run) {
      const evidence = { form: 'product', smoothing, strength } as const
      return byOrder(await fitMarkov(train, { ...chain, repeats: false, evidence, ...run }))
    },
  }),
]
