import type { UserId } from '../../events/event.ts'
import type { State } from '../state.ts'
import { type Happening, joins, type Projection } from './projection.ts'

/** Which user an anonymous one turned out to be. */
export const aliases: Projection<UserId, UserId | 'drop'> = {
  name: 'aliases',
  version: 1,
  keyBy: 'user',
  changes: ({ event }: Happening) => (joins(event) ? [[event.from, event.into]] : []),
  fold: (_value, change) => change,
  owner: (into) => into,
  encode: (into) => Buffer.from(into),
  decode: (bytes) => Buffer.from(bytes).toString(),
}

/** All aliases in memory: every request and every event asks for one, and they are few. */
export interface AliasView {
  /** The user that `user` is, at the end of the chain; itself where it was never merged. */
  resolve(user: UserId): UserId
}

/** Merges cannot make a circle of more than this: the door refuses one, and a log may be older. */
const chainLengthMax = 32

export async function aliasView(state: State): Promise<AliasView> {
  const into = new Map<UserId, UserId>()
  state.watch(aliases, (from, user) => {
    if (user === undefined) into.delete(from)
    else into.set(from, user)
  })
  for await (const [from, user] of state.scan(aliases)) into.set(from, user)
  return {
    resolve(user) {
      let resolved = user
      for (let step = 0; step < chainLengthMax; step++) {
        const next = into.get(resolved)
        if (next === undefined) break
        resolved = next
      }
      return resolved
    },
  }
}
