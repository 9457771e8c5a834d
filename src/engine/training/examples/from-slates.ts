import { StarlingError } from '../../../error.ts'
import type { Action, Json } from '../../../events/event.ts'
import type { DeclaredColumn, DeclaredSet } from '../../../state/features/declared/declaration.ts'
import type { RawColumn } from '../../../state/features/declared/rows.ts'
import { countOf } from '../../../state/features/declared/sources/source.ts'
import { reserveRows } from './example-bytes.ts'
import { type ExampleTable, exampleTable } from './example-table.ts'
import type { ExampleOptions, LoggedSource } from './examples.ts'

/** Pages that one question brings: the answer passes through the thread that answers feeds. */
const pagesPerQuestion = 200
const slotsPerPageMax = 200

/** After all there is. */
const latest = Number.MAX_SAFE_INTEGER
/** Of so many parts a share of the pages is taken. */
const parts = 1_000_000

/**
 * Examples from what was logged as used: the places of served pages whose run left its inputs, with
 * what was done on them; of more than are wanted an even sample of whole pages. What is taken to be
 * looked at is what `from-log` takes.
 */
export async function examplesFromSlates(
  options: ExampleOptions,
  source: LoggedSource,
): Promise<ExampleTable> {
  const { set, rowCountMax, signal, onProgress = () => undefined } = options
  const { lake, since = 0, until = latest, through = latest } = source
  const table = exampleTable(set)
  const share = await shareOf(options, source)
  let after: readonly [at: number, request: string] = [since, '']
  for (;;) {
    signal?.throwIfAborted()
    const { columns, rows, truncated } = await lake.query({
      sql: question,
      values: [...after, set.name, pagesPerQuestion, until, through, Math.ceil(share * parts)],
      rowsMax: pagesPerQuestion * slotsPerPageMax,
      timeoutMs: 60_000,
      ...(signal && { signal }),
    })
    if (truncated) throw new StarlingError('resource_exhausted', 'pages of too many slots')
    const found = rows.map((row) => slotOf(columns, row))
    for (const page of pagesIn(found)) {
      after = [page[0]!.at, page[0]!.request]
      if (table.rowCount + page.length > rowCountMax) return table
      addPage(table, set, page)
    }
    reserveRows(options, table.rowCount)
    onProgress(Math.min(1, table.rowCount / rowCountMax))
    if (found.length === 0) return table
  }
}

/** Whole pages after the last one, with what was done at each place in the order of the log. */
const question = `
  WITH told AS (SELECT DISTINCT run FROM inputs WHERE "set" = $3),
  chosen AS (
    SELECT "at", request FROM (SELECT DISTINCT s."at", s.request FROM slots s JOIN told USING (run))
    WHERE (epoch_ms("at"), request) > ($1, $2) AND epoch_ms("at") <= $5
      AND hash(request) % ${parts} < $7
    ORDER BY 1, 2 LIMIT $4),
  done AS (
    SELECT request, "position",
      list({'action': action, 'value': value} ORDER BY "offset") AS deeds
    FROM actions WHERE request IN (SELECT request FROM chosen) AND "position" IS NOT NULL
      AND "offset" < $6
    GROUP BY ALL)
  SELECT epoch_ms(s."at") AS "at", s.request, s.user, s."position",
    any_value(own.columns) AS own, any_value(shared.columns) AS shared,
    to_json(any_value(done.deeds)) AS deeds
  FROM slots s JOIN chosen USING (request)
  JOIN inputs own ON own.run = s.run AND own.item = s.item AND own."set" = $3
  JOIN inputs shared ON shared.run = s.run AND shared.item IS NULL AND shared."set" = $3
  LEFT JOIN done ON done.request = s.request AND done."position" = s."position"
  GROUP BY s."at", s.request, s.user, s."position"
  ORDER BY 1, 2, 4`

/** How many of the pages are taken, where all of them would be more rows than are wanted. */
async function shareOf(
  { set, rowCountMax, signal }: ExampleOptions,
  { lake, since = 0, until = latest }: LoggedSource,
): Promise<number> {
  const { rows } = await lake.query({
    sql: count,
    values: [since, until, set.name],
    timeoutMs: 60_000,
    ...(signal && { signal }),
  })
  const total = Number(rows[0]?.[0] ?? 0)
  return Math.min(1, rowCountMax / Math.max(1, total))
}

const count = `
  SELECT count(*) FROM slots s
  WHERE run IN (SELECT run FROM inputs WHERE "set" = $3) AND epoch_ms(s."at") BETWEEN $1 AND $2`

interface Slot {
  readonly at: number
  readonly request: string
  readonly user: string
  readonly told: Readonly<Record<string, readonly (number | string | null)[]>>
  readonly deeds: readonly { readonly action: Action; readonly value: number | null }[]
}

function slotOf(columns: readonly { readonly name: string }[], row: readonly Json[]): Slot {
  const cell = (name: string): Json => row[columns.findIndex((each) => each.name === name)]!
  const json = (name: string): unknown => {
    const value = cell(name)
    return typeof value === 'string' ? JSON.parse(value) : value
  }
  return {
    at: Number(cell('at')),
    request: String(cell('request')),
    user: String(cell('user')),
    // Written by `inputRows`, and by the question above.
    told: { ...(json('shared') as Slot['told']), ...(json('own') as Slot['told']) },
    deeds: (json('deeds') ?? []) as Slot['deeds'],
  }
}

function pagesIn(slots: readonly Slot[]): readonly (readonly Slot[])[] {
  const pages = new Map<string, Slot[]>()
  for (const slot of slots) {
    const page = pages.get(slot.request)
    if (page === undefined) pages.set(slot.request, [slot])
    else page.push(slot)
  }
  return [...pages.values()]
}

function addPage(table: ExampleTable, set: DeclaredSet, page: readonly Slot[]): void {
  const { at, user } = page[0]!
  const columns = new Map(set.columns.map((column) => [column.name, columnOf(column, page)]))
  const start = table.append({ rowCount: page.length, columns }, { at, user })
  const last = page.findLastIndex(({ deeds }) => deeds.length > 0)
  const isViewed = page.some(({ deeds }) => deeds.some(({ action }) => action === 'impression'))
  for (const [place, { deeds }] of page.entries()) {
    table.keep(start + place, isViewed ? deeds.length > 0 : place <= last)
    for (const { action, value } of deeds) table.see(start + place, action, value ?? undefined)
  }
}

/** A column that an older version of the set did not have yet is absent. */
export function columnOf(
  { name, source, as }: DeclaredColumn,
  page: readonly Pick<Slot, 'told'>[],
): RawColumn {
  const count = countOf(source)
  const cells = page.flatMap(({ told }) =>
    Array.from({ length: count }, (_, place) => told[name]?.[place] ?? null),
  )
  if (as.form === 'number' || as.form === 'buckets')
    return Float64Array.from(cells, (cell) => (typeof cell === 'number' ? cell : Number.NaN))
  return cells.map((cell) => (cell === null ? '' : String(cell)))
}
