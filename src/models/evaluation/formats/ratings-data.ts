/** Who gave what how many stars: four columns of one length. */
export interface Ratings {
  readonly users: Uint32Array
  readonly items: Uint32Array
  readonly values: Float32Array
  /** Seconds; 0 where the file tells none. */
  readonly times: Float64Array
}

/** What models of ratings learn from. */
export interface RatingsData {
  readonly train: Ratings
  /** Ids as the files spell them, by ordinal; those that only the test names are counted too. */
  readonly userIds: readonly string[]
  readonly itemIds: readonly string[]
}

/** The learned side: how many stars, row by row. */
export interface Rater {
  rate(rows: Omit<Ratings, 'values'>): Float32Array | Promise<Float32Array>
}

export function ratingsAt(rows: Ratings, places: Uint32Array): Ratings {
  return {
    users: places.map((place) => rows.users[place]!),
    items: places.map((place) => rows.items[place]!),
    values: Float32Array.from(places, (place) => rows.values[place]!),
    times: Float64Array.from(places, (place) => rows.times[place]!),
  }
}
