import type { Table } from '../table/table.ts'
import type { ColumnType } from './column-type.ts'
import type { Layout } from './layout.ts'
import type { Survey } from './survey.ts'

/** Says in words what was concluded of a file, for a reader who can correct it by a mapping. */
export function conclusionsOf(table: Table, layout: Layout, survey: Survey): readonly string[] {
  const { kind, places, action, unused } = layout
  const named = [...places].map(([role, place]) => `${role} from "${table.columns[place]}"`)
  const conclusions = [`${kind} in ${table.format}: ${named.join(', ')}`]
  if (action !== undefined) {
    conclusions.push(`no column says what was done: every row is taken as "${action}"`)
  }
  if (kind === 'events' && !places.has('at')) {
    conclusions.push('no column says when: all are taken as of the moment of the import')
  }
  const unit = survey.times?.unit
  if (unit === 'text') conclusions.push('times without a zone are taken as UTC')
  else if (unit !== undefined) conclusions.push(`times are ${unit} since 1970`)
  if (unused.length > 0) {
    conclusions.push(`left aside, because an event has no place for them: ${unused.join(', ')}`)
  }
  if (kind !== 'events') conclusions.push(attributesInWords(table, layout, survey))
  return conclusions
}

function attributesInWords(table: Table, layout: Layout, survey: Survey): string {
  const taken = new Set([...layout.places.values(), ...layout.ignored])
  const names = table.columns.flatMap((column, place) => {
    return taken.has(place) ? [] : [`${column}${typeInWords(survey.types[place])}`]
  })
  return names.length === 0 ? 'no attributes' : `attributes: ${names.join(', ')}`
}

function typeInWords(type: ColumnType | undefined): string {
  if (type === undefined) return ''
  return type.type === 'tags' ? ` (tags between "${type.separator}")` : ` (${type.type})`
}
