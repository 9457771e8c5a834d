import { item } from './dimensions.ts'
import { type Fact, moment } from './fact.ts'

/** One row per item that may be shown at the end of the span. */
export const catalogue: Fact = {
  name: 'catalogue',
  relation: ({ to }) => `(
    SELECT item, attributes FROM catalogue
    WHERE NOT withdrawn
      AND (available_from IS NULL OR available_from < ${moment(to)})
      AND (available_until IS NULL OR available_until >= ${moment(to)})
  )`,
  dimensions: item,
  timeless: true,
  hasItem: true,
}
