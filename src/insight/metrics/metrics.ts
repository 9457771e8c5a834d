import type { Clock } from '../../events/clock.ts'
import type { Signals } from '../../events/signals.ts'
import { rowsFor } from './answer.ts'
import { facts } from './facts/facts.ts'
import type { LakeReader } from './lake-reader.ts'
import { measures } from './measures/measures.ts'
import { factsOf, planOf } from './plan.ts'
import type { MetricsAnswer, MetricsRequest, MetricsView } from './question.ts'
import { recentAnswers } from './recent-answers.ts'
import { dimensionNames } from './scan/dimension-of.ts'
import { type SourceReport, type SourceReportRequest, sourceReportOf } from './source-report.ts'

/** Numbers of what happened, by whatever they are asked for: SQL over the lake, made as asked. */
export interface Metrics {
  describeMetrics(): Promise<MetricsView>
  queryMetrics(request: MetricsRequest): Promise<MetricsAnswer>
  /** Which sources brought what was acted on, week by week (F-26). */
  sourceReport(request: SourceReportRequest): Promise<SourceReport>
}

export interface MetricsOptions {
  readonly reader: LakeReader
  readonly clock: Clock
  /** What counts as a success, as it is now. */
  readonly signals: () => Signals
  /** The attribute whose first tag says what kind of item it is: diversity is told by it. */
  readonly kindAttribute: string
}

/** Charts ask again every few seconds: this much older an answer may be. */
const freshMs = 1_000

/** Attributes come and go more slowly. */
const namesFreshMs = 60_000

export function metricsOver({ reader, clock, signals, kindAttribute }: MetricsOptions): Metrics {
  const answers = recentAnswers<MetricsAnswer>(clock, freshMs)
  const reports = recentAnswers<SourceReport>(clock, freshMs)
  const views = recentAnswers<MetricsView>(clock, namesFreshMs)
  const setting = () => ({ now: clock.now(), signals: signals(), kindAttribute })

  return {
    describeMetrics: () => views.of('view', () => describe(reader)),

    async queryMetrics(request) {
      // Judged before it is looked up: a question that is refused costs nothing.
      const plan = planOf(request, clock.now())
      return answers.of(request, async () => {
        const through = reader.through()
        const rows = await rowsFor(plan, reader, setting())
        const { from, to } = plan
        return { from, to, rows, ...(through !== undefined && { through }) }
      })
    },

    sourceReport: (request) =>
      reports.of(request, () => sourceReportOf(request, reader, setting())),
  }
}

async function describe(reader: LakeReader): Promise<MetricsView> {
  const dimensions = new Map<string, string>()
  for (const fact of Object.values(facts)) {
    for (const [name, { description }] of Object.entries(fact.dimensions)) {
      if (!dimensions.has(name)) dimensions.set(name, description)
    }
  }
  for (const of of ['item', 'user'] as const) {
    for (const name of await attributesOf(of, reader)) {
      dimensions.set(`${of}.${name}`, `The attribute ${name} of the ${of}.`)
    }
  }
  return {
    measures: [...measures.values()].map((measure) => ({
      ...{ name: measure.name, unit: measure.unit, description: measure.description },
      dimensions: dimensionNames(facts[factsOf([measure])[0]!]),
    })),
    dimensions: [...dimensions].map(([name, description]) => ({ name, description })),
  }
}

const attributesMax = 200

async function attributesOf(of: 'item' | 'user', reader: LakeReader): Promise<readonly string[]> {
  const table = of === 'item' ? 'catalogue' : 'users'
  const names = `SELECT DISTINCT unnest(json_keys(attributes)) AS name FROM ${table}`
  const rows = await reader.query(`${names} ORDER BY name LIMIT ${attributesMax}`, [])
  return rows.map(([name]) => String(name))
}
