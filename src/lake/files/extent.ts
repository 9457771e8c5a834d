import type { TableExtent } from '../lake.ts'
import type { Unfiled } from '../rows/unfiled.ts'
import { tables } from '../tables.ts'
import type { LakeFile } from './manifest.ts'

/** How much there is of each table, in files and on the way to them, and of when. */
export function extentOf(
  all: readonly LakeFile[],
  unfiled: Pick<Unfiled, 'span'>,
): readonly TableExtent[] {
  return tables.map(({ name: table }) => {
    const files = all.filter((file) => file.table === table)
    const fresh = unfiled.span(table)
    const spans = fresh.rows === 0 ? files : [...files, fresh]
    const times = spans.flatMap(({ from, to }) => [from!, to!])
    return {
      table,
      rows: spans.reduce((sum, { rows }) => sum + rows, 0),
      files: files.length,
      bytes: files.reduce((sum, { bytes }) => sum + bytes, 0),
      ...(times.length > 0 && { from: least(times), to: most(times) }),
    }
  })
}

function least(numbers: readonly number[]): number {
  return numbers.reduce((one, other) => Math.min(one, other))
}

function most(numbers: readonly number[]): number {
  return numbers.reduce((one, other) => Math.max(one, other))
}
