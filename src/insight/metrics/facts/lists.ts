import { attributeValues } from './attributes.ts'
import { type Fact, within } from './fact.ts'
import { ofPages } from './pages.ts'

/**
 * One row per page with how its items differ: the share of pairs that are not of one kind, counted
 * by kind instead of by pair. Items of no kind do not count; a page of fewer than two has no value.
 */
export const lists: Fact = {
  name: 'lists',
  relation: (scope) => `(
    SELECT *, total * (total - 1) AS pairs,
      list_sum(list_transform(map_values(kinds), lambda n: n * (n - 1))) AS same
    FROM (
      SELECT any_value(s."at") AS "at", any_value(s."user") AS "user",
        any_value(s.scene) AS scene, any_value(s.channel) AS channel,
        any_value(s.arms) AS arms, any_value(s.delivery) AS delivery,
        any_value(s.recipe) AS recipe, histogram(k.kind) AS kinds, count(k.kind) AS total
      FROM slots s LEFT JOIN (
        SELECT item, ${attributeValues('attributes', scope.kindAttribute, scope)}[1] AS kind
        FROM catalogue
      ) k ON k.item = s.item
      WHERE ${within('s."at"', scope)}
      GROUP BY s.request
    )
  )`,
  dimensions: ofPages,
  hasUser: true,
}
