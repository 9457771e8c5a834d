import { basename } from 'node:path'
import { invalid, StarlingError } from '../../error.ts'
import type { Clock } from '../clock.ts'
import type { Event } from '../event.ts'
import type { Checkpoint, ImportCounts, ImportState } from './checkpoint.ts'
import type { Kind, Mapping } from './layout/mapping.ts'
import { type Plan, planImport } from './plan.ts'
import { type ImportTimes, rowEvent } from './row-event.ts'
import { inFileOrder, inTimeOrder, type PlacedRow } from './time-order.ts'

export interface ImportOptions {
  /** Files, and folders whose own tables are taken. */
  readonly paths: readonly string[]
  readonly clock: Clock
  /** Takes a batch of at most 1000 events; it must know an event again by its id. */
  readonly sink: (events: readonly Event[]) => Promise<{ accepted: number; duplicates: number }>
  /** Told of the rows set aside; those of an interrupted batch are told again when it goes on. */
  readonly rejects?: (rows: readonly RejectedRow[]) => Promise<void> | void
  readonly mapping?: Mapping
  /** Without one, an interrupted import begins again, and its events turn out as duplicates. */
  readonly checkpoint?: Checkpoint
  readonly onProgress?: (progress: ImportProgress) => void
  readonly signal?: AbortSignal
}

export interface RejectedRow {
  readonly file: string
  readonly line: number
  /** The field at fault, or what broke: the key it is counted by. */
  readonly reason: string
  readonly message: string
  /** The row as the file has it, or its cells as JSON. */
  readonly row: string
}

export interface ImportProgress {
  /** Each file is looked at as a whole, then brought in. */
  readonly phase: 'looking' | 'importing'
  readonly file: string
  /** Rows of all files looked at, or brought in, so far. */
  readonly rowCount: number
  /** All rows of all files, once they have been looked at. */
  readonly totalRowCount?: number
}

export interface ImportSummary extends ImportCounts {
  readonly files: readonly FileSummary[]
  /** Files that could not be read or understood, and why. */
  readonly unread: Plan['unread']
  /** Rows that an earlier, interrupted run had already brought in. */
  readonly resumedAfter: number
}

export interface FileSummary {
  readonly path: string
  readonly kind: Kind
  readonly rowCount: number
  /** What was concluded of the columns, in words. */
  readonly conclusions: readonly string[]
}

const batchSize = 1000

/**
 * Brings files in: items, then users, then events in the order of their times. Bad rows are set
 * aside and good rows kept; running an interrupted import again is harmless, and goes on where it
 * stood if a checkpoint is given. Rejects with `invalid_argument` where no file can be understood,
 * and with `canceled` once the signal aborts.
 */
export async function importFiles(options: ImportOptions): Promise<ImportSummary> {
  const { checkpoint, signal, onProgress } = options
  let looked = 0
  const onRows = (file: string, rowCount: number): void => {
    looked += rowCount
    onProgress?.({ phase: 'looking', file, rowCount: looked })
  }
  try {
    const plan = await planImport({
      paths: options.paths,
      ...(options.mapping && { mapping: options.mapping }),
      ...(signal && { signal }),
      onRows,
    })
    if (plan.parts.length === 0) {
      const reasons = plan.unread.map(({ reason }) => reason).join('; ')
      throw invalid('paths', `hold nothing to import: ${reasons}`)
    }
    const dataset = plan.parts.map(({ identity }) => identity).join('+')
    const known = await checkpoint?.load()
    const start = known?.dataset === dataset ? known : { dataset, batchCount: 0, counts: noCounts }
    const counts = await bringIn(plan, start, options)
    await checkpoint?.clear()
    const files = plan.parts.map(({ table, kind, survey, conclusions }) => {
      return { path: table.path, kind, rowCount: survey.rowCount, conclusions }
    })
    return { files, unread: plan.unread, resumedAfter: start.counts.rowCount, ...counts }
  } catch (error) {
    if (signal?.aborted !== true || error instanceof StarlingError) throw error
    const message = 'the import was interrupted; run it again and it goes on'
    throw new StarlingError('canceled', message, { cause: error })
  }
}

