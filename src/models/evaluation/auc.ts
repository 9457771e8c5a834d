/**
 * The chance that a positive row is scored above a negative one, ties counting half (Mann and
 * Whitney 1947). A label > 0.5 is positive. Undefined where either kind is missing.
 */
export function auc(scores: ArrayLike<number>, labels: ArrayLike<number>): number | undefined {
  return aucOf(
    scores,
    labels,
    Uint32Array.from({ length: labels.length }, (_, row) => row),
  )
}

/**
 * The mean of the AUC within each group, weighted by the rows of the group: how well rows are
 * ordered for one user, whatever the users' levels (Zhou et al. 2018, DIN). Groups of one kind only
 * say nothing and are left out. Undefined where all are.
 */
export function groupedAuc(
  scores: ArrayLike<number>,
  labels: ArrayLike<number>,
  groups: ArrayLike<number>,
): number | undefined {
  const rowsOf = new Map<number, number[]>()
  for (let row = 0; row < labels.length; row++) {
    const rows = rowsOf.get(groups[row]!)
    if (rows) rows.push(row)
    else rowsOf.set(groups[row]!, [row])
  }
  let [sum, rowCount] = [0, 0]
  for (const rows of rowsOf.values()) {
    const value = aucOf(scores, labels, Uint32Array.from(rows))
    if (value === undefined) continue
    sum += value * rows.length
    rowCount += rows.length
  }
  return rowCount === 0 ? undefined : sum / rowCount
}

/** Sorts `rows`; the sum of the positives' ranks, where equal scores share the mean of theirs. */
function aucOf(
  scores: ArrayLike<number>,
  labels: ArrayLike<number>,
  rows: Uint32Array,
): number | undefined {
  rows.sort((left, right) => scores[left]! - scores[right]!)
  let [rankSum, positiveCount] = [0, 0]
  let from = 0
  while (from < rows.length) {
    let to = from + 1
    while (to < rows.length && scores[rows[to]!] === scores[rows[from]!]) to++
    const rank = (from + 1 + to) / 2
    for (let place = from; place < to; place++) {
      if (labels[rows[place]!]! <= 0.5) continue
      rankSum += rank
      positiveCount++
    }
    from = to
  }
  const negativeCount = rows.length - positiveCount
  if (positiveCount === 0 || negativeCount === 0) return undefined
  return (rankSum - (positiveCount * (positiveCount + 1)) / 2) / (positiveCount * negativeCount)
}
