import type { Figure } from './source.ts'

/** Figures of some values; NaN for the mean and deviation of none. */
export function figureOf(figure: Figure, values: readonly number[]): number {
  const count = values.length
  if (figure === 'count') return count
  let sum = 0
  for (const value of values) sum += value
  const mean = sum / count
  if (figure === 'mean') return mean
  let squares = 0
  for (const value of values) squares += (value - mean) ** 2
  return deviation(count, squares)
}

/** The same of sums that were kept while the values came: how many, their sum, their squares'. */
export function figureOfSums(figure: Figure, count: number, sum: number, squares: number): number {
  if (figure === 'count') return count
  if (figure === 'mean') return sum / count
  return deviation(count, squares - (sum * sum) / count)
}

/** The sample's standard deviation, 0 of one value. Sums may fall below 0 by rounding. */
function deviation(count: number, squares: number): number {
  if (count === 0) return Number.NaN
  return count === 1 ? 0 : Math.sqrt(Math.max(0, squares) / (count - 1))
}
