import { silent } from './deeds.ts'
import { type Fact, moment, within } from './fact.ts'
import { ofPages } from './pages.ts'

/** Deeds and offers this long before the span still speak of its pages. */
const backMs = 86_400_000

/**
 * One row per page of a user who did something in the day before it, with whether the page was made
 * before the last of it: on request a page knows all, from a queue only what the queue knew.
 */
export const knowledge: Fact = {
  name: 'knowledge',
  relation: (scope) => `(
    SELECT p.*, p.delivery <> 'now' AND coalesce(o."offset" < a."offset", true) AS stale
    FROM (SELECT * FROM pages WHERE ${within('"at"', scope)}) p
    ASOF JOIN (
      SELECT "user", "at", "offset" FROM actions WHERE ${before(scope)} AND action NOT IN ${silent}
    ) a ON a."user" = p."user" AND a."offset" < p."offset"
    ASOF LEFT JOIN (
      SELECT "user", scene, channel, "offset" FROM offers WHERE ${before(scope)}
    ) o ON o."user" = p."user" AND o.scene = p.scene AND o.channel = p.channel
      AND o."offset" < p."offset"
    WHERE epoch_ms(p."at") - epoch_ms(a."at") <= ${backMs}
  )`,
  dimensions: ofPages,
  hasUser: true,
}

function before({ from, to }: { readonly from: number; readonly to: number }): string {
  return `"at" >= ${moment(Math.max(0, from - backMs))} AND "at" < ${moment(to)}`
}
