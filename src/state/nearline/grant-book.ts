import { keySeparator } from '../projections/projection.ts'
import type { State } from '../state.ts'
import { type Granted, granted } from './granted.ts'

export interface GrantRow extends Granted {
  readonly writer: string
  readonly scene: string
  readonly segment: string
}

/** The counters of all writers in memory: there are as many as algorithms, scenes and segments. */
export interface GrantBook {
  list(): readonly GrantRow[]
}

/** To be opened before the state is folded any further. */
export async function grantBook(state: Pick<State, 'scan' | 'watch'>): Promise<GrantBook> {
  const rows = new Map<string, Granted>()
  for await (const [key, value] of state.scan(granted)) rows.set(key, value)
  state.watch(granted, (key, value) => {
    if (value === undefined) rows.delete(key)
    else rows.set(key, value)
  })
  return {
    list: () =>
      [...rows]
        .sort(([one], [other]) => (one < other ? -1 : 1))
        .map(([key, row]) => {
          const [writer = '', scene = '', segment = ''] = key.split(keySeparator)
          return { writer, scene, segment, ...row }
        }),
  }
}
