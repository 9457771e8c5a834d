import { invalid } from '../error.ts'

/**
 * Who did something with what, and how much it counts: a sparse matrix held row by row.
 *
 *   row r: columns[starts[r]] ... columns[starts[r + 1] - 1], and the weights in the same places
 *
 * Built with a row per user and a column per item, both dense ordinals; transposed, the other way.
 */
export interface Interactions {
  readonly rowCount: number
  readonly columnCount: number
  /** rowCount + 1 places. */
  readonly starts: Uint32Array
  /** Ascending within a row, each at most once. */
  readonly columns: Uint32Array
  /** Finite and > 0. */
  readonly weights: Float32Array
}

/** Interactions in any order: the three arrays are of one length. */
export interface Cells {
  readonly users: Uint32Array
  readonly items: Uint32Array
  /** 1 each where left out. */
  readonly weights?: Float32Array
}

export interface Shape {
  readonly userCount: number
  readonly itemCount: number
}

/** Where a user met an item more than once: every meeting counts, or only the strongest. */
export type Duplicates = 'sum' | 'max'

/**
 * Throws `invalid_argument` for arrays of unequal length, ordinals out of range and weights <= 0.
 */
export function interactionsOf(cells: Cells, shape: Shape, duplicates: Duplicates): Interactions {
  const { users, items, weights = new Float32Array(users.length).fill(1) } = cells
  check({ users, items, weights }, shape)
  // Sorted by item and then, stably, by user: within a user the items come out ascending.
  const byItem = bucket(items, users, weights, shape.itemCount, shape.userCount)
  return merged(transposed(byItem), duplicates)
}

/** The same cells with columns for rows. */
export function transposed(matrix: Interactions): Interactions {
  const { rowCount, columnCount, starts, columns, weights } = matrix
  const rows = new Uint32Array(columns.length)
  for (let row = 0; row < rowCount; row++) rows.fill(row, starts[row]!, starts[row + 1]!)
  return bucket(columns, rows, weights, columnCount, rowCount)
}

/** A counting sort by row, which keeps the order within a row. */
function bucket(
  rows: Uint32Array,
  columns: Uint32Array,
  weights: Float32Array,
  rowCount: number,
  columnCount: number,
): Interactions {
  const starts = new Uint32Array(rowCount + 1)
  for (const row of rows) starts[row + 1]! += 1
  for (let row = 0; row < rowCount; row++) starts[row + 1]! += starts[row]!
  const next = starts.slice(0, rowCount)
  const sorted = { columns: new Uint32Array(rows.length), weights: new Float32Array(rows.length) }
  for (let cell = 0; cell < rows.length; cell++) {
    const place = next[rows[cell]!]!++
    sorted.columns[place] = columns[cell]!
    sorted.weights[place] = weights[cell]!
  }
  return { rowCount, columnCount, starts, ...sorted }
}

/** Makes one cell of equal neighbours. Works in place: `matrix` was made for it. */
function merged(matrix: Interactions, duplicates: Duplicates): Interactions {
  const { rowCount, starts, columns, weights } = matrix
  let kept = 0
  let from = 0
  for (let row = 0; row < rowCount; row++) {
    const to = starts[row + 1]!
    const rowStart = kept
    for (let cell = from; cell < to; cell++) {
      const weight = weights[cell]!
      if (kept > rowStart && columns[kept - 1] === columns[cell]) {
        const before = weights[kept - 1]!
        weights[kept - 1] = duplicates === 'sum' ? before + weight : Math.max(before, weight)
      } else {
        columns[kept] = columns[cell]!
        weights[kept] = weight
        kept++
      }
    }
    starts[row + 1] = kept
    from = to
  }
  return { ...matrix, columns: columns.slice(0, kept), weights: weights.slice(0, kept) }
}

function check({ users, items, weights }: Required<Cells>, shape: Shape): void {
  if (items.length !== users.length || weights.length !== users.length) {
    const lengths = `${users.length} users, ${items.length} items, ${weights.length} weights`
    throw invalid('cells', `hold ${lengths}: the three must be as many`)
  }
  for (let cell = 0; cell < users.length; cell++) {
    const [user, item, weight] = [users[cell]!, items[cell]!, weights[cell]!]
    if (user >= shape.userCount) {
      throw invalid(`users[${cell}]`, `${user} must be < ${shape.userCount}`)
    }
    if (item >= shape.itemCount) {
      throw invalid(`items[${cell}]`, `${item} must be < ${shape.itemCount}`)
    }
    if (!(weight > 0 && weight < Number.POSITIVE_INFINITY)) {
      throw invalid(`weights[${cell}]`, `${weight} must be finite and > 0`)
    }
  }
}
