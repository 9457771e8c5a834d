import type { FeedMaker } from '../simulate.ts'
import { hourMs } from '../world/stock.ts'
import { oracleFeed } from './oracle.ts'
import { popularityFeed } from './popularity.ts'
import { randomFeed } from './random.ts'

/** Popularity of a lasting catalogue fades by half in this time; elsewhere as fast as items die. */
const lastingHours = 14 * 24

/** The feeds that a learning one is held against, by name. */
export const ruleFeeds: Readonly<Record<'random' | 'popularity' | 'oracle', FeedMaker>> = {
  random: async ({ clock, random }) => randomFeed({ clock, random }),
  popularity: async ({ clock, world }) => {
    const hours = world.plan.items.lifeHours?.median ?? lastingHours
    return popularityFeed({ clock, halfLifeMs: hours * hourMs })
  },
  oracle: async ({ clock, world }) => oracleFeed({ world, clock }),
}
