import { broken } from '../../error.ts'
import { Numbering } from '../../kernel/lists/numbering.ts'
import type { Column, Rows } from '../../state/features/feature.ts'
import type { Candidates, Proposed, Recalled, Row } from './candidates.ts'

/**
 * The one writable view of the candidates. Only the pipeline holds it; the stages see `Candidates`.
 *
 * What sources said stays in the lists that they gave, as rows. A column of it is made when a stage
 * asks: most sources bring a tenth of the rows, and not every stage asks for all of them.
 */
export class CandidateTable implements Candidates, Rows {
  readonly items: Uint32Array
  readonly #lists: ReadonlyMap<string, RecallList>
  /** Where rows were numbered anew. */
  readonly #kept: Kept | undefined
  readonly #ranks = new Map<string, Float32Array>()
  readonly #scores = new Map<string, Float32Array>()
  #noScores: Float32Array | undefined
  readonly #columns = new Map<string, Float32Array>()
  readonly #said: Said

  constructor(
    items: Uint32Array,
    lists: ReadonlyMap<string, RecallList>,
    said: Said = whoSaid(lists, items.length),
    kept?: Kept,
  ) {
    this.items = items
    this.#lists = lists
    this.#said = said
    this.#kept = kept
  }

  sources(row: Row): readonly string[] {
    return this.#said(this.#kept === undefined ? row : this.#kept.rows[row]!)
  }

