import type { Ranker } from '../ranking/ranker.ts'
import type { Examples } from '../ranking/rows.ts'
import { plattCurve } from './platt.ts'

/** What answers rows, whatever is known of it besides. */
export type Foretelling = Pick<Ranker, 'predict'>

/**
 * Has the chances of the first head come true, by rows that the ranker was not fitted to (those
 * that stopped its fit will do): a curve of two numbers (Platt 1999), which leaves the order of
 * rows as it is. Where the rows are all of one kind they tell nothing, and the ranker stays.
 *
 * `calibratedTrainer` is for models that are kept: it withholds rows of its own, and can be saved.
 */
export async function calibratedOn(
  ranker: Foretelling,
  { rowCount, columns, labels: all, weights: counts }: Examples,
  head: string,
): Promise<Foretelling> {
  const labels = all.get(head)!
  const weights = counts ?? new Float32Array(labels.length).fill(1)
  const isMixed = labels.some((label) => label > 0) && labels.some((label) => label < 1)
  if (!isMixed) return ranker
  const [chances] = await ranker.predict({ rowCount, columns })
  const curve = plattCurve({ chances: chances!, labels, weights })
  return {
    async predict(rows, signal) {
      const [first, ...others] = await ranker.predict(rows, signal)
      return [curve.apply(first!), ...others]
    },
  }
}
