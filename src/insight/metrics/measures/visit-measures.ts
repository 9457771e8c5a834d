import type { Measure } from './measure.ts'
import { rowsOf } from './part.ts'

/** Retained over new users (N-84), among those whose time to come back is over. */
const retention = (['day', 'week', 'month'] as const).map(
  (spell): Measure => ({
    ...{ name: `retention_${spell}`, unit: 'share' },
    description: `New users who came back in the ${spell} after that of their first visit.`,
    of: { fact: 'comers', sql: `count(*) FILTER (${spell}_back AND ${spell}_over)` },
    per: { fact: 'comers', sql: `count(*) FILTER (${spell}_over)` },
  }),
)

/** Numbers of who comes, and who comes back. */
export const visitMeasures: readonly Measure[] = [
  {
    ...{ name: 'new_users', unit: 'count', empty: 0 },
    description: 'Users who were seen for the first time.',
    of: rowsOf('comers'),
  },
  ...retention,
]
