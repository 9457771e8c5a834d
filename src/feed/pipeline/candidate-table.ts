import { broken } from '../../error.ts'
import { picked } from '../../kernel/lists/picked.ts'
import type { Column, Rows } from '../../state/features/feature.ts'
import type { Ordinal } from '../../state/projections/projection.ts'
import type { Candidates, Recalled, Row } from './candidates.ts'

/**
 * The one writable view of the candidates. Only the pipeline holds it; the stages see `Candidates`.
 */
export class CandidateTable implements Candidates, Rows {
  readonly items: Uint32Array
  readonly #sources: readonly string[]
  readonly #ranks: ReadonlyMap<string, Float32Array>
  readonly #columns = new Map<string, Float32Array>()

  constructor(items: Uint32Array, ranks: ReadonlyMap<string, Float32Array>) {
    this.items = items
    this.#ranks = ranks
    this.#sources = [...ranks.keys()]
  }

  sources(row: Row): readonly string[] {
    return this.#sources.filter((name) => this.#ranks.get(name)![row]! >= 0)
  }

  rankBy(source: string): Float32Array {
    return this.#ranks.get(source) ?? new Float32Array(this.items.length).fill(-1)
  }

  column(column: Column): Float32Array {
    return this.#columns.get(column.name) ?? this.blank(column)
  }

  blank(column: Column): Float32Array {
    return new Float32Array(this.items.length).fill(column.absent)
  }

  /** The kept rows alone, numbered anew, so that nothing is spent on what will not be shown. */
  only(kept: readonly Row[]): CandidateTable {
    const items = new Uint32Array(kept.length)
    for (let place = 0; place < items.length; place++) items[place] = this.items[kept[place]!]!
    const ranks = new Map<string, Float32Array>()
    for (const [source, column] of this.#ranks) ranks.set(source, picked(column, kept))
    return new CandidateTable(items, ranks)
  }

  write(column: Column, values: Float32Array | undefined, writer: string): void {
    const expected = this.items.length
    if (values?.length !== expected) {
      throw broken(`${writer} wrote ${values?.length} rows of ${column.name}, not ${expected}`)
    }
    this.#columns.set(column.name, values)
  }
}

/**
 * One row per item, numbered in the order of the lists: the same lists always give the same rows.
 */
export function gather(recalled: ReadonlyMap<string, Recalled>): CandidateTable {
  const rows = new Map<Ordinal, Row>()
  for (const items of recalled.values()) {
    for (let rank = 0; rank < items.length; rank++) {
      if (!rows.has(items[rank]!)) rows.set(items[rank]!, rows.size)
    }
  }
  const ranks = new Map<string, Float32Array>()
  for (const [source, items] of recalled) {
    const column = new Float32Array(rows.size).fill(-1)
    for (let rank = items.length - 1; rank >= 0; rank--) column[rows.get(items[rank]!)!] = rank
    ranks.set(source, column)
  }
  return new CandidateTable(Uint32Array.from(rows.keys()), ranks)
}
