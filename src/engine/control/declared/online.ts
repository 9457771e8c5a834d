import { checkKeys, checkNumber, type DeclaredParameter, recordAt } from './declared-parameter.ts'

/** How rankers keep up with what people do, between two trainings. */
export interface OnlineRules {
  /** 1: they do; 0: they stay as they were trained. */
  readonly rankers: 0 | 1
  /** How often what they have come to is put in force. */
  readonly everyMinutes: number
  /** How long after the first deed on it a row is learned: what is done by then is its label. */
  readonly delaySeconds: number
  /** How far the feed's own ranker moves with what it learns, in (0, 1]. */
  readonly rate: number
}

/** The rate is chosen on what comes before what it is measured by: `bench/online/rankers.ts`. */
export const onlineDefaults: OnlineRules = {
  ...{ rankers: 1, everyMinutes: 1, delaySeconds: 60, rate: 0.02 },
}

export const online: DeclaredParameter = {
  name: 'online',
  description:
    'How rankers learn between two trainings, from pages as they were served and what was done ' +
    'on them: whether, how often it is put in force, how long a label is waited for, and how fast.',
  initial: { ...onlineDefaults },

  check(value) {
    const rules = recordAt(value, 'value', 'a record of rules')
    checkKeys(rules, 'value', Object.keys(onlineDefaults))
    checkNumber(rules['rankers'], 'value.rankers', [0, 1])
    checkNumber(rules['everyMinutes'], 'value.everyMinutes', [1, 1_440])
    checkNumber(rules['delaySeconds'], 'value.delaySeconds', [1, 86_400])
    checkNumber(rules['rate'], 'value.rate', [0.0001, 1], false)
  },
}
