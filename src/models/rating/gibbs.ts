import { gamma, normal } from '../../kernel/distributions.ts'
import type { Random } from '../../kernel/random.ts'
import type { Relation } from './relation.ts'

/**
 * Draws factorisation machines from what they may be, given the ratings (Freudenthaler,
 * Schmidt-Thieme and Rendle 2011; libFM's MCMC: Rendle 2012, section 4.4): one number after another
 * from its normal distribution beside all others, and the strengths of the priors from theirs. So
 * nothing has to be tuned, and the mean over many draws fits no noise.
 *
 * A rating is bias + Σ weights + Σ pairs of features ⟨v, v'⟩, over the features of its row in each
 * relation, and normal noise.
 */
export interface Sampler {
  /** Draws all numbers once more. */
  sweep(): void
  /** What was drawn last. */
  readonly state: FactorState
}

export interface FactorState {
  readonly bias: number
  /** By relation. */
  readonly sides: readonly SideState[]
}

export interface SideState {
  /** By feature. */
  readonly weights: Float64Array
  /** featureCount numbers for each of `dims`, one dimension behind the other. */
  readonly vectors: Float64Array
}

export function openSampler(
  relations: readonly Relation[],
  labels: ArrayLike<number>,
  dims: number,
  random: Random,
): Sampler {
  const count = labels.length
  const sides = relations.map((relation) => sideOf(relation, dims, random))
  let bias = 0
  for (let row = 0; row < count; row++) bias += labels[row]! / count
  const errors = Float64Array.from({ length: count }, (_, row) => labels[row]! - bias)
  for (let k = 0; k < dims; k++) fitErrors(errors, sides, k, -1)
  let precision = 1
  const drawPriors = (): void => {
    const squares = errors.reduce((sum, error) => sum + error * error, 0)
    precision = gamma(random, (1 + count) / 2, (1 + squares) / 2)
    for (const side of sides) drawSidePriors(side, dims, random)
  }
  const drawBias = (): void => {
    const sum = errors.reduce((total, error) => total + error, 0)
    // As if there were one more rating of the same bias: its prior is weak.
    const strength = precision * count + 1e-6
    const next =
      (precision * (sum + count * bias)) / strength + normal(random) / Math.sqrt(strength)
    for (let row = 0; row < count; row++) errors[row]! -= next - bias
    bias = next
  }
  return {
    get state() {
      return { bias, sides }
    },
    sweep() {
      drawPriors()
      drawBias()
      for (const side of sides) drawWeights(side, errors, precision, random)
      for (let k = 0; k < dims; k++) {
        for (const side of sides) fillSums(side, k)
        for (const side of sides) drawDimension(side, sides, k, errors, precision, random)
      }
    },
  }
}

interface Side extends SideState {
  readonly relation: Relation
  /** By row: ratings of it. */
  readonly counts: Float64Array
  /** By row: Σ features value × vector, of the dimension at work. */
  readonly sums: Float64Array
  /** By rating, what the other sides' sums come to. */
  readonly others: Float64Array
  /** By row. */
  readonly totals: Totals
  /** By group: of the weights, and then of each dimension. */
  readonly means: Float64Array
  readonly strengths: Float64Array
}

/** Sums over the ratings of each row, and how their errors have changed so far. */
interface Totals {
  readonly other: Float64Array
  readonly otherSquare: Float64Array
  readonly error: Float64Array
  readonly errorOther: Float64Array
  readonly shift: Float64Array
  readonly shiftOther: Float64Array
}

