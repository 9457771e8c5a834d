import type { Json } from '../events/event.ts'
import { parameters } from './projections/parameters.ts'
import type { State } from './state.ts'

/** Hot parameters in memory, for what every request asks of them. */
export interface ParameterView {
  /** The value in force; `undefined` where the parameter was never set. */
  get(name: string): Json | undefined
}

export async function parameterView(state: Pick<State, 'scan' | 'watch'>): Promise<ParameterView> {
  const values = new Map<string, Json>()
  for await (const [name, { value }] of state.scan(parameters)) values.set(name, value)
  state.watch(parameters, (name, stored) => {
    if (stored === undefined) values.delete(name)
    else values.set(name, stored.value)
  })
  return { get: (name) => values.get(name) }
}
