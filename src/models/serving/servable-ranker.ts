import { invalid } from '../../error.ts'
import type { Ranker } from '../ranking/ranker.ts'
import type { Rows } from '../ranking/rows.ts'
import { ids } from './coding.ts'
import type { Filling } from './filling.ts'
import type { Feature } from './manifest.ts'
import type { RawColumn, RawValue } from './raw-value.ts'
import type { Asked, InputSpec, OutputSpec, Servable } from './servable.ts'

/** What turns values into the ids of a ranker's field, and what stands in for one left out. */
export type Spoken = Pick<
  Feature,
  'name' | 'type' | 'width' | 'coding' | 'fallback' | 'optional' | 'holds' | 'standIn'
>

export interface ServableRankerOptions {
  readonly ranker: Ranker
  /** How each field is spelt outside; one for each field, in any order. */
  readonly features: readonly Spoken[]
  readonly outputs?: readonly OutputSpec[]
  readonly filling?: Filling
  readonly close?: () => Promise<void>
}

/** Any ranker, asked by the values themselves. */
export function servableRanker(options: ServableRankerOptions): Servable {
  const { ranker, features, filling, close = async () => undefined } = options
  const outputs = options.outputs ?? ranker.heads.map((name): OutputSpec => ({ name }))
  return {
    kind: ranker.kind,
    signature: { inputs: features.map(inputSpec), outputs },
    ...(filling && { filling }),
    predict: async (asked, signal) => {
      signal?.throwIfAborted()
      return ranker.predict(rowsOf(asked, features), signal)
    },
    close,
  }
}

/** What the outside need know of a feature. */
export function inputSpec(feature: Omit<Spoken, 'coding' | 'fallback'>): InputSpec {
  const { name, type, width, optional, holds, standIn } = feature
  return {
    ...{ name, type, width },
    ...(optional && { optional }),
    ...(holds && { holds }),
    ...(standIn !== undefined && { standIn }),
  }
}

/** A ranker that was trained here, whose ids are those of its own fields. */
export function ownFeatures({ fields }: Pick<Ranker, 'fields'>): readonly Spoken[] {
  return fields.map((field): Spoken => {
    const { name, kind } = field
    if (kind === 'number') return { name, type: 'float32', width: field.length ?? 1 }
    const width = kind === 'sequence' ? field.length : 1
    return { name, type: 'int64', width, coding: ids(field.size) }
  })
}

/** Rejects with `invalid_argument` for what is missing, too much, or of another length. */
export function rowsOf({ rowCount, columns }: Asked, features: readonly Spoken[]): Rows {
  const known = new Map(features.map((feature) => [feature.name, feature]))
  for (const name of columns.keys()) {
    if (!known.has(name)) {
      throw invalid(name, `is no input of the model; there are ${[...known.keys()].join(', ')}`)
    }
  }
  const coded = new Map<string, Float32Array | Uint32Array>()
  for (const feature of features) {
    const column = columns.get(feature.name) ?? leftOut(feature)
    checkLength(feature, column, rowCount)
    coded.set(feature.name, codedColumn(feature, column))
  }
  return { rowCount, columns: coded }
}

function leftOut({ name, width, fallback }: Spoken): RawColumn {
  if (fallback === undefined) throw invalid(name, 'is missing, and has no value to stand in for it')
  return new Array<RawValue>(width).fill(fallback)
}

function checkLength({ name, width }: Spoken, column: RawColumn, rowCount: number): void {
  if (column.length === width || column.length === width * rowCount) return
  const wanted = `${width * rowCount} values, or ${width} for all rows`
  throw invalid(name, `${column.length} values were given where there must be ${wanted}`)
}

function codedColumn(
  { name, coding, fallback }: Spoken,
  column: RawColumn,
): Float32Array | Uint32Array {
  if (coding === undefined) {
    if (column instanceof Float32Array) return column
    return Float32Array.from(column, (value, place) => numberAt(value, name, place))
  }
  const spare = fallback === undefined ? 0 : coding.idOf(fallback)
  const coded = new Uint32Array(column.length)
  for (let place = 0; place < coded.length; place++) {
    coded[place] = coding.idOf(column[place]!) || spare
  }
  return coded
}

function numberAt(value: RawValue, name: string, place: number): number {
  if (typeof value !== 'string') return Number(value)
  throw invalid(`${name}[${place}]`, `"${value}" must be a number`)
}
