import type { Timestamp } from '../clock.ts'
import { readTime } from './layout/time-column.ts'
import type { Part } from './plan.ts'
import type { Row } from './table/table.ts'

/** A row and the part it came from. */
export interface PlacedRow {
  readonly part: Part
  readonly row: Row
}

/** Rows held in memory at a time while sorting: some hundred megabytes at the most. */
const rowsPerPass = 1_000_000

/**
 * The rows of event files, oldest first: a log in which time runs backwards would teach the models
 * from the future. Files that are in order are streamed. Others are read once per span of time,
 * each span small enough to be sorted in memory; that costs reading, but neither memory nor disk.
 * Rows without a readable time come first. The order is the same in every run.
 */
export async function* inTimeOrder(
  parts: readonly Part[],
  rowCount = rowsPerPass,
): AsyncGenerator<readonly PlacedRow[]> {
  const byStart = parts.toSorted((a, b) => startOf(a) - startOf(b))
  if (isOneStream(byStart)) {
    for (const part of byStart) yield* inFileOrder(part)
    return
  }
  const cuts = cutTimes(parts, rowCount)
  for (let span = 0; span <= cuts.length; span++) {
    const from = cuts[span - 1] ?? Number.NEGATIVE_INFINITY
    const until = cuts[span] ?? Number.POSITIVE_INFINITY
    yield* sorted(byStart, from, until)
  }
}

/** The rows of a part as they stand in its file. */
export async function* inFileOrder(part: Part): AsyncGenerator<readonly PlacedRow[]> {
  for await (const rows of part.table.rows()) yield rows.map((row) => ({ part, row }))
}

function isOneStream(byStart: readonly Part[]): boolean {
  return byStart.every(({ survey: { times } }, index) => {
    if (times === undefined) return true
    const before = byStart[index - 1]?.survey.times
    return times.isInOrder && (before === undefined || before.last <= times.first)
  })
}

/** Moments that cut all rows into spans of about `rowCount`, by the samples of the surveys. */
function cutTimes(parts: readonly Part[], rowCount: number): readonly Timestamp[] {
  const samples = parts.flatMap(({ survey: { times } }) => {
    return times?.sample.map((at) => ({ at, weight: times.rowsPerSample })) ?? []
  })
  samples.sort((a, b) => a.at - b.at)
  const cuts: Timestamp[] = []
  let inSpan = 0
  for (const { at, weight } of samples) {
    if (inSpan + weight > rowCount && at !== cuts.at(-1)) {
      cuts.push(at)
      inSpan = 0
    }
    inSpan += weight
  }
  return cuts
}

async function* sorted(parts: readonly Part[], from: Timestamp, until: Timestamp) {
  // As texts of their own: cells cut out of a block of lines would keep the whole block alive.
  const held: { at: Timestamp; part: Part; text: string }[] = []
  for (const part of parts) {
    if (!mayHold(part, from, until)) continue
    for await (const rows of part.table.rows()) {
      for (const row of rows) {
        const at = timeOf(part, row)
        if (at >= from && at < until) held.push({ at, part, text: JSON.stringify(row) })
      }
    }
  }
  held.sort((a, b) => (a.at === b.at ? 0 : a.at - b.at))
  for (let start = 0; start < held.length; start += 1000) {
    yield held.slice(start, start + 1000).map(({ part, text }): PlacedRow => {
      // We wrote this text a moment ago, from a row.
      return { part, row: JSON.parse(text) as Row }
    })
  }
}

/** The first span takes the rows without a time, so it looks into every file. */
function mayHold({ survey: { times } }: Part, from: Timestamp, until: Timestamp): boolean {
  if (from === Number.NEGATIVE_INFINITY) return true
  return times !== undefined && times.last >= from && times.first < until
}

function startOf({ survey: { times } }: Part): Timestamp {
  return times?.first ?? Number.NEGATIVE_INFINITY
}

function timeOf({ layout, survey: { times } }: Part, { cells }: Row): Timestamp {
  const place = layout.places.get('at')
  const at = place === undefined || !times ? undefined : readTime(cells[place], times.unit)
  return at ?? Number.NEGATIVE_INFINITY
}
