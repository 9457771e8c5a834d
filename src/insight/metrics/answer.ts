import { invalid } from '../../error.ts'
import type { FactName } from './facts/fact.ts'
import { facts } from './facts/facts.ts'
import type { LakeReader } from './lake-reader.ts'
import type { Measure, Part } from './measures/measure.ts'
import { factsOf, type Plan, partsOf } from './plan.ts'
import type { MetricsRow } from './question.ts'
import { dimensionOf } from './scan/dimension-of.ts'
import { type Scan, type ScanSetting, statementOf } from './scan/scan.ts'
import { beginOf, stepOf } from './steps.ts'

type Slice = readonly string[]

/** What an answer may hold: a thousand slices, or so many steps of fewer. */
const mostRows = 20_000

/** A share of another fact is not known where slices are put in order: so many are tried. */
const candidatesMax = 10_000

/** The rows of an answer: which slices first, then their values, a pass over each fact. */
export async function rowsFor(
  plan: Plan,
  reader: LakeReader,
  setting: ScanSetting,
): Promise<readonly MetricsRow[]> {
  const { measures, by, stepMs } = plan
  const top = by.length === 0 ? undefined : await largest(plan, reader, setting)
  const slices = top?.slices ?? [[]]
  if (slices.length === 0) return []
  const steps = stepsOf(plan)
  if (slices.length * steps.length > mostRows) {
    const size = `${slices.length} slices of ${steps.length} steps, more than ${mostRows} rows`
    throw invalid('stepMs', `makes ${size}: ask for longer steps, a shorter span or a smaller size`)
  }
  const numbers =
    top !== undefined && stepMs === undefined && factsOf(measures).length === 1
      ? top.numbers
      : await read(plan, measures, reader, setting, {
          ...(stepMs !== undefined && { stepMs }),
          ...(top !== undefined && { only: slices }),
        })
  return slices.flatMap((slice) =>
    steps.map(
      (step): MetricsRow => ({
        ...(step !== undefined && { at: beginOf(step, stepMs!) }),
        slice,
        values: measures.map((measure) => numberOf(measure, numbers, slice, step)),
      }),
    ),
  )
}

function stepsOf({ from, to, stepMs }: Plan): readonly (number | undefined)[] {
  if (stepMs === undefined) return [undefined]
  const first = stepOf(from, stepMs)
  return Array.from({ length: stepOf(to - 1, stepMs) - first + 1 }, (_, place) => first + place)
}

/** The slices that are largest by the first measure over the whole span, in that order. */
async function largest(plan: Plan, reader: LakeReader, setting: ScanSetting) {
  const [first] = plan.measures as readonly [Measure]
  const inOne = first.per === undefined || first.per.fact === first.of.fact
  const top = {
    size: inOne ? plan.size : candidatesMax,
    isShare: inOne && first.per !== undefined,
  }
  // Where there are no steps, what else is asked of the same fact comes along.
  const along = plan.measures.filter((measure) => factsOf([first, measure]).length === 1)
  const asked = plan.stepMs === undefined && inOne ? along : [first]
  const numbers = await read(plan, asked, reader, setting, { top })
  const slices = numbers.slices(first.of.fact)
  if (inOne) return { slices, numbers }
  const sized = slices.map((slice) => ({ slice, value: numberOf(first, numbers, slice) ?? -1 }))
  sized.sort((a, b) => b.value - a.value)
  return { slices: sized.slice(0, plan.size).map(({ slice }) => slice), numbers }
}

/** Values of parts by slice and step. */
interface Numbers {
  part(part: Part, slice: Slice, step: number | undefined): number | null | undefined
  /** Those that a fact was found to have, in the order of the answer. */
  slices(fact: FactName): readonly Slice[]
}

/** Every fact that the measures need is read once, one after the other. */
async function read(
  plan: Plan,
  measures: readonly Measure[],
  reader: LakeReader,
  setting: ScanSetting,
  how: Pick<Scan, 'only' | 'top' | 'stepMs'>,
): Promise<Numbers> {
  const tables = new Map<FactName, Table>()
  for (const name of factsOf(measures)) {
    const parts = measures.flatMap(partsOf).filter(({ fact }) => fact === name)
    tables.set(name, await readFact(plan, name, [...new Set(parts)], reader, setting, how))
  }
  return {
    part: (part, slice, step) => tables.get(part.fact)!.value(part, slice, step),
    slices: (fact) => tables.get(fact)!.slices,
  }
}

interface Table {
  readonly slices: readonly Slice[]
  value(part: Part, slice: Slice, step: number | undefined): number | null | undefined
}

async function readFact(
  { by, where, from, to }: Plan,
  name: FactName,
  parts: readonly Part[],
  reader: LakeReader,
  setting: ScanSetting,
  { only, top, stepMs }: Pick<Scan, 'only' | 'top' | 'stepMs'>,
): Promise<Table> {
  const fact = facts[name]
  const { timeless = false } = fact
  const has = (dimension: string): boolean => dimensionOf(fact, dimension) !== undefined
  const places = by.flatMap((dimension, place) => (has(dimension) ? [place] : []))
  const { sql, parameters } = statementOf(
    {
      ...{ fact, parts, from, to },
      by: places.map((place) => by[place]!),
      where: where.filter(({ dimension }) => has(dimension)),
      ...(stepMs !== undefined && !timeless && { stepMs }),
      ...(only !== undefined && !timeless && { only }),
      ...(top !== undefined && !timeless && { top }),
    },
    setting,
  )
  const slices: Slice[] = []
  const values = new Map<string, readonly (number | null)[]>()
  for (const row of await reader.query(sql, parameters)) {
    const slice = row.slice(0, places.length).map(String)
    const numbers = row.slice(row.length - parts.length) as readonly (number | null)[]
    const step = stepMs === undefined || timeless ? undefined : Number(row[places.length])
    slices.push(slice)
    values.set(keyOf(slice, step), numbers)
  }
  return {
    slices,
    value(part, slice, step) {
      const own = places.map((place) => slice[place]!)
      return values.get(keyOf(own, timeless ? undefined : step))?.[parts.indexOf(part)]
    },
  }
}

function keyOf(slice: Slice, step: number | undefined): string {
  return JSON.stringify([step ?? null, ...slice])
}

function numberOf(measure: Measure, numbers: Numbers, slice: Slice, step?: number): number | null {
  const { of, per, empty = null } = measure
  const value = numbers.part(of, slice, step)
  if (per === undefined) return finite(value) ?? empty
  const whole = numbers.part(per, slice, step) ?? 0
  return whole === 0 ? null : finite((value ?? 0) / whole)
}

/** SQL makes NaN and infinities of some means; JSON has no word for them. */
function finite(value: number | null | undefined): number | null {
  return value !== null && value !== undefined && Number.isFinite(value) ? value : null
}
