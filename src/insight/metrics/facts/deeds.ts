import { actions, ofActions } from './actions.ts'
import { type Fact, moment, within } from './fact.ts'

/** Actions after which a user is known no better than before. */
export const silent = `('impression', 'rerank')`

/** A user who is gone for longer will be met again, and says nothing of how fast we are. */
const visitMs = 1_800_000

/**
 * One row per deed after which something was made for the user within half an hour: a page, or what
 * waits for them. `waited` is how long after, in ms; where pages are made on request, that holds
 * the user's own pause too. What came first is told by the log: its order is that of the folds, and
 * clocks of clients are not.
 */
export const deeds: Fact = {
  name: 'deeds',
  relation: (scope) => `(
    SELECT * FROM (
      SELECT a.*, greatest(0, epoch_ms(made."at") - epoch_ms(a."at")) AS waited
      FROM (
        SELECT * FROM actions WHERE ${within('"at"', scope)} AND action NOT IN ${silent}
      ) a ASOF JOIN (
        SELECT "user", "at", "offset" FROM offers WHERE "at" >= ${moment(scope.from)}
        UNION ALL
        SELECT "user", "at", "offset" FROM pages
        WHERE "at" >= ${moment(scope.from)} AND delivery = 'now'
      ) made ON made."user" = a."user" AND made."offset" > a."offset"
    ) WHERE waited <= ${visitMs}
  )`,
  dimensions: ofActions,
  ...(actions.joins && { joins: actions.joins }),
  hasItem: true,
  hasUser: true,
}
