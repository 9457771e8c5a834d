import { invalid } from '../../../error.ts'
import type { Field } from '../../ranking/field.ts'
import type { Examples } from '../../ranking/rows.ts'
import { eachLine, numberIn, textIn } from './lines.ts'
import { type Vocabulary, vocabulary } from './vocabulary.ts'

/** Rows of `label id:value id:value …` as they stand in a file. */
export interface SparseRows {
  readonly file: string
  readonly labels: number[]
  /** Where each row begins, and the end. */
  readonly starts: number[]
  /** As they are spelt; numbers where that says the same, since they take less. */
  readonly ids: (number | string)[]
  readonly values: number[]
}

/** What a file in libfm's format holds. Labels > 0 are positive; `#` begins a remark. */
export async function sparseRowsIn(file: string): Promise<SparseRows> {
  const rows: SparseRows = { file, labels: [], starts: [0], ids: [], values: [] }
  await eachLine(file, (line, at) => {
    const [label, ...cells] = line.replace(/\s*#.*$/, '').split(/\s+/)
    if (label === '') return
    rows.labels.push(numberIn(label, 'label', at) > 0 ? 1 : 0)
    for (const cell of cells) {
      const colon = cell.lastIndexOf(':')
      if (colon < 1) throw invalid('cell', `"${cell}" must be of the form id:value, at ${at()}`)
      // libffm's cells name their field before the id: the id alone tells as much.
      const id = cell.slice(0, colon).replace(/^\d+:/, '')
      rows.ids.push(idOf(textIn(id, 'id', at)))
      rows.values.push(numberIn(cell.slice(colon + 1), 'value', at))
    }
    rows.starts.push(rows.ids.length)
  })
  if (rows.labels.length === 0) throw invalid('file', `${file} holds no row but remarks`)
  if (rows.ids.length === 0) throw invalid('file', `${file} holds labels alone`)
  return rows
}

/** Beyond 2^53 several ids would be one number, and "007" is not 7. */
function idOf(text: string): number | string {
  const number = Number(text)
  return Number.isSafeInteger(number) && String(number) === text ? number : text
}

/** How sparse rows become columns; found from the rows that are learned from. */
export interface SparseFields {
  readonly fields: readonly Field[]
  examplesOf(rows: SparseRows): Examples
}

export const libfmHead = 'label'

/**
 * Where all rows hold as many cells, each place is a field: of ids where all values are 1, and else
 * of numbers, where all its ids are one. Otherwise all cells of a row make one field of many ids.
 * Ids that are not met here are the unknown, 0. The first place tells of the user and the second of
 * the item, as is the custom.
 */
export function sparseFieldsOf(train: SparseRows): SparseFields {
  const width = train.starts[1]! - train.starts[0]!
  const rowCount = train.labels.length
  for (let row = 0; row < rowCount; row++) {
    if (train.starts[row + 1]! - train.starts[row]! !== width) return oneFieldOf(train)
  }
  const names: (Vocabulary | undefined)[] = []
  for (let place = 0; place < width; place++) {
    const [ids, values] = [vocabulary(), new Set<number>()]
    for (let row = 0; row < rowCount; row++) {
      ids.of(String(train.ids[row * width + place]))
      values.add(train.values[row * width + place]!)
    }
    const isNumber = values.size > 1 || !values.has(1)
    if (isNumber && ids.ids.length > 1) return oneFieldOf(train)
    names.push(isNumber ? undefined : ids)
  }
  const fields = names.map((ids, place): Field => {
    const side = place === 0 ? 'user' : place === 1 ? 'item' : 'context'
    const name = `field${place}`
    if (ids === undefined) return { name, side, kind: 'number' }
    return { name, side, kind: 'category', size: ids.ids.length + 1 }
  })
  return {
    fields,
    examplesOf(rows) {
      const count = rows.labels.length
      for (let row = 0; row < count; row++) {
        const found = rows.starts[row + 1]! - rows.starts[row]!
        if (found === width) continue
        const told = `of row ${row + 1} in ${rows.file} are ${found}`
        throw invalid('cells', `${told}: must be ${width}, as in all rows learned from`)
      }
      const columns = names.map((ids, place) => {
        const cell = (_: unknown, row: number): number => row * width + place
        const cells = Array.from({ length: count }, cell)
        if (ids === undefined) return Float32Array.from(cells, (each) => rows.values[each]!)
        return Uint32Array.from(cells, (each) => 1 + (ids.find(String(rows.ids[each])) ?? -1))
      })
      return {
        rowCount: count,
        columns: new Map(fields.map(({ name }, place) => [name, columns[place]!])),
        labels: new Map([[libfmHead, Float32Array.from(rows.labels)]]),
      }
    },
  }
}

function oneFieldOf(train: SparseRows): SparseFields {
  const ids = vocabulary()
  for (const id of train.ids) ids.of(String(id))
  let length = 1
  for (let row = 0; row < train.labels.length; row++) {
    length = Math.max(length, train.starts[row + 1]! - train.starts[row]!)
  }
  const name = 'features'
  const size = ids.ids.length + 1
  return {
    fields: [{ name, side: 'context', kind: 'sequence', size, length }],
    examplesOf(rows) {
      if (rows.values.some((value) => value !== 1)) {
        throw invalid('value', 'must be 1 throughout, where rows hold cells of different ids')
      }
      const column = new Uint32Array(rows.labels.length * length)
      for (let row = 0; row < rows.labels.length; row++) {
        const [from, to] = [
          rows.starts[row]!,
          Math.min(rows.starts[row + 1]!, rows.starts[row]! + length),
        ]
        const start = (row + 1) * length - (to - from)
        for (let cell = from; cell < to; cell++) {
          column[start + cell - from] = 1 + (ids.find(String(rows.ids[cell])) ?? -1)
        }
      }
      return {
        rowCount: rows.labels.length,
        columns: new Map([[name, column]]),
        labels: new Map([[libfmHead, Float32Array.from(rows.labels)]]),
      }
    },
  }
}
