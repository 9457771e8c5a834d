import { invalid } from '../../error.ts'
import type { Timestamp } from '../../events/clock.ts'
import { runs } from './facts/runs.ts'
import { slots } from './facts/slots.ts'
import type { LakeReader } from './lake-reader.ts'
import type { Part } from './measures/measure.ts'
import { type ScanSetting, statementOf } from './scan/scan.ts'
import { beginOf, stepOf } from './steps.ts'

export interface SourceReportRequest {
  /** 1 to 52, the one under way among them; 8 unless told. */
  readonly weeks?: number
  readonly scene?: string
}

/** Which sources brought what was acted on (F-26). Weeks begin on Monday, UTC; the oldest first. */
export interface SourceReport {
  readonly weeks: readonly SourceWeek[]
}

export interface SourceWeek {
  readonly from: Timestamp
  /** The largest share first. */
  readonly sources: readonly SourceShare[]
  /** The weakest: the one to change. None where there is no choice, or nothing to judge by. */
  readonly weakest?: string
}

export interface SourceShare {
  readonly source: string
  /** Items on pages of the week that it proposed, alone or with others. */
  readonly impressions: number
  /** Of those, acted on in favour where they stood, then or later. */
  readonly successes: number
  /** A success of n sources counts 1/n for each, so that the shares of a week sum to 1. */
  readonly shareOfSuccess: number
  /** Successes per impression. */
  readonly rate: number
}

const weekMs = 7 * 86_400_000
const lastRung = 'last-rung'

const shown: Part = { fact: 'slots', sql: 'count(*)' }
const won: Part = { fact: 'slots', sql: 'count(acted)', joins: ['acted'] }
const wonAlone: Part = {
  fact: 'slots',
  sql: 'coalesce(sum(1 / greatest(len(sources), 1)) FILTER (acted), 0)',
  joins: ['acted'],
}

export async function sourceReportOf(
  { weeks = 8, scene }: SourceReportRequest,
  reader: LakeReader,
  setting: ScanSetting,
): Promise<SourceReport> {
  if (!Number.isInteger(weeks) || weeks < 1 || weeks > 52) {
    throw invalid('weeks', `${weeks} must be a whole number >= 1 and <= 52`)
  }
  const last = stepOf(setting.now, weekMs)
  const first = last - weeks + 1
  const span = { from: beginOf(first, weekMs), to: setting.now + 1, stepMs: weekMs }
  const where = scene === undefined ? [] : [{ dimension: 'scene', in: [scene] }]
  const brought = statementOf(
    { ...span, fact: slots, parts: [shown, won, wonAlone], by: ['source'], where },
    setting,
  )
  const table = byWeek(await reader.query(brought.sql, brought.parameters))
  // A source of whose candidates none was shown has the smallest share of all; one that found no
  // candidates, as pins where nothing is pinned, is none to judge. Nor are those of the last rung,
  // which runs where all else has failed. Runs do not say for which scene they ran.
  if (scene === undefined) {
    const recall = [{ dimension: 'stage', in: ['recall'] }]
    const parts: readonly Part[] = [{ fact: 'runs', sql: 'coalesce(sum(rows), 0)' }]
    const by = ['recipe', 'step']
    const ran = statementOf({ ...span, fact: runs, parts, by, where: recall }, setting)
    for (const [recipe, name, at, candidates] of await reader.query(ran.sql, ran.parameters)) {
      const [week, source] = [Number(at), String(name)]
      const isKnown = table.get(week)?.has(source) ?? false
      if (recipe === lastRung || Number(candidates) === 0 || isKnown) continue
      weekIn(table, week).set(source, [0, 0, 0])
    }
  }
  return {
    weeks: Array.from({ length: weeks }, (_, place) =>
      weekOf(beginOf(first + place, weekMs), table.get(first + place) ?? new Map()),
    ),
  }
}

type Numbers = readonly number[]

function byWeek(rows: Awaited<ReturnType<LakeReader['query']>>) {
  const table = new Map<number, Map<string, Numbers>>()
  for (const [source, week, ...numbers] of rows) {
    // What no source proposed, the last rung found: nobody can change a source for that.
    if (source !== '') weekIn(table, Number(week)).set(String(source), numbers.map(Number))
  }
  return table
}

function weekIn<Value>(table: Map<number, Map<string, Value>>, week: number): Map<string, Value> {
  const known = table.get(week) ?? new Map<string, Value>()
  table.set(week, known)
  return known
}

function weekOf(from: Timestamp, numbers: ReadonlyMap<string, Numbers>): SourceWeek {
  let total = 0
  for (const [, , alone = 0] of numbers.values()) total += alone
  const sources = [...numbers].map(
    ([source, [impressions = 0, successes = 0, alone = 0]]): SourceShare => ({
      ...{ source, impressions, successes },
      shareOfSuccess: total === 0 ? 0 : alone / total,
      rate: impressions === 0 ? 0 : successes / impressions,
    }),
  )
  sources.sort(
    (a, b) =>
      b.shareOfSuccess - a.shareOfSuccess || b.rate - a.rate || (a.source < b.source ? -1 : 1),
  )
  const weakest = total > 0 && sources.length > 1 ? sources.at(-1) : undefined
  return { from, sources, ...(weakest && { weakest: weakest.source }) }
}
