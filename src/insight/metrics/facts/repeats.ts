import { item } from './dimensions.ts'
import { type Fact, moment, within } from './fact.ts'
import { ofPages } from './pages.ts'

/** For so long, what was shown is remembered. */
const seenMs = 90 * 86_400_000

/**
 * One row per item of a page that must not repeat, with whether the user had been shown it on such
 * a page within the 90 days before.
 */
export const repeats: Fact = {
  name: 'repeats',
  relation: (scope) => `(
    SELECT *, coalesce(epoch_ms("at") - epoch_ms(before) < ${seenMs}, false) AS again
    FROM (
      SELECT s."at", s."user", s.item, s.scene, s.channel, s.arms, s.delivery, s.recipe,
        lag(s."at") OVER (
          PARTITION BY s."user", s.item ORDER BY s."offset", s."position"
        ) AS before
      FROM slots s SEMI JOIN pages p ON p.request = s.request AND NOT p.repeatable
      WHERE s."at" >= ${moment(Math.max(0, scope.from - seenMs))}
        AND s."at" < ${moment(scope.to)}
        AND s."user" IN (SELECT "user" FROM pages WHERE ${within('"at"', scope)})
    )
  )`,
  dimensions: { ...ofPages, ...item },
  hasItem: true,
  hasUser: true,
}
