import { actionMeasures } from './action-measures.ts'
import type { Measure } from './measure.ts'
import { pageMeasures } from './page-measures.ts'
import { runMeasures } from './run-measures.ts'
import { visitMeasures } from './visit-measures.ts'

/** All that can be measured, by name, in the order in which it is told. */
export const measures: ReadonlyMap<string, Measure> = new Map(
  [...actionMeasures, ...pageMeasures, ...visitMeasures, ...runMeasures].map(
    (measure) => [measure.name, measure] as const,
  ),
)
