import { invalid } from '../../error.ts'

/**
 * How what several heads foretell becomes one number to rank by. A product of powers compares what
 * is of no common unit: only ratios count. A sum is for heads that have a price, what brings
 * nothing or does harm included.
 */
export type Combination = Product | Sum

export interface Product {
  readonly factors: readonly CombinedHead[]
}

/** (plus + what the head foretells) ^ power */
export interface CombinedHead {
  readonly head: string
  readonly power: number
  /** 0 where left out; 1 keeps a product from vanishing where this head sees nothing. */
  readonly plus?: number
}

export interface Sum {
  readonly sum: readonly PricedHead[]
}

/** weight × what the head foretells */
export interface PricedHead {
  readonly head: string
  /** Below 0 for what is not to happen: a report, say. */
  readonly weight: number
}

/**
 * One number per row, for example click^1 × like^0.5 × (1 + dwell)^0.3, or click + 4 like - 20
 * report. Declared apart from the model, so that what counts can be changed without learning anew.
 * In a product, what is below 0 counts as 0.
 *
 * Throws `invalid_argument` for a head that the model doesn't have, powers and weights that are not
 * finite, and a `plus` below 0.
 */
export function combined(
  combination: Combination,
  heads: readonly string[],
  predictions: readonly Float32Array[],
): Float32Array {
  checkCombination(combination)
  const columnOf = ({ head }: CombinedHead | PricedHead, place: number): Float32Array => {
    const column = predictions[heads.indexOf(head)]
    if (column !== undefined) return column
    const at = 'sum' in combination ? 'sum' : 'factors'
    throw invalid(`${at}[${place}].head`, `"${head}" must be one of ${heads.join(', ')}`)
  }
  return 'sum' in combination
    ? summed(combination.sum, combination.sum.map(columnOf))
    : multiplied(combination.factors, combination.factors.map(columnOf))
}

/**
 * Throws `invalid_argument` for what no model could be asked for.
 *
 * @param field where the combination stands, for whoever is told
 */
export function checkCombination(combination: Combination, field = ''): void {
  const at = `${field && `${field}.`}${'sum' in combination ? 'sum' : 'factors'}`
  const parts = 'sum' in combination ? combination.sum : combination.factors
  if (parts.length === 0) throw invalid(at, 'must hold at least one head')
  for (const [place, part] of parts.entries()) {
    const of = `${at}[${place}]`
    if (parts.some(({ head }, other) => other < place && head === part.head))
      throw invalid(`${of}.head`, `"${part.head}" must be named once`)
    if ('weight' in part) {
      if (!Number.isFinite(part.weight))
        throw invalid(`${of}.weight`, `${part.weight} must be finite`)
      continue
    }
    const { power, plus = 0 } = part
    if (!Number.isFinite(power)) throw invalid(`${of}.power`, `${power} must be finite`)
    if (!(plus >= 0 && plus < Number.POSITIVE_INFINITY))
      throw invalid(`${of}.plus`, `${plus} must be finite and >= 0`)
  }
}

/** The formula as it is read: `click × (1 + dwell)^0.3`. */
export function formulaOf(combination: Combination): string {
  if ('sum' in combination)
    return combination.sum.map(({ head, weight }) => `${weight} × ${head}`).join(' + ')
  return combination.factors
    .map(({ head, power, plus = 0 }) => {
      const base = plus === 0 ? head : `(${plus} + ${head})`
      return power === 1 ? base : `${base}^${power}`
    })
    .join(' × ')
}

function summed(parts: readonly PricedHead[], columns: readonly Float32Array[]): Float32Array {
  const value = (row: number): number =>
    parts.reduce((sum, { weight }, place) => sum + weight * columns[place]![row]!, 0)
  return Float32Array.from(columns[0]!, (_, row) => value(row))
}

function multiplied(
  factors: readonly CombinedHead[],
  columns: readonly Float32Array[],
): Float32Array {
  // With powers below 0 nothing is divided by 0.
  const least = 1e-9
  const value = (row: number): number =>
    factors.reduce(
      (product, { power, plus = 0 }, place) =>
        product * Math.max(least, plus + Math.max(0, columns[place]![row]!)) ** power,
      1,
    )
  return Float32Array.from(columns[0]!, (_, row) => value(row))
}
