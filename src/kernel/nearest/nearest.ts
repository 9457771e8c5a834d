/** How near two rows are: their inner product, or that of their directions. */
export type Measure = 'product' | 'cosine'

/**
 * Finds the rows of a matrix that are nearest to a query, by the highest product or cosine.
 *
 * It is made once and never changes. Rows that came in as zeros are as near as 0.
 */
export interface Nearest {
  readonly rowCount: number
  readonly width: number
  readonly measure: Measure
  /** `exact` looks at all rows as they are, `lists` at some of them in fewer bits first. */
  readonly method: 'exact' | 'lists'
  /** What its memory holds. */
  readonly sizeBytes: number
  readonly recall: MeasuredRecall
  /** What making it took long to learn, of one that looks through lists. */
  readonly lists?: LearnedLists

  /** Up to `k` rows, the nearest first. A query of zeros finds rows as near as 0. */
  search(query: Float32Array, k: number, only?: Only): Found
}

/** Which rows may be found. */
export interface Only {
  /** Asked about rows that would be found as things stand. */
  readonly accept?: (row: number) => boolean
  /** Nearer than this, which an exact search gains by. */
  readonly above?: number
}

export interface Found {
  readonly rows: Uint32Array
  /** In the same places: products or cosines. */
  readonly scores: Float32Array
}

/** Of what an exact search finds, how much this one does: measured as it was made. */
export interface MeasuredRecall {
  /** A share, in [0, 1]. */
  readonly value: number
  /** Neighbours asked for, and queries that asked; 0 where there was nothing to measure. */
  readonly k: number
  readonly queryCount: number
}

/**
 * Which rows lie in about one direction, and how many such lists a query has to look through: all
 * that is learned of rows. Kept, it makes an index of the same rows, or of those that they have
 * become meanwhile, in the time that copying them takes.
 */
export interface LearnedLists {
  readonly listCount: number
  /** listCount × a multiple of 8 of at least width + 1: directions. */
  readonly centres: Float32Array
  /** The list of each row; rows that came later go where they fit. */
  readonly owners: Uint32Array
  /** The length that rows are filled up to where products are asked for. */
  readonly longest: number
  /** Lists that a query looks through. */
  readonly probes: number
  /** What that found as it was learned. */
  readonly recall: MeasuredRecall
}

export interface NearestOptions {
  /** rowCount × width, row by row; copied. Finite numbers. */
  readonly rows: Float32Array
  readonly width: number
  readonly measure: Measure
  /** Up to so many rows all of them are looked at; 20,000 where left out. */
  readonly exactRowsMax?: number
  /** What the lists are to reach, in (0, 1]; 0.95 where left out. */
  readonly recall?: number
  /** How many neighbours that is measured on; 100 where left out. */
  readonly k?: number
  /** Queries as they will come, row by row, that it is measured with; rows where left out. */
  readonly queries?: Float32Array
  /** Lists that were learned before, of fewer rows or as many: nothing is learned then. */
  readonly lists?: LearnedLists
  readonly seed: number | string
}
