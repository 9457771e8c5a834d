import { invalid } from '../../../error.ts'
import { takesText, takesValue } from '../../decode-action.ts'
import { brief } from '../../decode-field.ts'
import type { Json } from '../../event.ts'
import type { Cell, Row, Table } from '../table/table.ts'
import { typedCell } from './column-type.ts'
import type { Layout } from './layout.ts'
import type { Role } from './mapping.ts'
import type { Survey } from './survey.ts'
import { readTime, unitOf } from './time-column.ts'

/** A row as the API would spell it, for the decoders. Throws `invalid_argument` as they do. */
export type ApiRow = (row: Row) => Readonly<Record<string, unknown>>

/** How rows of a table are spelt, once it is known what its columns mean and hold. */
export function apiRowOf(table: Table, layout: Layout, survey: Survey): ApiRow {
  return layout.kind === 'events'
    ? eventRow(layout, survey)
    : recordRow(table, layout, survey, layout.kind === 'items' ? 'item' : 'user')
}

function eventRow({ places, action }: Layout, { times }: Survey): ApiRow {
  const place = (role: Role): number => places.get(role) ?? -1
  const [id, type, user, item] = [place('id'), place('type'), place('user'), place('item')]
  const [at, value, text] = [place('at'), place('value'), place('text')]
  return ({ cells }) => {
    const done = action ?? actionName(cells[type])
    const row: Record<string, unknown> = {
      type: done,
      user: idText('user', cells[user]),
      item: idText('item', cells[item]),
    }
    if (id >= 0) row['id'] = idText('id', cells[id])
    if (at >= 0) row['at'] = timeCell(cells[at], times)
    // Some logs fill these columns in every row, also where they mean nothing.
    if (value >= 0 && takesValue(done)) row['value'] = numberCell(cells[value])
    if (text >= 0 && takesText(done)) row['text'] = filled(cells[text])
    return row
  }
}

function recordRow(table: Table, layout: Layout, survey: Survey, role: 'item' | 'user'): ApiRow {
  const { places } = layout
  const taken = new Set([...places.values(), ...layout.ignored])
  const types = survey.types
  const place = (name: Role): number => places.get(name) ?? -1
  const channels = place('channels')
  const [from, until] = [place('availableFrom'), place('availableUntil')]
  const cellAt = ({ cells }: Row, at: number): Json | undefined => {
    const type = types[at]
    return type === undefined ? cells[at] : typedCell(cells[at], type)
  }
  return (row) => {
    const attributes: [string, Json][] = []
    for (let at = 0; at < row.cells.length; at++) {
      const value = taken.has(at) ? undefined : cellAt(row, at)
      if (value === undefined || value === null) continue
      // API-shaped JSONL keeps attributes in an object of their own.
      if (table.columns[at] === 'attributes' && isObject(value)) {
        attributes.push(...Object.entries(value))
      } else attributes.push([table.columns[at]!, value])
    }
    return {
      id: idText('id', row.cells[places.get(role)!]),
      attributes: Object.fromEntries(attributes),
      ...(channels >= 0 && { channels: listOf(cellAt(row, channels)) }),
      ...(from >= 0 && { availableFrom: timeOf('availableFrom', row.cells[from]) }),
      ...(until >= 0 && { availableUntil: timeOf('availableUntil', row.cells[until]) }),
    }
  }
}

/** Ids stay texts. An integer of a typed file is written out; one that lost digits is refused. */
function idText(field: string, cell: Cell): unknown {
  if (typeof cell === 'number') {
    if (Number.isSafeInteger(cell)) return String(cell)
    throw invalid(field, `${cell} was written as a number and has lost its digits: ids are texts`)
  }
  if (typeof cell === 'string' && /^\d+(\.\d+)?e\+\d+$/i.test(cell)) {
    throw invalid(field, `${brief(cell)} was written as a number and has lost its digits`)
  }
  if (typeof cell === 'string' && cell.includes('\ufffd')) {
    throw invalid(field, `${brief(cell)} holds bytes that are not UTF-8`)
  }
  return filled(cell)
}

function timeCell(cell: Cell, times: Survey['times']): unknown {
  // A row without its time must not be given that of the import: it would be made up.
  if (filled(cell) === undefined) throw invalid('at', 'is empty')
  const unit = unitOf(cell)
  if (times === undefined || unit === undefined) return numberCell(cell)
  if (unit === times.unit) return readTime(cell, unit)
  throw invalid('at', `${brief(cell)} is in ${unit}, where most of its column is in ${times.unit}`)
}

function timeOf(field: string, cell: Cell): unknown {
  if (filled(cell) === undefined) return undefined
  const unit = unitOf(cell) ?? 'text'
  const at = readTime(cell, unit)
  if (at === undefined) throw invalid(field, `${brief(cell)} is no time that can be read`)
  return new Date(at).toISOString()
}

/** A text that is a number as that number; what is none is left for the decoder to refuse. */
function numberCell(cell: Cell): unknown {
  const number = typeof cell === 'string' && cell.trim() !== '' ? Number(cell) : Number.NaN
  return Number.isNaN(number) ? filled(cell) : number
}

function filled(cell: Cell): Cell {
  return cell === '' || cell === null ? undefined : cell
}

function listOf(value: Json | undefined): Json | undefined {
  if (value === undefined || value === null || Array.isArray(value)) return value
  if (isObject(value)) return value['tags'] ?? [value['text'] ?? null]
  return [String(value)]
}

function isObject(value: Json): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function actionName(cell: Cell): unknown {
  return typeof cell === 'string' ? cell.trim().toLowerCase().replace(/[ _]/g, '-') : cell
}
