import type { SequenceModel } from '../../../../models/model.ts'
import { type DeclaredSetting, numbersIn } from '../settings.ts'
import type { RecallFamily, RecallModel } from './recall-family.ts'

/** Sources say how much each like counts; what comes next goes by their order alone. */
function inOrder({ itemCount, next }: SequenceModel): RecallModel {
  return { itemCount, score: (items) => next(items) }
}

const memory: DeclaredSetting = {
  ...{ initial: 10, least: 1, most: 1_000, whole: true, scale: 'log' },
  description: 'How many of the last items speak.',
}
const decay: DeclaredSetting = {
  ...{ initial: 0.8, least: 0.01, most: 1 },
  description: 'How much less each speaks than the one after it.',
}
const restraint: DeclaredSetting = {
  ...{ initial: 0.2, least: 0, most: 1 },
  description: 'How much popular items are held back.',
}

const markov: RecallFamily = {
  name: 'markov',
  summary: 'What follows what, some steps ahead: a smoothed Markov chain over items.',
  settings: {
    memory,
    decay,
    restraint,
    window: {
      ...{ initial: 5, least: 1, most: 100, whole: true, scale: 'log' },
      description: 'How far behind an item what follows it is looked for.',
    },
    backward: {
      ...{ initial: 0.2, least: 0, most: 1 },
      description: 'How much what came before an item counts as well.',
    },
    followers: {
      ...{ initial: 200, least: 1, most: 100_000, whole: true, scale: 'log' },
      description: 'Followers kept of an item.',
    },
  },
  fit: async ({ sequences }, settings, run) =>
    (await import('../../../../models/markov/markov.ts')).fitMarkov(sequences, {
      ...run,
      ...numbersIn(settings, ['memory', 'decay', 'window', 'backward', 'followers']),
      evidence: { form: 'sum', ...numbersIn(settings, ['restraint']), further: 0 },
      repeats: false,
    }),
  load: async (artifact) =>
    inOrder((await import('../../../../models/markov/markov-model.ts')).loadMarkov(artifact)),
}

const sessionKnn: RecallFamily = {
  name: 'session-knn',
  summary: 'V-SKNN: what people liked whose last likes were like the present ones.',
  settings: {
    memory,
    decay,
    restraint,
    sample: {
      ...{ initial: 500, least: 1, most: 100_000, whole: true, scale: 'log' },
      description: 'People looked at for an item: the bound of what a request costs.',
    },
    neighbors: {
      ...{ initial: 100, least: 1, most: 100_000, whole: true, scale: 'log' },
      description: 'People that speak, the most alike.',
    },
  },
  fit: async ({ sequences }, settings, run) =>
    (await import('../../../../models/session-knn/session-knn.ts')).fitSessionKnn(sequences, {
      ...run,
      ...numbersIn(settings, ['memory', 'decay', 'restraint', 'sample', 'neighbors']),
      ...{ sessions: 100_000, halfLife: 1e9, nearness: 0.9, backward: 0.5, lengthRestraint: 0.5 },
    }),
  async load(artifact) {
    const { loadSessionKnn } = await import('../../../../models/session-knn/session-knn-model.ts')
    return inOrder(loadSessionKnn(artifact))
  },
}

/** Families that go by the order in which things were liked. */
export const sequenceFamilies: readonly RecallFamily[] = [markov, sessionKnn]
