import { arm, calendar, delivery, person, place, recipe } from './dimensions.ts'
import type { Dimension, Fact } from './fact.ts'

/** What can be said of a page as a whole. */
export const ofPages: Readonly<Record<string, Dimension>> = {
  ...place,
  ...arm,
  ...delivery,
  ...recipe,
  ...calendar,
  ...person,
}

/** One row per page. */
export const pages: Fact = {
  name: 'pages',
  relation: () => 'pages',
  dimensions: ofPages,
  hasUser: true,
}
