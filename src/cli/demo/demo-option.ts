import { invalid } from '../../error.ts'
import { demoKinds } from '../../insight/demo/demo-kind.ts'
import type { Call } from '../command.ts'

/** The demo that is made of MovieLens; what `--demo` alone stands for. */
export const moviesDemo = 'movies'

const names: readonly string[] = [moviesDemo, ...demoKinds.keys()]

export const demoNames = names.join(', ')

/** The demo that `--demo` names; undefined where none is asked for. */
export function demoOption(values: Call['values']): string | undefined {
  const told = values['demo']
  if (told === undefined) return undefined
  if (names.includes(String(told))) return String(told)
  throw invalid('demo', `${told} must be one of ${demoNames}`)
}
