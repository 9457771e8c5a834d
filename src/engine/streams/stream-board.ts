import { broken } from '../../error.ts'
import type { StreamView } from '../views/streams.ts'

/** Whoever follows the log and says how far they are: a consumer, or what behaves like one. */
export interface Follower {
  status(): StreamView | Promise<StreamView>
}

/** Where the parts of an engine hang out how far they have followed the log. */
export interface StreamBoard {
  /** Lists a follower from now on, and returns it: opened and listed in one breath. */
  add<One extends Follower>(group: string, follower: One): One
  list(): Promise<readonly StreamView[]>
}

export function streamBoard(): StreamBoard {
  const followers = new Map<string, Follower>()
  return {
    add(group, follower) {
      // Two of a name would write over each other's checkpoint.
      if (followers.has(group)) throw broken(`two consumers call themselves ${group}`)
      followers.set(group, follower)
      return follower
    },
    list: () => Promise.all([...followers.values()].map((follower) => follower.status())),
  }
}
