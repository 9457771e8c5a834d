import {
  arm,
  calendar,
  delivery,
  item,
  model,
  person,
  place,
  position,
  recipe,
  source,
} from './dimensions.ts'
import { type Fact, type Join, moment, within } from './fact.ts'

/**
 * How much of all that was shown in the span was this item, whatever is asked for: slices are held
 * against the same popularity, so that they can be held against each other.
 */
const popularity: Join = {
  sql: (scope) => `JOIN (
    SELECT item, count(*) / sum(count(*)) OVER () AS share
    FROM slots WHERE ${within('"at"', scope)} GROUP BY item
  ) popular ON popular.item = f.item`,
  columns: 'popular.share AS share',
}

/** Was the item acted on as it stood there? An action says so by the token of its page. */
const acted: Join = {
  sql: (scope) => `LEFT JOIN (
    SELECT DISTINCT request, item, true AS acted FROM actions
    WHERE request IS NOT NULL AND "at" >= ${moment(scope.from)} AND ${scope.success()}
  ) won ON won.request = f.request AND won.item = f.item`,
  columns: 'won.acted AS acted',
}

/** One row per item of a page. */
export const slots: Fact = {
  name: 'slots',
  relation: () => 'slots',
  dimensions: {
    ...place,
    ...source,
    ...arm,
    ...model,
    ...position,
    ...delivery,
    ...recipe,
    ...calendar,
    ...item,
    ...person,
  },
  joins: { popularity, acted },
  hasItem: true,
  hasUser: true,
}
