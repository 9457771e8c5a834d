import { invalid } from '../../error.ts'

/** How dr/dt = -r P is followed from what is blurred (Choi et al. 2023, BSPM). */
export interface Sharpening {
  /**
   * One stage per step, or four (Runge and Kutta: of the fourth order all tableaus are alike here);
   * or what all of them come to with many steps, to a thousandth, whatever the steps.
   */
  readonly solver: 'euler' | 'rk4' | 'exact'
  /** T_s: how far it is followed, in [0, 10]; 0 leaves all as it is. */
  readonly time: number
  /** K_s: in how many steps, 1 to 8. */
  readonly steps: number
  /** What counts: where it ends, or the mean of the blurred and of where each step ends. */
  readonly states: 'last' | 'mean'
}

/**
 * As filters of an eigenvalue x of P: y₀ Σ coefficients[k] xᵏ, and `blurredShare` times what was
 * blurred by neighbours alone. The equation is linear, so that solving it is a polynomial of P.
 */
export interface SharpeningFilter {
  readonly coefficients: Float64Array
  readonly blurredShare: number
}

const stages = { euler: 1, rk4: 4 } as const
const [timeMax, stepsMax] = [10, 8]

/** Throws `invalid_argument` for what is out of range. */
export function sharpeningFilter({ solver, time, steps, states }: Sharpening): SharpeningFilter {
  if (!(time >= 0 && time <= timeMax)) {
    throw invalid('time', `${time} must be >= 0 and <= ${timeMax}`)
  }
  if (!(Number.isInteger(steps) && steps >= 1 && steps <= stepsMax)) {
    throw invalid('steps', `${steps} must be a whole number >= 1 and <= ${stepsMax}`)
  }
  const width = time / steps
  const step = solver === 'exact' ? fading(width) : stepOf(stages[solver], width)
  const ends: Float64Array[] = [step]
  while (ends.length < steps) ends.push(product(ends.at(-1)!, step))
  if (states === 'last') return { coefficients: ends.at(-1)!, blurredShare: 0 }
  const mean = new Float64Array(ends.at(-1)!.length)
  for (const end of ends) {
    for (const [power, value] of end.entries()) mean[power]! += value / (steps + 1)
  }
  return { coefficients: mean, blurredShare: 1 / (steps + 1) }
}

/** What one step makes of y: the beginning of e⁻ʰˣ. */
function stepOf(order: number, width: number): Float64Array {
  const coefficients = new Float64Array(order + 1)
  let value = 1
  for (let power = 0; power <= order; power++) {
    coefficients[power] = value
    value *= -width / (power + 1)
  }
  return coefficients
}

/** Of e⁻ʰˣ on [0, 1], where all eigenvalues of P lie. */
const errorMax = 1e-3

/** e⁻ʰˣ through the nodes of Chebyshev on [0, 1], of as low a degree as the error allows. */
function fading(width: number): Float64Array {
  for (let degree = 1; ; degree++) {
    const coefficients = through(degree, (x) => Math.exp(-width * x))
    let error = 0
    for (let x = 0; x <= 1; x += 1 / 64) {
      const value = coefficients.reduceRight((sum, coefficient) => sum * x + coefficient, 0)
      error = Math.max(error, Math.abs(value - Math.exp(-width * x)))
    }
    if (error <= errorMax) return coefficients
  }
}

/** Newton's interpolation, multiplied out. */
function through(degree: number, value: (x: number) => number): Float64Array {
  const nodes = Float64Array.from({ length: degree + 1 }, (_, k) => {
    return (1 + Math.cos((Math.PI * (k + 0.5)) / (degree + 1))) / 2
  })
  const divided = nodes.map(value)
  for (let order = 1; order <= degree; order++) {
    for (let k = degree; k >= order; k--) {
      divided[k] = (divided[k]! - divided[k - 1]!) / (nodes[k]! - nodes[k - order]!)
    }
  }
  let whole: Float64Array = Float64Array.of(divided[degree]!)
  for (let k = degree - 1; k >= 0; k--) {
    whole = product(whole, Float64Array.of(-nodes[k]!, 1))
    whole[0]! += divided[k]!
  }
  return whole
}

function product(left: Float64Array, right: Float64Array): Float64Array {
  const product = new Float64Array(left.length + right.length - 1)
  for (const [i, a] of left.entries()) {
    for (const [j, b] of right.entries()) product[i + j]! += a * b
  }
  return product
}
