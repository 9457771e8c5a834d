import type { ItemId, UserId } from '../../src/events/event.ts'

/** What a child says on its standard output, a line each: what it was promised by the engine. */
export type Line =
  | { readonly said: 'open' }
  | { readonly said: 'put'; readonly item: ItemId }
  | { readonly said: 'withdrawn'; readonly item: ItemId }
  /** A track call was begun: until `tracked` says so, its events may have happened or not. */
  | { readonly said: 'tracking'; readonly batch: number }
  | { readonly said: 'tracked'; readonly user: UserId; readonly ids: readonly string[] }
  | ({ readonly said: 'page' } & ShownPage)
  | { readonly said: 'wrong'; readonly what: string }

/** A page as a device got it. */
export interface ShownPage {
  readonly user: UserId
  readonly scene: string
  readonly batchId: number
  readonly items: readonly ItemId[]
}

export const userNames: readonly UserId[] = ['ann', 'bob', 'cleo', 'dan']

export const pageScenes = ['home', 'stream', 'for-you'] as const

/** The user and the ids of a track call: another process can send the same once more. */
export function trackCall(run: number, batch: number): { user: UserId; ids: readonly string[] } {
  const size = 1 + ((batch * 7) % 4)
  return {
    user: userNames[batch % userNames.length]!,
    ids: Array.from({ length: size }, (_, index) => `${run}.${batch}.${index}`),
  }
}
