import type { Clock } from '../../events/clock.ts'
import { defaultSignals, type Signals } from '../../events/signals.ts'
import { lakeReader } from '../../insight/metrics/lake-reader.ts'
import { type Metrics, metricsOver } from '../../insight/metrics/metrics.ts'
import { signalsParameter } from '../../state/projections/parameters.ts'
import type { LakeStream } from '../lake/lake-stream.ts'
import type { Residents } from '../recipes/residents.ts'

export interface MetricsDoorOptions {
  readonly lakeStream: Pick<LakeStream, 'lake' | 'consumer'>
  readonly clock: Clock
  readonly residents: Pick<Residents, 'parameters' | 'attributes'>
}

/** Metrics over the lake of the engine; where it has none, they say so. */
export function metricsDoor({ lakeStream, clock, residents }: MetricsDoorOptions): Metrics {
  const through = () => {
    const isCurrent = (lakeStream.consumer?.status().lag ?? 0) === 0
    return isCurrent ? clock.now() : lakeStream.lake().newest
  }
  return metricsOver({
    reader: lakeReader(lakeStream.lake, through),
    clock,
    // The shape was checked when the parameter was set.
    signals: () => (residents.parameters.get(signalsParameter) ?? defaultSignals) as Signals,
    kindAttribute: residents.attributes.groupBy,
  })
}
