import type { Json } from '../events/event.ts'
import { type ParameterState, parameters } from './projections/parameters.ts'
import type { State } from './state.ts'

/** Hot parameters in memory, for what every request asks of them. */
export interface ParameterView {
  /** The value in force; `undefined` where the parameter was never set. */
  get(name: string): Json | undefined
}

/**
 * A value that an earlier version of the program took may not fit any more: the newest that fits is
 * in force then.
 */
export async function parameterView(
  state: Pick<State, 'scan' | 'watch'>,
  fits: (name: string, value: Json) => boolean = () => true,
): Promise<ParameterView> {
  const values = new Map<string, Json>()
  const put = (name: string, stored: ParameterState | undefined): void => {
    const good = stored && newestGood(stored, (value) => fits(name, value))
    if (good === undefined) values.delete(name)
    else values.set(name, good.value)
  }
  for await (const [name, stored] of state.scan(parameters)) put(name, stored)
  state.watch(parameters, put)
  return { get: (name) => values.get(name) }
}

/** The newest value that fits, and its version; `undefined` where none of those kept does. */
export function newestGood(
  { value, version, before }: ParameterState,
  fits: (value: Json) => boolean,
): { readonly value: Json; readonly version: number } | undefined {
  const all = [value, ...before.map((earlier) => earlier.value)]
  const back = all.findIndex(fits)
  return back < 0 ? undefined : { value: all[back]!, version: version - back }
}
