/**
 * One side of all ratings: each rating belongs to one of its rows, and a row to the features that
 * tell of it. That a user met a hundred items is said once for the user, not for each rating of
 * theirs (block structure: Rendle, VLDB 2013).
 */
export interface Relation {
  /** By rating. */
  readonly rows: Uint32Array
  readonly rowCount: number
  readonly featureCount: number
  /** By feature: where its cells begin, and the end. */
  readonly starts: Uint32Array
  /** By cell: the row, and what of the feature it has. */
  readonly cellRows: Uint32Array
  readonly cellValues: Float64Array
  /** By feature: which share one prior. */
  readonly groups: Uint32Array
  readonly groupCount: number
}

/** A row of a relation, as it is laid down. */
export interface RelationRow {
  readonly features: readonly (readonly [feature: number, value: number])[]
}

export function relationOf(
  rows: Uint32Array,
  described: readonly RelationRow[],
  groups: Uint32Array,
): Relation {
  const featureCount = groups.length
  const starts = new Uint32Array(featureCount + 1)
  for (const { features } of described) for (const [feature] of features) starts[feature + 1]!++
  for (let feature = 0; feature < featureCount; feature++) starts[feature + 1]! += starts[feature]!
  const next = starts.slice()
  const cellRows = new Uint32Array(starts[featureCount]!)
  const cellValues = new Float64Array(cellRows.length)
  for (const [row, { features }] of described.entries()) {
    for (const [feature, value] of features) {
      const cell = next[feature]!++
      cellRows[cell] = row
      cellValues[cell] = value
    }
  }
  const groupCount = groups.reduce((most, group) => Math.max(most, group), 0) + 1
  const rowCount = described.length
  return { rows, rowCount, featureCount, starts, cellRows, cellValues, groups, groupCount }
}
