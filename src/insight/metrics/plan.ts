import { invalid } from '../../error.ts'
import type { Timestamp } from '../../events/clock.ts'
import { brief } from '../../events/decode-field.ts'
import type { FactName } from './facts/fact.ts'
import { facts } from './facts/facts.ts'
import type { Measure, Part } from './measures/measure.ts'
import { measures } from './measures/measures.ts'
import type { MetricsFilter, MetricsRequest } from './question.ts'
import { dimensionNames, dimensionOf } from './scan/dimension-of.ts'
import { beginOf, stepOf } from './steps.ts'

/** A question that has been checked: every name in it is one of ours, and the span is whole. */
export interface Plan {
  readonly measures: readonly Measure[]
  readonly by: readonly string[]
  readonly where: readonly MetricsFilter[]
  readonly from: Timestamp
  readonly to: Timestamp
  readonly stepMs?: number
  readonly size: number
}

export const hourMs = 3_600_000

const mostMeasures = 12
const mostDimensions = 3
const mostFilters = 10
const mostValues = 100
const mostSteps = 10_000
const mostSlices = 1_000
const shortestStepMs = 1_000
const longestStepMs = 2_678_400_000

/** The end of the year 9999: what lies beyond has no usual spelling. */
const lastMoment = 253_402_300_800_000

/** Throws `invalid_argument` with what is known, or allowed. */
export function planOf(request: MetricsRequest, now: Timestamp): Plan {
  const { by = [], where = [], size = 50 } = request
  const asked = measuresOf(request.measures)
  atMost('by', by.length, 0, mostDimensions)
  atMost('where', where.length, 0, mostFilters)
  atMost('size', size, 1, mostSlices)
  if (new Set(by).size < by.length) throw invalid('by', 'names a dimension twice')
  for (const { in: values } of where) atMost('where.in', values.length, 1, mostValues)
  for (const measure of asked) {
    for (const name of by) checkDimension('by', measure, name)
    for (const { dimension } of where) checkDimension('where', measure, dimension)
  }
  return { measures: asked, by, where, size, ...spanOf(request, now) }
}

function measuresOf(names: readonly string[]): readonly Measure[] {
  atMost('measures', names.length, 1, mostMeasures)
  return names.map((name) => {
    const measure = measures.get(name)
    if (measure !== undefined) return measure
    const known = [...measures.keys()].join(', ')
    throw invalid('measures', `names ${brief(name)}, which is none; they are ${known}`)
  })
}

function checkDimension(field: string, measure: Measure, name: string): void {
  for (const { fact } of partsOf(measure)) {
    if (facts[fact].timeless && measure.of.fact !== fact) continue
    if (dimensionOf(facts[fact], name) !== undefined) continue
    const known = dimensionNames(facts[fact]).join(', ')
    const what = `${brief(name)}, which ${measure.name} does not have`
    throw invalid(field, `names ${what}; it has ${known}`)
  }
}

export function partsOf({ of, per }: Measure): readonly Part[] {
  return per === undefined ? [of] : [of, per]
}

export function factsOf(asked: readonly Measure[]): readonly FactName[] {
  return [...new Set(asked.flatMap(partsOf).map(({ fact }) => fact))]
}

function spanOf(request: MetricsRequest, now: Timestamp): Pick<Plan, 'from' | 'to' | 'stepMs'> {
  // The span holds all moments before its end: what happens now is in it.
  const to = momentOf('to', request.to ?? now + 1)
  const from = momentOf('from', request.from ?? Math.max(0, to - hourMs))
  if (from >= to) throw invalid('from', 'must be before "to"')
  const { stepMs } = request
  if (stepMs === undefined) return { from, to }
  atMost('stepMs', stepMs, shortestStepMs, longestStepMs)
  const aligned = Math.max(0, beginOf(stepOf(from, stepMs), stepMs))
  if ((to - aligned) / stepMs <= mostSteps) return { from: aligned, to, stepMs }
  const rest = `at most ${mostSteps} are allowed: ask for longer steps or a shorter span`
  throw invalid('stepMs', `makes ${Math.ceil((to - aligned) / stepMs)} steps; ${rest}`)
}

function momentOf(field: string, at: number): Timestamp {
  if (Number.isInteger(at) && at >= 0 && at <= lastMoment) return at
  throw invalid(field, `${at} must be a whole number of ms >= 0 and <= ${lastMoment}`)
}

function atMost(field: string, value: number, least: number, most: number): void {
  if (Number.isInteger(value) && value >= least && value <= most) return
  throw invalid(field, `${value} must be a whole number >= ${least} and <= ${most}`)
}
