import { calendar, person, place } from './dimensions.ts'
import type { Fact } from './fact.ts'

/** One row per time that entries were put into a user's queue. */
export const offers: Fact = {
  name: 'offers',
  relation: () => 'offers',
  dimensions: {
    ...place,
    ...calendar,
    ...person,
    writer: { sql: `coalesce(f.writer, '')`, description: 'Whoever put entries into the queue.' },
  },
  hasUser: true,
}