function sideOf(relation: Relation, dims: number, random: Random): Side {
  const { rows, rowCount, featureCount, groupCount } = relation
  const counts = new Float64Array(rowCount)
  for (const row of rows) counts[row]! += 1
  const perRow = () => new Float64Array(rowCount)
  return {
    relation,
    counts,
    weights: new Float64Array(featureCount),
    vectors: Float64Array.from({ length: featureCount * dims }, () => 0.1 * normal(random)),
    sums: perRow(),
    others: new Float64Array(rows.length),
    totals: {
      ...{ other: perRow(), otherSquare: perRow(), error: perRow() },
      ...{ errorOther: perRow(), shift: perRow(), shiftOther: perRow() },
    },
    means: new Float64Array(groupCount * (1 + dims)),
    strengths: new Float64Array(groupCount * (1 + dims)).fill(1),
  }
}

/** errors += sign × the products of dimension k, over pairs of features. */
function fitErrors(errors: Float64Array, sides: readonly Side[], k: number, sign: number): void {
  const squares = sides.map((side) => {
    fillSums(side, k)
    const { featureCount, starts, cellRows, cellValues, rowCount } = side.relation
    const sum = new Float64Array(rowCount)
    for (let feature = 0; feature < featureCount; feature++) {
      const vector = side.vectors[k * featureCount + feature]!
      for (let cell = starts[feature]!; cell < starts[feature + 1]!; cell++) {
        sum[cellRows[cell]!]! += (vector * cellValues[cell]!) ** 2
      }
    }
    return sum
  })
  for (let rating = 0; rating < errors.length; rating++) {
    let [sum, square] = [0, 0]
    for (const [index, { relation, sums }] of sides.entries()) {
      sum += sums[relation.rows[rating]!]!
      square += squares[index]![relation.rows[rating]!]!
    }
    errors[rating]! += (sign * (sum * sum - square)) / 2
  }
}

function fillSums({ relation, vectors, sums }: Side, k: number): void {
  const { featureCount, starts, cellRows, cellValues } = relation
  sums.fill(0)
  for (let feature = 0; feature < featureCount; feature++) {
    const vector = vectors[k * featureCount + feature]!
    for (let cell = starts[feature]!; cell < starts[feature + 1]!; cell++) {
      sums[cellRows[cell]!]! += vector * cellValues[cell]!
    }
  }
}

/** The mean and the strength of each group's numbers, from a normal-gamma prior of 1, 1, 0, 1. */
function drawSidePriors(side: Side, dims: number, random: Random): void {
  const { relation, weights, vectors, means, strengths } = side
  const { featureCount, groups, groupCount } = relation
  for (let k = -1; k < dims; k++) {
    const numbers = k < 0 ? weights : vectors
    const start = k < 0 ? 0 : k * featureCount
    const [sums, squares, counts] = [0, 0, 0].map(() => new Float64Array(groupCount)) as [
      Float64Array,
      Float64Array,
      Float64Array,
    ]
    for (let feature = 0; feature < featureCount; feature++) {
      const [group, value] = [groups[feature]!, numbers[start + feature]!]
      sums[group]! += value
      squares[group]! += (value - means[(k + 1) * groupCount + group]!) ** 2
      counts[group]! += 1
    }
    for (let group = 0; group < groupCount; group++) {
      const at = (k + 1) * groupCount + group
      const count = counts[group]!
      const rate = (1 + squares[group]! + means[at]! ** 2) / 2
      strengths[at] = gamma(random, (2 + count) / 2, rate)
      const deviation = 1 / Math.sqrt((1 + count) * strengths[at]!)
      means[at] = sums[group]! / (1 + count) + normal(random) * deviation
    }
  }
}

