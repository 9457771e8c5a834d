import { arm, calendar, item, model, person, place, position, source } from './dimensions.ts'
import type { Dimension, Fact, Join } from './fact.ts'

/** What an action of the page says of the page itself stands with the page. */
const page: Join = { sql: () => 'LEFT JOIN pages p ON p.request = f.request' }

/** What can be said of an action: also by `deeds`, which are actions. */
export const ofActions: Readonly<Record<string, Dimension>> = {
  ...place,
  ...source,
  ...arm,
  ...model,
  ...position,
  ...calendar,
  ...item,
  ...person,
  action: { sql: 'f.action', description: 'What the user did: click, like, play.' },
  delivery: {
    sql: `coalesce(p.delivery, '')`,
    join: 'page',
    description: 'How the page came to be: now, or queued.',
  },
  recipe: {
    sql: `coalesce(p.recipe, '')`,
    join: 'page',
    description: 'The recipe that made the page.',
  },
}

/** One row per thing that a user did. */
export const actions: Fact = {
  name: 'actions',
  relation: () => 'actions',
  dimensions: ofActions,
  joins: { page },
  hasItem: true,
  hasUser: true,
}
