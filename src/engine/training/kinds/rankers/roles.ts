import type { Field } from '../../../../models/ranking/field.ts'
import type { DeclaredSet } from '../../../../state/features/declared/declaration.ts'
import type { Roles } from './ranker-family.ts'

/** Which fields of a set are the user, the item, and what the user met of such items. */
export function rolesOf(set: DeclaredSet, fields: readonly Field[], head: string): Roles {
  const byNames = set.columns.flatMap((column) => ('from' in column.source ? [column] : []))
  const from = (source: string): string | undefined =>
    byNames.find((column) => column.source.from === source && column.as.form === 'category')?.name
  const user = from('user-id')
  const item = from('item-id')
  const table = tableOf(fields.find(({ name }) => name === item))
  const history = fields.find((field) => field.kind === 'sequence' && tableOf(field) === table)
  return {
    ...{ head, fields, heads: set.labels.map(({ name }) => name) },
    ...(user !== undefined && { user }),
    ...(item !== undefined && { item }),
    ...(table !== undefined && history !== undefined && { history: history.name }),
  }
}

function tableOf(field: Field | undefined): string | undefined {
  return field === undefined || field.kind === 'number' ? undefined : (field.table ?? field.name)
}
