import { calendar, model, person, recipe } from './dimensions.ts'
import type { Fact } from './fact.ts'

/** One row per stage of a run of a recipe. */
export const runs: Fact = {
  name: 'runs',
  relation: () => 'runs',
  dimensions: {
    ...recipe,
    ...model,
    ...calendar,
    ...person,
    stage: { sql: 'f.stage', description: 'Recall, filter, rank or mix.' },
    step: { sql: 'f.name', description: 'The source, filter, scorer or mixer by its name.' },
  },
  hasUser: true,
}
