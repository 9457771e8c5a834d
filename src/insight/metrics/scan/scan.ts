import type { Timestamp } from '../../../events/clock.ts'
import type { Signals } from '../../../events/signals.ts'
import { type Fact, type Join, type Scope, within } from '../facts/fact.ts'
import type { Parameter } from '../lake-reader.ts'
import type { Part } from '../measures/measure.ts'
import { isOneOf } from '../measures/part.ts'
import type { MetricsFilter } from '../question.ts'
import { stepSql } from '../steps.ts'
import { successOf } from '../success.ts'
import { dimensionOf, type Resolved } from './dimension-of.ts'

/** One pass over one fact: several aggregates, grouped by slices and steps. */
export interface Scan {
  readonly fact: Fact
  readonly parts: readonly Part[]
  /** Those that the fact has. */
  readonly by: readonly string[]
  readonly where: readonly MetricsFilter[]
  readonly from: Timestamp
  readonly to: Timestamp
  readonly stepMs?: number
  /** Only these slices. */
  readonly only?: readonly (readonly string[])[]
  /** At most so many slices, the largest first by the first part, per the second where told. */
  readonly top?: { readonly size: number; readonly isShare: boolean }
}

/** What every scan may depend on besides what was asked. */
export interface ScanSetting {
  readonly now: Timestamp
  readonly signals: Signals
  readonly kindAttribute: string
}

export interface Statement {
  readonly sql: string
  readonly parameters: readonly Parameter[]
}

/** Columns of the answer: the slice, the step where steps are asked for, a value for each part. */
export function statementOf(scan: Scan, setting: ScanSetting): Statement {
  const parameters: Parameter[] = []
  const bind = (value: Parameter): string => `$${parameters.push(value)}`
  const scope: Scope = {
    ...{ from: scan.from, to: scan.to, now: setting.now, bind },
    kindAttribute: setting.kindAttribute,
    success: () => successOf(setting.signals, { bind }),
  }
  const { stepMs, by, parts } = scan
  const slices = by.map((_name, place) => `slice${place}`)
  const groups = [...slices, ...(stepMs === undefined ? [] : ['step'])]
  const values = parts.map(({ sql }, place) => `CAST(${sql} AS DOUBLE) AS value${place}`)
  const sql = [
    `SELECT ${[...groups, ...values].join(', ')}`,
    `FROM ${spread(scan, rowsOf(scan, scope))}`,
    onlyOf(scan, slices, bind),
    groups.length === 0 ? '' : `GROUP BY ${groups.join(', ')}`,
    topOf(scan, slices),
  ]
  return { sql: sql.filter(Boolean).join('\n'), parameters }
}

/** The rows of the fact that fit, with their slices and step; lists are not yet spread. */
function rowsOf(scan: Scan, scope: Scope): string {
  const { fact, stepMs } = scan
  const joins = new Map<string, Join>()
  const resolved = (name: string, alias: string): Resolved => {
    const dimension = dimensionOf(fact, name, alias)!
    if (dimension.clause) joins.set(dimension.clause.name, dimension.clause.join)
    return dimension
  }
  const slices = scan.by.map(
    (name, place) => `${resolved(name, `by${place}`).sql} AS slice${place}`,
  )
  const filters = scan.where.map(({ dimension, in: values }, place) => {
    const { sql, many } = resolved(dimension, `if${place}`)
    const list = values.map(scope.bind).join(', ')
    return many ? `list_has_any(${sql}, [${list}])` : `${sql} IN (${list})`
  })
  for (const name of scan.parts.flatMap(({ joins: asked = [] }) => asked)) {
    joins.set(name, fact.joins![name]!)
  }
  const all = [...joins.values()]
  const columns = ['f.*', ...all.flatMap(({ columns: added }) => added ?? []), ...slices]
  if (stepMs !== undefined) columns.push(`${stepSql(stepMs)} AS step`)
  const conditions = [...(fact.timeless ? [] : [within('f."at"', scan)]), ...actionsOf(scan)]
  return `(
    SELECT ${columns.join(', ')}
    FROM ${fact.relation(scope)} f
    ${all.map((join) => join.sql(scope)).join('\n    ')}
    WHERE ${['true', ...conditions, ...filters].join(' AND ')}
  )`
}

/** Where every part looks at some actions alone, the others need not be read. */
function actionsOf({ parts }: Scan): readonly string[] {
  if (!parts.every(({ actions }) => actions !== undefined)) return []
  return [`f.${isOneOf([...new Set(parts.flatMap(({ actions }) => actions!))])}`]
}

/** A row in several slices becomes several rows; one dimension after the other, so all pairs. */
function spread({ fact, by }: Scan, rows: string): string {
  return by.reduce(
    (inner, name, place) =>
      dimensionOf(fact, name)!.many
        ? `(SELECT * REPLACE (unnest(slice${place}) AS slice${place}) FROM ${inner})`
        : inner,
    rows,
  )
}

function onlyOf({ only }: Scan, slices: readonly string[], bind: Scope['bind']): string {
  if (only === undefined || slices.length === 0) return ''
  const wanted = only.map((slice) => `(${slice.map(bind).join(', ')})`)
  const columns = slices.map((_name, place) => `only${place}`)
  return `SEMI JOIN (VALUES ${wanted.join(', ')}) wanted(${columns.join(', ')})
  ON ${slices.map((name, place) => `${name} = only${place}`).join(' AND ')}`
}

function topOf({ top }: Scan, slices: readonly string[]): string {
  if (top === undefined) return ''
  const value = top.isShare ? 'value0 / nullif(value1, 0)' : 'value0'
  // Among equals by name, so that the same question has the same answer.
  return `ORDER BY ${[`${value} DESC NULLS LAST`, ...slices].join(', ')} LIMIT ${top.size}`
}
