import { basename } from 'node:path'
import { invalid } from '../../../error.ts'
import type { Action } from '../../event.ts'
import type { Table } from '../table/table.ts'
import { findColumn } from './column-names.ts'
import { type Kind, type Mapping, type Role, roles } from './mapping.ts'

/** What the columns of a file mean. */
export interface Layout {
  readonly kind: Kind
  /** Role → place of its column. */
  readonly places: ReadonlyMap<Role, number>
  /** What every row of an event file is, where no column says it. */
  readonly action: Action | undefined
  /** Places of columns that are left aside because the mapping says so. */
  readonly ignored: ReadonlySet<number>
  /** Columns of an event file that no role reads: an action has no place for them. */
  readonly unused: readonly string[]
}

const rolesOfKind: { readonly [K in Kind]: readonly Role[] } = {
  items: ['item', 'channels', 'availableFrom', 'availableUntil'],
  users: ['user'],
  events: ['id', 'type', 'user', 'item', 'at', 'value', 'text'],
}

/**
 * Concludes from the names of columns what they mean. Throws `invalid_argument` where they do not
 * tell what the file brings, with its columns and what to do.
 */
export function layoutOf(table: Table, mapping: Mapping): Layout {
  const { columns, path } = table
  if (columns.length === 0) throw invalid(path, 'is empty: it has no columns')
  const placeOf = (role: Role): number => {
    const mapped = mapping[role]
    // A mapping holds for all the files of an import, and not each of them has the column.
    if (mapped !== undefined && columns.includes(mapped)) return columns.indexOf(mapped)
    const place = findColumn(columns, role)
    return ignored.has(place) ? -1 : place
  }
  const ignored = new Set(mapping.ignore?.map((column) => columns.indexOf(column)))
  const kind = mapping.kind ?? kindOf(table, placeOf)
  const places = new Map<Role, number>()
  for (const role of rolesOfKind[kind]) {
    const place = placeOf(role)
    if (place >= 0) places.set(role, place)
  }
  const identity = kind === 'items' ? 'item' : 'user'
  if (kind !== 'events' && !places.has(identity)) places.set(identity, placeOf('id'))
  for (const role of kind === 'events' ? (['user', 'item'] as const) : ([identity] as const)) {
    if ((places.get(role) ?? -1) < 0) throw unclear(table, `no column is known to be the ${role}`)
  }
  const used = new Set([...places.values(), ...ignored])
  return {
    kind,
    places,
    action: kind === 'events' && !places.has('type') ? impliedAction(mapping, places) : undefined,
    ignored,
    unused: kind === 'events' ? columns.filter((_, place) => !used.has(place)) : [],
  }
}

/** A mapping that names a column which no file has is a mistake, and never passed over. */
export function checkMapping(mapping: Mapping, tables: readonly Table[]): void {
  const named = roles.map((role) => [role, mapping[role]] as const)
  const ignored = (mapping.ignore ?? []).map((column) => ['ignore', column] as const)
  for (const [role, column] of [...named, ...ignored]) {
    if (column !== undefined && !tables.some(({ columns }) => columns.includes(column))) {
      const known = [...new Set(tables.flatMap(({ columns }) => columns))].join(', ')
      throw invalid(`mapping.${role}`, `names a column "${column}" that no file has: ${known}`)
    }
  }
}

function kindOf(table: Table, placeOf: (role: Role) => number): Kind {
  const hasUser = placeOf('user') >= 0
  const hasItem = placeOf('item') >= 0
  if (hasUser && hasItem) return 'events'
  if (hasItem) return 'items'
  if (hasUser) return 'users'
  if (placeOf('id') < 0) throw unclear(table, 'no column is known to be an item or a user')
  return /user|customer|member/i.test(basename(table.path)) ? 'users' : 'items'
}

function impliedAction(mapping: Mapping, places: ReadonlyMap<Role, number>): Action {
  return mapping.action ?? (places.has('value') ? 'rate' : 'click')
}

function unclear({ path, columns }: Table, reason: string): Error {
  const names = columns.slice(0, 30).join(', ')
  const hint = columns.some((column) => /^-?\d+(\.\d+)?$/.test(column))
    ? 'The first line looks like data, so the header may be missing'
    : "Say which is which with a mapping, such as { item: 'sku', user: 'customer' }"
  return invalid(path, `cannot be understood: ${reason} among ${names}. ${hint}`)
}
