import { seededRandom } from '../../src/kernel/random.ts'
import { bootstrapInterval, pairedBootstrap } from '../../src/models/evaluation/bootstrap.ts'
import type { Training } from './contender.ts'
import { type Metric, metrics, perUser } from './metric.ts'
import type { Verdict } from './verdict.ts'

/** One cell of the table, as machines read it. */
export interface ResultRow {
  readonly set: string
  readonly protocol: string
  readonly model: string
  readonly metric: string
  readonly value: number
  /** The 95 % interval over users; null where the value is one of the whole, not of users. */
  readonly low: number | null
  readonly high: number | null
  readonly trainSeconds: number
  readonly peakBytes: number
}

/** A row of the table: what a model made of all trials. */
export interface Entrant {
  readonly model: string
  readonly training: Training
  readonly verdicts: readonly Verdict[]
}

/** Some of the trials, looked at by themselves. */
export interface Segment {
  readonly name: string
  holds(verdict: Verdict): boolean
}

export type Cell = Pick<ResultRow, 'model' | 'metric' | 'value' | 'low' | 'high'>

/** The accuracy of every entrant in a segment; none where it holds no trial. */
export function accuracy(entrants: readonly Entrant[], segment: Segment): readonly Cell[] {
  return entrants.flatMap(({ model, verdicts }) => {
    const held = verdicts.filter((verdict) => segment.holds(verdict))
    if (held.length === 0) return []
    return Object.values(metrics).map((metric): Cell => {
      const { mean, low, high } = bootstrapInterval(perUser(held, metric), draws())
      return { model, metric: named(metric, segment), value: mean, low, high }
    })
  })
}

/** How far each entrant is above another, user by user. */
export function margins(entrants: readonly Entrant[], above: Entrant, metric: Metric) {
  const base = perUser(above.verdicts, metric)
  return entrants.map(({ model, verdicts }): Cell => {
    const { mean, low, high } = pairedBootstrap(perUser(verdicts, metric), base, draws())
    return { model, metric: `${metric.name} above ${above.model}`, value: mean, low, high }
  })
}

export function named(metric: Metric, { name }: Segment): string {
  return name === '' ? metric.name : `${metric.name}, ${name}`
}

/** The same draws for every row, so that rows differ by what they are. */
function draws() {
  return { random: seededRandom('bootstrap') }
}
