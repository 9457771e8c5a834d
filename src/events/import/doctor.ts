import { basename } from 'node:path'
import { StarlingError } from '../../error.ts'
import type { Clock, Timestamp } from '../clock.ts'
import type { Event } from '../event.ts'
import type { Check, CheckFactory, Finding, SeenRow } from './checks/check.ts'
import { columns } from './checks/columns.ts'
import { concentration } from './checks/concentration.ts'
import { duplicates } from './checks/duplicates.ts'
import { ids } from './checks/ids.ts'
import { joins } from './checks/joins.ts'
import { positives } from './checks/positives.ts'
import { refusals } from './checks/refusals.ts'
import { emptyFile, headerMissing, looksLikeData, shape } from './checks/shape.ts'
import { times } from './checks/times.ts'
import { volume } from './checks/volume.ts'
import { bySeverity, type Diagnosis, type Facts } from './diagnosis.ts'
import type { Mapping } from './layout/mapping.ts'
import { type Plan, planImport } from './plan.ts'
import { rowEvent } from './row-event.ts'
import { openTable } from './table/open-table.ts'
import { inFileOrder, type PlacedRow } from './time-order.ts'

export interface ExamineOptions {
  readonly clock: Clock
  readonly mapping?: Mapping
  readonly signal?: AbortSignal
}

const checks: readonly CheckFactory[] = [
  ...[shape, columns, ids, joins, times, duplicates],
  ...[concentration, positives, volume, refusals],
]

/**
 * Reads files as an import would and says what is wrong with them; changes nothing. Memory grows
 * with the number of different events by about 25 bytes each, not with their size. Rejects with
 * `invalid_argument` where a path does not exist or the mapping names a column that no file has.
 */
export async function examine(
  paths: readonly string[],
  { clock, mapping, signal }: ExamineOptions,
): Promise<Diagnosis> {
  const plan = await planImport({ paths, ...(mapping && { mapping }), ...(signal && { signal }) })
  const now = clock.now()
  const running = checks.map((check) => check(plan, now))
  const facts = factCounter(plan)
  for (const part of plan.parts) {
    for await (const rows of inFileOrder(part)) {
      signal?.throwIfAborted()
      for (const placed of rows) see(decoded(placed, now), running, facts)
    }
  }
  const unread: Finding[] = []
  for (const { path, reason } of plan.unread) unread.push(await unreadFinding(path, reason))
  const findings = [...unread, ...running.flatMap((check) => check.findings())]
  return { findings: findings.sort(bySeverity), facts: facts.conclude() }
}

function see(seen: SeenRow, running: readonly Check[], facts: FactCounter): void {
  for (const check of running) check.see(seen)
  if (seen.event !== undefined) facts.see(seen.event)
}

function decoded(placed: PlacedRow, now: Timestamp): SeenRow {
  if (placed.row.fault !== undefined) return placed
  try {
    return { ...placed, event: rowEvent(placed, { now, known: now }) }
  } catch (error) {
    if (!(error instanceof StarlingError)) throw error
    return { ...placed, refusal: error }
  }
}

async function unreadFinding(path: string, reason: string): Promise<Finding> {
  const file = basename(path)
  const table = await openTable(path).catch(() => undefined)
  if (table?.columns.length === 0) return emptyFile(file)
  if (table !== undefined && looksLikeData(table.columns)) return headerMissing(file)
  const code = table === undefined ? 'unreadable' : 'not-understood'
  return { severity: 'error', code, message: reason, file, lines: [], count: 0 }
}

type FactCounter = ReturnType<typeof factCounter>

function factCounter({ parts }: Plan) {
  const counts = { item: 0, user: 0 }
  const actions: Record<string, number> = {}
  let first = Number.POSITIVE_INFINITY
  let last = Number.NEGATIVE_INFINITY
  return {
    see(event: Event): void {
      if (event.type === 'item' || event.type === 'user') counts[event.type]++
      if (event.type !== 'action') return
      actions[event.action] = (actions[event.action] ?? 0) + 1
      first = Math.min(first, event.at)
      last = Math.max(last, event.at)
    },
    conclude(): Facts {
      const files = parts.map(({ table, kind, survey, conclusions }) => {
        return { path: table.path, kind, rowCount: survey.rowCount, conclusions }
      })
      const span = last >= first && {
        firstEvent: new Date(first).toISOString(),
        lastEvent: new Date(last).toISOString(),
      }
      return { files, itemCount: counts.item, userCount: counts.user, actions, ...span }
    },
  }
}