  rankBy(source: string): Float32Array {
    let ranks = this.#ranks.get(source)
    if (ranks !== undefined) return ranks
    ranks = new Float32Array(this.items.length).fill(-1)
    for (const list of this.#listsOf(source)) ranksOf(list, ranks, this.#kept?.rowOf)
    this.#ranks.set(source, ranks)
    return ranks
  }

  scoreBy(source: string): Float32Array {
    let scores = this.#scores.get(source)
    if (scores !== undefined) return scores
    const lists = this.#listsOf(source).filter((list) => list.scores !== undefined)
    // Most sources give none, and all of those say the same.
    if (lists.length === 0) return (this.#noScores ??= new Float32Array(this.items.length))
    scores = sharesOf(lists[0]!, this.items.length, this.#kept?.rowOf)
    for (const list of lists.slice(1)) {
      const others = sharesOf(list, scores.length, this.#kept?.rowOf)
      for (let row = 0; row < scores.length; row++) {
        if (others[row]! > scores[row]!) scores[row] = others[row]!
      }
    }
    this.#scores.set(source, scores)
    return scores
  }

  /** Ranks by source and row: `[source * rowCount + row]`; -1 where it did not propose the row. */
  ranksBy(sources: readonly string[]): Int16Array {
    const rowCount = this.items.length
    const ranks = new Int16Array(sources.length * rowCount).fill(-1)
    for (let index = 0; index < sources.length; index++) {
      const own = ranks.subarray(index * rowCount, (index + 1) * rowCount)
      for (const list of this.#listsOf(sources[index]!)) ranksOf(list, own, this.#kept?.rowOf)
    }
    return ranks
  }

  /** That of the source; of a family, those of all its members. */
  #listsOf(name: string): readonly RecallList[] {
    const own = this.#lists.get(name)
    if (own !== undefined) return [own]
    return [...this.#lists.values()].filter(({ family }) => family === name)
  }

  column(column: Column): Float32Array {
    return this.#columns.get(column.name) ?? this.blank(column)
  }

  blank(column: Column): Float32Array {
    return new Float32Array(this.items.length).fill(column.absent)
  }

  /** A blank for each column, side by side: one block costs far less than dozens of small ones. */
  blanks(columns: readonly Column[]): readonly Float32Array[] {
    const rowCount = this.items.length
    const block = new Float32Array(columns.length * rowCount)
    return columns.map(({ absent }, index) => {
      const rows = new Float32Array(block.buffer, index * rowCount * 4, rowCount)
      return absent === 0 ? rows : rows.fill(absent)
    })
  }

  /**
   * The kept rows alone, each once, numbered anew: nothing is spent on what will not be shown.
   */
  only(kept: ArrayLike<Row>): CandidateTable {
    const items = new Uint32Array(kept.length)
    // Rows of lists are those of the first numbering, however often they are numbered anew.
    const rows = new Uint32Array(kept.length)
    const rowOf = new Int32Array(this.#kept?.rowOf.length ?? this.items.length).fill(-1)
    for (let place = 0; place < items.length; place++) {
      const row = kept[place]!
      items[place] = this.items[row]!
      rows[place] = this.#kept === undefined ? row : this.#kept.rows[row]!
      rowOf[rows[place]!] = place
    }
    return new CandidateTable(items, this.#lists, this.#said, { rows, rowOf })
  }

  write(column: Column, values: Float32Array | undefined, writer: string): void {
    const expected = this.items.length
    if (values?.length !== expected) {
      throw broken(`${writer} wrote ${values?.length} rows of ${column.name}, not ${expected}`)
    }
    this.#columns.set(column.name, values)
  }
}

/** What one source proposed, best first, as rows of the first numbering. */
interface RecallList {
  readonly rows: Uint32Array
  /** Absent where the source gives none. */
  readonly scores?: ArrayLike<number>
  readonly family?: string
}

/** Rows that were kept, and by row of the first numbering which it is now; -1 where it is gone. */
interface Kept {
  readonly rows: Uint32Array
  readonly rowOf: Int32Array
}

/** Who proposed a row of the first numbering. */
type Said = (row: Row) => readonly string[]

/**
 * One row per item, numbered in the order of the lists: the same lists always give the same rows.
 */
export function gather(recalled: ReadonlyMap<string, Recalled | Proposed>): CandidateTable {
  const proposals = Array.from(recalled, ([name, told]) => [name, itemsOf(told)] as const)
  const rows = new Numbering(proposals.reduce((sum, [, { items }]) => sum + items.length, 0))
  const lists = new Map<string, RecallList>()
  for (const [source, { items, scores, family }] of proposals) {
    const own = new Uint32Array(items.length)
    for (let rank = 0; rank < own.length; rank++) own[rank] = rows.add(items[rank]!)
    lists.set(source, {
      rows: own,
      ...(scores !== undefined && { scores }),
      ...(family !== undefined && { family }),
    })
  }
  return new CandidateTable(rows.numbers().slice(), lists)
}

const itemsOf = (told: Recalled | Proposed): Proposed => ('items' in told ? told : { items: told })

/** Writes the best rank of each row of a list, where none is better already. */
function ranksOf(
  { rows }: RecallList,
  ranks: Float32Array | Int16Array,
  rowOf: Int32Array | undefined,
): void {
  for (let rank = 0; rank < rows.length; rank++) {
    const row = rowOf === undefined ? rows[rank]! : rowOf[rows[rank]!]!
    if (row >= 0 && (ranks[row]! < 0 || rank < ranks[row]!)) ranks[row] = rank
  }
}

/**
 * Scores as shares of the best of all that the source proposed. An item that a source names twice
 * keeps the score of the better place, which is written last.
 */
function sharesOf(
  { rows, scores = [] }: RecallList,
  rowCount: number,
  rowOf: Int32Array | undefined,
): Float32Array {
  const shares = new Float32Array(rowCount)
  const most = mostOf(scores, rows.length)
  for (let rank = rows.length - 1; rank >= 0; rank--) {
    const row = rowOf === undefined ? rows[rank]! : rowOf[rows[rank]!]!
    if (row >= 0) shares[row] = isTelling(scores[rank]!) ? scores[rank]! / most : 0
  }
  return shares
}

/** Lists of names by who is on them, a bit each: rows share the few that there are. */
function whoSaid(lists: ReadonlyMap<string, RecallList>, rowCount: number): Said {
  const names = [...lists.keys()]
  const made = new Map<string | number, readonly string[]>()
  let words: Uint32Array | undefined
  const width = Math.ceil(names.length / 32)
  const marked = (): Uint32Array => {
    const marks = new Uint32Array(rowCount * width)
    let index = 0
    for (const { rows } of lists.values()) {
      const [word, bit] = [index >>> 5, 1 << (index & 31)]
      for (let rank = 0; rank < rows.length; rank++) marks[rows[rank]! * width + word]! |= bit
      index++
    }
    return marks
  }
  return (row) => {
    words ??= marked()
    const start = row * width
    const key = width === 1 ? words[start]! : words.slice(start, start + width).join()
    let list = made.get(key)
    if (list === undefined) {
      const own = words
      list = names.filter((_, index) => own[start + (index >>> 5)]! & (1 << (index & 31)))
      made.set(key, list)
    }
    return list
  }
}

function mostOf(scores: ArrayLike<number>, count: number): number {
  let most = 0
  for (let rank = 0; rank < count; rank++) {
    if (isTelling(scores[rank]!) && scores[rank]! > most) most = scores[rank]!
  }
  return most
}

/** What is not finite says nothing, and is not to make nothing of all others. */
const isTelling = (score: number): boolean => score > 0 && score < Number.POSITIVE_INFINITY