function drawWeights(side: Side, errors: Float64Array, precision: number, random: Random): void {
  const { relation, counts, weights, means, strengths, totals } = side
  const { rows, featureCount, starts, cellRows, cellValues, groups } = relation
  const { error, shift } = totals
  error.fill(0)
  shift.fill(0)
  for (let rating = 0; rating < rows.length; rating++) error[rows[rating]!]! += errors[rating]!
  for (let feature = 0; feature < featureCount; feature++) {
    const before = weights[feature]!
    let [squares, products] = [0, 0]
    for (let cell = starts[feature]!; cell < starts[feature + 1]!; cell++) {
      const [row, value] = [cellRows[cell]!, cellValues[cell]!]
      squares += value * value * counts[row]!
      products += value * error[row]!
    }
    const group = groups[feature]!
    const strength = precision * squares + strengths[group]!
    const pull = precision * (products + before * squares) + strengths[group]! * means[group]!
    const next = pull / strength + normal(random) / Math.sqrt(strength)
    const step = next - before
    weights[feature] = next
    for (let cell = starts[feature]!; cell < starts[feature + 1]!; cell++) {
      const [row, value] = [cellRows[cell]!, cellValues[cell]!]
      error[row]! -= step * value * counts[row]!
      shift[row]! -= step * value
    }
  }
  for (let rating = 0; rating < rows.length; rating++) errors[rating]! += shift[rows[rating]!]!
}

/** Sums over the ratings of each row, before its side is drawn. */
function gather(side: Side, sides: readonly Side[], errors: Float64Array): void {
  const { rows } = side.relation
  const { other, otherSquare, error, errorOther, shift, shiftOther } = side.totals
  for (const column of Object.values(side.totals)) column.fill(0)
  shift.fill(0)
  shiftOther.fill(0)
  for (let rating = 0; rating < rows.length; rating++) {
    let sum = 0
    for (const one of sides) if (one !== side) sum += one.sums[one.relation.rows[rating]!]!
    side.others[rating] = sum
    const row = rows[rating]!
    other[row]! += sum
    otherSquare[row]! += sum * sum
    error[row]! += errors[rating]!
    errorOther[row]! += errors[rating]! * sum
  }
}

/**
 * One dimension of one side. A rating moves with the number of a feature by value × (the other
 * sides' sums + what the rest of its own row comes to): of that, sums by row tell all there is to
 * know, so the ratings themselves are visited twice and not once for each cell.
 */
function drawDimension(
  side: Side,
  sides: readonly Side[],
  k: number,
  errors: Float64Array,
  precision: number,
  random: Random,
): void {
  gather(side, sides, errors)
  const { relation, counts, vectors, sums, means, strengths, others } = side
  const { rows, featureCount, starts, cellRows, cellValues, groups, groupCount } = relation
  const { other, otherSquare, error, errorOther, shift, shiftOther } = side.totals
  for (let feature = 0; feature < featureCount; feature++) {
    const before = vectors[k * featureCount + feature]!
    let [squares, products] = [0, 0]
    for (let cell = starts[feature]!; cell < starts[feature + 1]!; cell++) {
      const [row, value] = [cellRows[cell]!, cellValues[cell]!]
      const rest = sums[row]! - value * before
      const square = otherSquare[row]! + rest * (2 * other[row]! + rest * counts[row]!)
      squares += value * value * square
      products += value * (errorOther[row]! + rest * error[row]!)
    }
    const at = (k + 1) * groupCount + groups[feature]!
    const strength = precision * squares + strengths[at]!
    const pull = precision * (products + before * squares) + strengths[at]! * means[at]!
    const next = pull / strength + normal(random) / Math.sqrt(strength)
    const step = next - before
    vectors[k * featureCount + feature] = next
    for (let cell = starts[feature]!; cell < starts[feature + 1]!; cell++) {
      const [row, value] = [cellRows[cell]!, cellValues[cell]!]
      const rest = sums[row]! - value * before
      const move = step * value
      error[row]! -= move * (other[row]! + rest * counts[row]!)
      errorOther[row]! -= move * (otherSquare[row]! + rest * other[row]!)
      shift[row]! -= move * rest
      shiftOther[row]! -= move
      sums[row]! += move
    }
  }
  for (let rating = 0; rating < rows.length; rating++) {
    const row = rows[rating]!
    errors[rating]! += shift[row]! + shiftOther[row]! * others[rating]!
  }
}
