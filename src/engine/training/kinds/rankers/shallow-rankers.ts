import { type DeclaredSetting, numbersIn } from '../settings.ts'
import type { RankerFamily } from './ranker-family.ts'

const epochs: DeclaredSetting = {
  ...{ initial: 5, least: 1, most: 1_000, whole: true, scale: 'log' },
  description: 'Passes over the examples.',
}

const linear: RankerFamily = {
  name: 'linear',
  summary: 'Logistic regression over all fields, in one batch (L-BFGS).',
  set: 'engine',
  settings: {
    l2: {
      ...{ initial: 1, least: 1e-6, most: 1e6, scale: 'log' },
      description: 'What weights pay for their squares.',
    },
  },
  trainer: async (settings) =>
    (await import('../../../../models/linear/linear.ts')).linearTrainer(
      numbersIn(settings, ['l2']),
    ),
}

const ftrl: RankerFamily = {
  name: 'ftrl',
  summary: 'Logistic regression by FTRL-Proximal, example by example (McMahan 2013).',
  set: 'engine',
  settings: {
    alpha: {
      ...{ initial: 0.1, least: 1e-4, most: 10, scale: 'log' },
      description: 'How fast a weight moves at first.',
    },
    beta: {
      ...{ initial: 1, least: 1e-3, most: 100, scale: 'log' },
      description: 'What slows a weight from the beginning.',
    },
    l1: {
      ...{ initial: 0.1, least: 0, most: 100 },
      description: 'Weights that say less than this are 0.',
    },
    l2: { ...{ initial: 1, least: 0, most: 1e4 }, description: 'Draws weights towards 0.' },
    epochs,
  },
  trainer: async (settings) =>
    (await import('../../../../models/linear/ftrl.ts')).ftrlTrainer(
      numbersIn(settings, ['alpha', 'beta', 'l1', 'l2', 'epochs']),
    ),
}

const machine: RankerFamily = {
  name: 'fm',
  summary: 'A factorisation machine (Rendle 2010), example by example.',
  set: 'engine',
  settings: {
    dims: {
      ...{ initial: 16, least: 1, most: 1024, whole: true, scale: 'log' },
      description: 'Numbers per vector of an id.',
    },
    rate: {
      ...{ initial: 0.05, least: 1e-4, most: 10, scale: 'log' },
      description: 'How far a number moves at its first step.',
    },
    l2: { ...{ initial: 1e-4, least: 0, most: 10 }, description: 'Draws numbers towards 0.' },
    epochs,
  },
  trainer: async (settings) =>
    (await import('../../../../models/linear/fm.ts')).fmTrainer(
      numbersIn(settings, ['dims', 'rate', 'l2', 'epochs']),
    ),
}

const objectives = ['lambdamart', 'logloss'] as const

const trees: RankerFamily = {
  name: 'trees',
  summary: 'Boosted trees: LambdaMART over what stood side by side, or probabilities.',
  set: 'engine',
  settings: {
    objective: {
      ...{ initial: 'lambdamart', choices: objectives },
      description: 'lambdamart: the order within a page; logloss: the chance of each row.',
    },
    trees: {
      ...{ initial: 200, least: 1, most: 5_000, whole: true, scale: 'log' },
      description: 'Trees at most: fewer where validation gets no better.',
    },
    leaves: {
      ...{ initial: 15, least: 2, most: 1_024, whole: true, scale: 'log' },
      description: 'Leaves of a tree.',
    },
    rate: {
      ...{ initial: 0.1, least: 1e-3, most: 1, scale: 'log' },
      description: 'How much of each tree is taken.',
    },
  },
  trainer: async (settings) =>
    (await import('../../../../models/trees/tree-ranker.ts')).treeTrainer({
      ...numbersIn(settings, ['trees', 'leaves', 'rate']),
      // One of the choices declared above.
      objective: settings['objective'] as (typeof objectives)[number],
    }),
}

export const shallowRankers: readonly RankerFamily[] = [linear, ftrl, machine, trees]
