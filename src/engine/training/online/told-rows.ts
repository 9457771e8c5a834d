import type { Timestamp } from '../../../events/clock.ts'
import type { ItemId, RequestId } from '../../../events/event.ts'
import type { Lake } from '../../../lake/lake.ts'
import type { Logged } from './kept-rankers.ts'

/** Rows whose features are wanted, as they were when a run ranked them. */
export interface Wanted {
  /** The declared set whose columns are wanted; the engine's own features where undefined. */
  readonly set: string | undefined
  readonly rows: readonly WantedRow[]
}

export interface WantedRow {
  readonly run: RequestId
  readonly item: ItemId
  /** When the page was served that it stood on. */
  readonly at: Timestamp
}

/**
 * What was logged of a row: columns to values as JSON texts, which whoever learns takes apart, in a
 * thread of its own.
 */
export interface Told {
  readonly run: RequestId
  readonly item: ItemId
  readonly own: string
  /** What holds for all rows of the run, where it is told apart. */
  readonly shared?: string
}

/** Of a page that waited longer than this its features are not looked for. */
const waitedMostMs = 86_400_000

/** Runs are spoken of in JSON, so that one question serves any number of them. */
const wanted = `
  WITH wanted AS (SELECT DISTINCT value->>'$[0]' AS run, value->>'$[1]' AS item FROM json_each($1))`

const ownFeatures = `${wanted}
  SELECT s.run, s.item, to_json(any_value(s.features))::VARCHAR AS own
  FROM slates s JOIN wanted USING (run, item)
  WHERE s."at" >= make_timestamp_ms($2) AND s.features IS NOT NULL
  GROUP BY s.run, s.item`

const columnsOfSet = `${wanted}
  SELECT own.run, own.item, any_value(own.columns)::VARCHAR AS own,
    any_value(shared.columns)::VARCHAR AS shared
  FROM inputs own JOIN wanted ON own.run = wanted.run AND own.item = wanted.item
  JOIN inputs shared ON shared.run = own.run AND shared.item IS NULL AND shared."set" = $3
  WHERE own."set" = $3 AND own."at" >= make_timestamp_ms($2)
    AND shared."at" >= make_timestamp_ms($2)
  GROUP BY own.run, own.item`

/** Those of the rows that the lake knows, in no order. */
export async function toldRows(
  lake: Pick<Lake, 'query'>,
  { set, rows }: Wanted,
): Promise<readonly Told[]> {
  if (rows.length === 0) return []
  const first = rows.reduce((least, { at }) => Math.min(least, at), Number.POSITIVE_INFINITY)
  const answer = await lake.query({
    sql: set === undefined ? ownFeatures : columnsOfSet,
    values: [
      JSON.stringify(rows.map(({ run, item }) => [run, item])),
      Math.max(0, first - waitedMostMs),
      ...(set === undefined ? [] : [set]),
    ],
    rowsMax: rows.length,
    timeoutMs: 60_000,
  })
  return answer.rows.map(([run, item, own, shared]) => ({
    ...{ run: String(run), item: String(item), own: String(own) },
    ...(shared !== undefined && shared !== null && { shared: String(shared) }),
  }))
}

/** Undefined where nothing was logged, or what was is no JSON: infinite numbers are none. */
export function loggedOf(told: Told | undefined): Logged | undefined {
  if (told === undefined) return undefined
  try {
    const own = JSON.parse(told.own) as Record<string, unknown>
    if (told.shared !== undefined) {
      // Written by `inputRows`.
      return { ...(JSON.parse(told.shared) as Logged), ...(own as Logged) }
    }
    return Object.fromEntries(
      Object.entries(own).map(([name, value]) => [name, [value as number | null]]),
    )
  } catch {
    return undefined
  }
}