const noCounts: ImportCounts = {
  rowCount: 0,
  accepted: { items: 0, users: 0, events: 0 },
  duplicates: 0,
  rejected: {},
}

async function bringIn(plan: Plan, start: ImportState, options: ImportOptions) {
  const times = importTimes(plan, options.clock)
  const totalRowCount = plan.parts.reduce((sum, { survey }) => sum + survey.rowCount, 0)
  let { batchCount, counts } = start
  let skipCount = batchCount
  for await (const rows of batchesOf(plan)) {
    if (skipCount-- > 0) continue
    options.signal?.throwIfAborted()
    counts = await sendBatch(rows, times, counts, options)
    batchCount++
    await options.checkpoint?.save({ dataset: start.dataset, batchCount, counts })
    const file = rows[0]!.part.table.path
    const { rowCount } = counts
    options.onProgress?.({ phase: 'importing', file, rowCount, totalRowCount })
  }
  return counts
}

function importTimes({ parts }: Plan, clock: Clock): ImportTimes {
  const now = clock.now()
  const firsts = parts.map(({ survey: { times } }) => times?.first ?? now)
  return { now, known: Math.min(now, ...firsts) }
}

/** Batches of one kind each, the same in every run: a checkpoint counts them. */
async function* batchesOf({ parts }: Plan): AsyncGenerator<readonly PlacedRow[]> {
  const events = parts.filter(({ kind }) => kind === 'events')
  for (const part of parts) if (part.kind !== 'events') yield* rebatched(inFileOrder(part))
  yield* rebatched(inTimeOrder(events))
}

async function* rebatched(source: AsyncIterable<readonly PlacedRow[]>) {
  let batch: PlacedRow[] = []
  for await (const rows of source) {
    for (const row of rows) {
      batch.push(row)
      if (batch.length < batchSize) continue
      yield batch
      batch = []
    }
  }
  if (batch.length > 0) yield batch
}

async function sendBatch(
  rows: readonly PlacedRow[],
  times: ImportTimes,
  before: ImportCounts,
  { sink, rejects }: ImportOptions,
): Promise<ImportCounts> {
  const events: Event[] = []
  const refused: RejectedRow[] = []
  for (const placed of rows) {
    const event = eventOrReason(placed, times)
    if ('reason' in event) refused.push(event)
    else events.push(event)
  }
  if (refused.length > 0) await rejects?.(refused)
  const taken = events.length > 0 ? await sink(events) : { accepted: 0, duplicates: 0 }
  const rejected = { ...before.rejected }
  for (const { reason } of refused) rejected[reason] = (rejected[reason] ?? 0) + 1
  const { kind } = rows[0]!.part
  return {
    rowCount: before.rowCount + rows.length,
    accepted: { ...before.accepted, [kind]: before.accepted[kind] + taken.accepted },
    duplicates: before.duplicates + taken.duplicates,
    rejected,
  }
}

function eventOrReason(placed: PlacedRow, times: ImportTimes): Event | RejectedRow {
  const { part, row } = placed
  const place = { file: basename(part.table.path), line: row.line }
  if (row.fault !== undefined) {
    const { reason, message, text } = row.fault
    return { ...place, reason, message, row: text }
  }
  try {
    return rowEvent(placed, times)
  } catch (error) {
    if (!(error instanceof StarlingError)) throw error
    // Counted by field: which tag of a list was at fault would split the count.
    const reason = (error.field ?? 'unknown').replace(/\[\d+\]/g, '')
    const text = JSON.stringify(row.cells).slice(0, 2000)
    return { ...place, reason, message: error.message, row: text }
  }
}
