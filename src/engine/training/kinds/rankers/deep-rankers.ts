import { invalid } from '../../../../error.ts'
import type { DeclaredSettings } from '../settings.ts'
import type { RankerFamily, Roles } from './ranker-family.ts'

const layers = ['none', '32', '64-32', '128-64', '256-128-64', '400-400-400']

const settings: DeclaredSettings = {
  width: {
    ...{ initial: 16, least: 2, most: 256, whole: true, scale: 'log' },
    description: 'Numbers per vector of an id.',
  },
  layers: {
    ...{ initial: '128-64', choices: layers },
    description: 'Widths of the hidden layers.',
  },
  dropout: {
    ...{ initial: 0, least: 0, most: 0.9 },
    description: 'Share of each layer that is dropped in a step.',
  },
  epochs: {
    ...{ initial: 10, least: 1, most: 1_000, whole: true, scale: 'log' },
    description: 'Passes over the examples, at most: it stops where validation gets no better.',
  },
  batch: {
    ...{ initial: 256, least: 1, most: 65_536, whole: true, scale: 'log' },
    description: 'Examples per step.',
  },
  rate: {
    ...{ initial: 0.001, least: 1e-6, most: 1, scale: 'log' },
    description: 'How far a step of Adam goes.',
  },
  tableL2: {
    ...{ initial: 1e-5, least: 0, most: 1 },
    description: 'What vectors pay for their squares.',
  },
}

/** What a family asks of the set beside what it is told. */
const own: Readonly<Record<string, (roles: Roles) => object>> = {
  'neural-cf': (roles) => ({ user: named(roles, 'user'), item: named(roles, 'item') }),
  din: (roles) => ({ history: named(roles, 'history'), candidate: named(roles, 'item') }),
  'multi-task': ({ heads }) => ({ heads: heads.map((name) => ({ name, learns: 'chance' })) }),
}

/** The families, by their kinds: a test holds them against those that there are. */
const summaries: Readonly<Record<string, string>> = {
  'embedding-mlp': 'EmbeddingMLP: vectors of all ids through a perceptron.',
  'wide-deep': 'Wide & Deep: a linear part that remembers beside a perceptron (Cheng 2016).',
  'neural-cf': 'NeuMF: who and what alone, by products and a perceptron (He 2017).',
  'two-tower': 'Two towers: a vector of who asks and one of what is offered (Yi 2019).',
  'factorisation-machine': 'A factorisation machine (Rendle 2010), by batches.',
  'deep-fm': 'DeepFM: a factorisation machine and a perceptron over the same vectors (Guo 2017).',
  dcn: 'DCN-v2: crosses of bounded degree beside a perceptron (Wang 2021).',
  din: 'DIN: what was met counts by what it has to do with the candidate (Zhou 2018).',
  'multi-task': 'Several labels at once over shared layers; the first of the set orders.',
}

export const deepRankers: readonly RankerFamily[] = Object.entries(summaries).map(
  ([name, summary]) => ({
    ...{ name, summary, settings },
    // The engine's own features are numbers; these families go by ids, and DIN by their order.
    set: name === 'din' ? 'movies-in-order' : 'movies',
    async trainer(given, roles) {
      const { deepFamilies } = await import('../../../../models/deep/deep-families.ts')
      const { deepTrainer } = await import('../../../../models/deep/training/deep-trainer.ts')
      const { width, dropout, epochs, batch, rate, tableL2 } = given
      const hidden =
        given['layers'] === 'none' ? [] : String(given['layers']).split('-').map(Number)
      return deepTrainer(deepFamilies[name]!, {
        ...{ head: roles.head, width, hidden, dropout, epochs, batch, rate, tableL2 },
        ...own[name]?.(roles),
      } as object)
    },
  }),
)

function named(roles: Roles, role: 'user' | 'item' | 'history'): string {
  const name = roles[role]
  if (name !== undefined) return name
  const what = { user: 'a category of the user id', item: 'a category of the item id' }
  const words =
    role === 'history' ? 'a sequence that shares the vocabulary of the item' : what[role]
  throw invalid('settings.set', `must hold ${words}, which this family goes by`)
}
