import { broken } from '../../../../error.ts'
import type { DeclaredCross, DeclaredSet } from '../declaration.ts'
import { fieldNames } from '../field-names.ts'
import type { FilledField } from '../rows.ts'
import { countOf, sideOf } from '../sources/source.ts'

/** One name of a column: what a cross is made of. */
export interface CrossPart {
  readonly column: string
  /** Of the `count` names of a row. */
  readonly place: number
  readonly count: number
}

export interface Cross {
  readonly declared: DeclaredCross
  readonly field: FilledField
  readonly parts: readonly CrossPart[]
}

export function crossesOf(set: DeclaredSet): readonly Cross[] {
  return (set.crosses ?? []).map((declared) => {
    const found = declared.of.map((name) => partOf(set, name))
    const sides = new Set(found.map(({ side }) => side))
    // What tells of the item and of who asks has to be sent for every row.
    const side = sides.size === 1 ? found[0]!.side : 'item'
    return {
      declared,
      field: { kind: 'category', name: declared.name, side, size: declared.buckets + 1 },
      parts: found,
    }
  })
}

function partOf(set: DeclaredSet, name: string): CrossPart & Pick<FilledField, 'side'> {
  for (const column of set.columns) {
    const place = fieldNames(set, column).indexOf(name)
    if (place < 0) continue
    const { source } = column
    return { column: column.name, place, count: countOf(source), side: sideOf(source) }
  }
  throw broken(`no column makes the field ${name}`)
}
