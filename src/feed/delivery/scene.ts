import type { Delivery } from '../../events/event.ts'
import type { Recipe } from '../pipeline/recipe.ts'

/** A named place where a feed is shown, and how its pages come to be. */
export interface Scene {
  readonly name: string
  readonly description: string

  /**
   * 'queued': pages are taken from the user's queue, and the recipe runs when it is short or the
   * user has done something since it was filled. 'nearline': pages are taken from the queue, which
   * somebody who follows the log keeps full and up to date; the recipe runs where it is short all
   * the same. 'now': the recipe runs for every page.
   */
  readonly delivery: Delivery
  readonly recipe: Recipe

  /** Stands beside something (similar items): may repeat what was seen, and hides nothing. */
  readonly repeatable: boolean

  /** What waits in a queued scene stays good whatever the user does; else one deed ends it. */
  readonly toleratesDeeds: boolean

  /** How long an entry may wait. */
  readonly waitMs: number
}

/** Entries beyond the pages: what another device takes meanwhile. */
const spareCount = 20

/** Pages that a scene with a queue offers at a time, that which is shown among them. */
const pagesAhead = 4

/**
 * What is offered beside a page of this size. A scene without a queue offers what the page needs,
 * and a few for what another device takes. In others a few pages wait: the first deed makes all of
 * them out of date, and writing more of them would cost as much as ranking does. What is prepared
 * outlives deeds, and all of it waits.
 */
export function offeredLength({ delivery }: Scene, size: number): number {
  if (delivery === 'nearline') return Number.POSITIVE_INFINITY
  return delivery === 'now' ? size + spareCount : size * pagesAhead + spareCount
}
