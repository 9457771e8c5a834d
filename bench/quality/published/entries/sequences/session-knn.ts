import { seededRandom } from '../../../../../src/kernel/random.ts'
import { blended } from '../../../../../src/models/blend/blended.ts'
import { addShare } from '../../../../../src/models/blend/share.ts'
import { countedParts } from '../../../../../src/models/contenders/known/voices/counted-parts.ts'
import { fitCountedPool } from '../../../../../src/models/contenders/known/voices/counted-pool.ts'
import { someAsked } from '../../../../../src/models/evaluation/protocols/judge-asked.ts'
import { byOrder } from '../../../../../src/models/evaluation/protocols/question.ts'
import { sessions } from '../../../../../src/models/evaluation/protocols/sessions.ts'
import { fitSessionKnn } from '../../../../../src/models/session-knn/session-knn.ts'
import { entryOf, type Searched } from '../../entry.ts'
import { amazonBeauty } from '../../sets/amazon-beauty.ts'
import { diginetica } from '../../sets/diginetica.ts'

const code = ['src/models/session-knn', 'src/models/sequences.ts', 'src/kernel/top-k.ts']

const mixing = [
  ...['src/models/markov', 'src/models/blend/blended.ts', 'src/models/blend/share.ts'],
  'src/models/contenders/known/voices/counted-parts.ts',
]

const pools = [
  'src/models/blend/pool',
  ...['counted-pool', 'pool-signals'].map(
    (name) => `src/models/contenders/known/voices/${name}.ts`,
  ),
  'src/models/sequential/choice/conditional-logit.ts',
]

const neighbors = {
  ...{ sessions: 1_000_000, memory: 10, decay: 0.65, sample: 1_000, neighbors: 1_000 },
  ...{ halfLife: 100_000, nearness: 0.8, backward: 0.7, lengthRestraint: 0.1, restraint: 0.2 },
}

const searched: Searched = {
  space: {
    decay: [0.5, 0.6, 0.65, 0.8, 0.9],
    sample: [300, 1_000, 2_000, 5_000],
    neighbors: [100, 500, 700, 1_000, 1_500, 2_000],
    halfLife: [20_000, 60_000, 80_000, 120_000, 1e9],
    nearness: [0.6, 0.7, 0.8, 0.9, 1],
    backward: [0.2, 0.5, 0.6, 0.8, 1],
    lengthRestraint: [0, 0.1, 0.3, 0.5, 1],
    restraint: [0, 0.15, 0.3],
    chainShare: [0.15, 0.2, 0.3, 0.5],
    further: [0, 0.7, 1],
  },
  ...{ method: 'grid', trials: 34, seed: 1 },
  validation: 'every step of the last 16,000 of the train sessions, one in 12',
}

const mixed = [
  {
    ...{ set: diginetica, repeats: true },
    settings: {
      ...{ ...neighbors, chainShare: 0.3, window: 10 },
      ...{ chainBackward: 0.5, chainDecay: 0.6, followers: 1_000, further: 0.7 },
    },
    searched: { ...searched, best: { 'P@20': 0.5224, 'MRR@20': 0.1877 } },
  },
  {
    ...{ set: amazonBeauty, repeats: false },
    settings: {
      ...{ ...neighbors, memory: 20, decay: 0.5, neighbors: 500, halfLife: 1e9, backward: 0.3 },
      ...{ lengthRestraint: 0.5, restraint: 0, chainShare: 0.5, window: 30 },
      ...{ chainBackward: 0.3, chainDecay: 0.45, followers: 2_000, further: 0.1 },
    },
    searched: {
      ...{ ...searched, trials: 10, validation: 'the last item but one, of 5,000 users' },
      best: { 'HR@10': 0.108, 'NDCG@10': 0.0676 },
    },
  },
]

/** Of the pool; the rest is that of the blend. By hand, each half weighed by the other. */
const pooling = { reach: 60, floor: 1e-3, fading: 0.7, newest: 0.045, passes: 20 }
const searchedPool: Searched = {
  space: {
    floor: [1e-5, 1e-4, 1e-3],
    reach: [60, 80],
    passes: [10, 30],
    witnesses: 'with and without demand, what was met, quicker and sharper neighbours',
  },
  ...{ method: 'grid', trials: 11, seed: 'r1' },
  validation: '2,800 steps of the last twentieth of the train sessions',
  // Where the blend has .5457 and .1880.
  best: { 'P@20': 0.56, 'MRR@20': 0.1946 },
}

/** Sessions (or users) like the present one, alone and beside a chain of items. */
export const entries = [
  entryOf(diginetica, {
    ...{ model: 'V-SKNN fading', settings: neighbors, code, quick: true },
    searched: { ...searched, best: { 'P@20': 0.5173, 'MRR@20': 0.1854 } },
    async fit({ train }, settings, run) {
      return byOrder(await fitSessionKnn(train, { ...settings, ...run }))
    },
  }),
  ...mixed.map(({ set, settings, searched, repeats }) =>
    entryOf(set, {
      ...{ model: 'V-SKNN fading + Markov', settings, searched, quick: true },
      code: [...code, ...mixing],
      async fit({ train }, chosen, run) {
        return blended(await countedParts(train, { ...chosen, repeats }, run), addShare)
      },
    }),
  ),
  entryOf(diginetica, {
    ...{ model: 'V-SKNN fading + Markov pooled with demand', searched: searchedPool, quick: true },
    settings: { ...mixed[0]!.settings, ...pooling, weighedBy: 4_000 },
    code: [...code, ...mixing, ...pools],
    async fit(data, settings, run) {
      const { data: known, part } = sessions.validation(data, seededRandom('validation'))
      const asked = someAsked(part, settings.weighedBy, seededRandom('pool'))
      const withheld = { train: known.train, asked }
      const order = { repeats: true, inOrder: true }
      return fitCountedPool({ ...data, withheld }, { ...settings, ...order }, run)
    },
  }),
]
