/** Dimensions that several facts have: columns of the same name and meaning. */
import type { Dimension } from './fact.ts'

const text = (column: string, description: string): Dimension => ({
  sql: `coalesce(f."${column}", '')`,
  description,
})

const list = (column: string, description: string): Dimension => ({
  // What is in no list stands in a slice of its own: nothing is lost from the sum.
  sql: `CASE WHEN len(f."${column}") > 0 THEN f."${column}" ELSE [''] END`,
  many: true,
  description,
})

export const place = {
  scene: text('scene', 'The place where a feed is shown.'),
  channel: text('channel', 'The channel of the feed.'),
}

export const person = { user: text('user', 'The user.') }

export const calendar: Readonly<Record<string, Dimension>> = {
  hour: {
    sql: `lpad(CAST(hour(f."at") AS VARCHAR), 2, '0')`,
    description: 'Hour of the day, UTC: 00 to 23.',
  },
  weekday: { sql: `dayname(f."at")`, description: 'Day of the week, UTC: Monday to Sunday.' },
}

export const item = { item: text('item', 'The item.') }

export const arm = {
  arm: list('arms', 'The arm of an experiment; what is in several counts in each.'),
}

export const source = {
  source: list('sources', 'The source that proposed it; what several proposed counts for each.'),
}

export const model = { model: text('model', 'The version of the model that ranked it.') }

export const position = {
  position: {
    sql: `coalesce(CAST(f."position" AS VARCHAR), '')`,
    description: 'The place on the page at which it was served; 0 is the first.',
  },
}

export const delivery = { delivery: text('delivery', 'How the page came to be: now, or queued.') }

export const recipe = { recipe: text('recipe', 'The recipe that made it.') }
