import type { Json } from '../../../events/event.ts'
import { predictLogDefaults } from '../../serving/predict-log.ts'
import { checkKeys, checkNumber, type DeclaredParameter, recordAt } from './declared-parameter.ts'

const bounds = { share: [0, 1], rows: [0, 100], callsPerSecond: [0, 1_000] } as const

export const predictLog: DeclaredParameter = {
  name: 'predict-log',
  description:
    'What is kept of calls that have models score rows, in the table predictions: {share, rows, ' +
    'callsPerSecond}. A share of 0 keeps none. What is left out is as it is until told.',
  // The declared type has no index signature, and is JSON all the same.
  initial: predictLogDefaults as unknown as Json,

  check(value) {
    const settings = recordAt(value, 'value', '{"share": number, …}')
    checkKeys(settings, 'value', Object.keys(bounds))
    for (const [name, range] of Object.entries(bounds)) {
      checkNumber(settings[name], `value.${name}`, range, name !== 'share')
    }
  },
}
