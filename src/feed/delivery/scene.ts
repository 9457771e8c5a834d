import type { Delivery } from '../../events/event.ts'
import type { Recipe } from '../pipeline/recipe.ts'

/** A named place where a feed is shown, and how its pages come to be. */
export interface Scene {
  readonly name: string
  readonly description: string

  /**
   * 'queued': pages are taken from the user's queue, and the recipe runs when it is short or the
   * user has done something since it was filled. 'now': the recipe runs for every page.
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
