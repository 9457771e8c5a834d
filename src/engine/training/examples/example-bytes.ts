import type { DeclaredSet } from '../../../state/features/declared/declaration.ts'
import { rawRowBytes } from '../../../state/features/declared/raw-table.ts'
import type { ExampleOptions } from './examples.ts'

/** Bytes that an example takes while examples are made, about: raw, taken, and encoded. */
function exampleBytes(set: DeclaredSet): number {
  return 4 * rawRowBytes(set)
}

/** Tells what so many examples take, before they are more than there is room for. */
export function reserveRows(
  { set, reserve }: Pick<ExampleOptions, 'set' | 'reserve'>,
  rowCount: number,
): void {
  reserve?.(rowCount * exampleBytes(set), `${rowCount} examples of the set "${set.name}"`)
}
