import { type Field, widthOf } from '../../ranking/field.ts'
import { columnsOf, type Rows } from '../../ranking/rows.ts'
import type { ArtifactReader } from '../../weights.ts'
import type { TreeColumn } from '../ensemble.ts'
import {
  learnStatistic,
  readStatistic,
  type Statistic,
  type StatisticOptions,
} from './statistic.ts'
import type { TreeFeature } from './tree-features.ts'

/** How rows of fields become the numbers that trees ask for. */
export interface Encoding {
  /** A column per feature; of one value where it holds for all rows. */
  encode(rows: Rows): readonly TreeColumn[]
  /** That of a feature which is one, by its name. */
  statistic(name: string): Statistic
  arrays(): readonly Float64Array[]
}

type Columns = ReadonlyMap<string, Float32Array | Uint32Array>

/** Learns the statistics, and encodes the rows they were learned of. */
export function learnEncoding(
  features: readonly TreeFeature[],
  fields: readonly Field[],
  rows: Rows,
  labels: Float32Array,
  weights: Float32Array,
  options: StatisticOptions,
): { readonly encoding: Encoding; readonly columns: readonly TreeColumn[] } {
  const given = byName(rows, fields)
  const statistics = new Map<string, Statistic>()
  const columns = features.map((feature) => {
    if (feature.from !== 'statistic') return plainColumn(feature, given, rows.rowCount)
    const { keys, width } = keysOf(feature, given, rows.rowCount, true)
    const seed = `${options.seed}/${feature.name}`
    const learned = learnStatistic(keys, width, labels, weights, { ...options, seed })
    statistics.set(feature.name, learned.statistic)
    return learned.ordered
  })
  return { encoding: encodingOf(features, fields, statistics), columns }
}

export function readEncoding(
  reader: ArtifactReader,
  features: readonly TreeFeature[],
  fields: readonly Field[],
): Encoding {
  const statistics = new Map<string, Statistic>()
  for (const { from, name } of features) {
    if (from === 'statistic') statistics.set(name, readStatistic(reader))
  }
  return encodingOf(features, fields, statistics)
}

function encodingOf(
  features: readonly TreeFeature[],
  fields: readonly Field[],
  statistics: ReadonlyMap<string, Statistic>,
): Encoding {
  return {
    encode(rows) {
      const given = byName(rows, fields)
      return features.map((feature) => {
        if (feature.from !== 'statistic') return plainColumn(feature, given, rows.rowCount)
        const { keys, width } = keysOf(feature, given, rows.rowCount, false)
        return statistics.get(feature.name)!.fill(keys, width)
      })
    },
    statistic: (name) => statistics.get(name)!,
    arrays: () => [...statistics.values()].flatMap((statistic) => statistic.arrays()),
  }
}

function byName(rows: Rows, fields: readonly Field[]): Columns {
  const columns = columnsOf(rows, fields)
  return new Map(fields.map(({ name }, index) => [name, columns[index]!]))
}

type Plain = Exclude<TreeFeature, { readonly from: 'statistic' }>

function plainColumn(feature: Plain, given: Columns, rowCount: number): TreeColumn {
  const { field, from } = feature
  const column = given.get(field.name)!
  const width = widthOf(field)
  const length = from === 'match' ? matchLength(feature, given, rowCount) : column.length / width
  const values = new Float32Array(length)
  for (let row = 0; row < length; row++) {
    const first = row * width
    if (from === 'number') {
      // Infinite is nothing that was measured.
      values[row] = Number.isFinite(column[row]!) ? column[row]! : Number.NaN
    } else if (from === 'id') values[row] = countOf(column, first, width, feature.id)
    else if (from === 'length') values[row] = width - countOf(column, first, width, 0)
    else {
      const candidate = column[column.length === 1 ? 0 : row]!
      const history = given.get(feature.history.name)!
      const places = feature.history.length
      const start = history.length === places ? 0 : row * places
      values[row] = candidate === 0 ? 0 : countOf(history, start, places, candidate)
    }
  }
  return values
}

function matchLength(
  { field, history }: Extract<TreeFeature, { readonly from: 'match' }>,
  given: Columns,
  rowCount: number,
): number {
  const isSame = given.get(field.name)!.length === 1
  return isSame && given.get(history.name)!.length === history.length ? 1 : rowCount
}

function countOf(column: ArrayLike<number>, from: number, width: number, id: number): number {
  let count = 0
  for (let at = from; at < from + width; at++) if (column[at] === id) count++
  return count
}

/** A key per id or pair of ids of the row; -1 for an empty place of a history. */
function keysOf(
  { fields }: Extract<TreeFeature, { readonly from: 'statistic' }>,
  given: Columns,
  rowCount: number,
  isLearning: boolean,
): { readonly keys: Float64Array; readonly width: number } {
  const [field, other] = fields as [(typeof fields)[number], (typeof fields)[number]?]
  const [column, crossed] = [given.get(field.name)!, other && given.get(other.name)!]
  const width = widthOf(field)
  const isSame = column.length === width && (crossed === undefined || crossed.length === 1)
  const length = isSame && !isLearning ? 1 : rowCount
  const keys = new Float64Array(length * width)
  for (let at = 0; at < keys.length; at++) {
    const id = column[column.length === width ? at % width : at]!
    const second = crossed?.[crossed.length === 1 ? 0 : at] ?? 0
    keys[at] = field.kind === 'sequence' && id === 0 ? -1 : id + field.size * second
  }
  return { keys, width }
}
