import { invalid } from '../../error.ts'
import { addGramOf, mirrorLower } from '../../kernel/linear/gram.ts'
import { seededRandom } from '../../kernel/random.ts'
import { type Interactions, transposed } from '../interactions.ts'
import type { TrainingRun } from '../model.ts'
import { openPace, type Pace } from '../pace.ts'
import { solveRows } from './conjugate-gradient.ts'
import { type IalsModel, ialsModel, type Penalty, penaltyOf } from './ials-model.ts'

export interface IalsOptions extends Penalty, TrainingRun {
  /** Numbers per vector, 1 to 1024. */
  readonly dims: number
  /** How often all users and then all items are solved, 1 to 1000. */
  readonly sweeps: number
}

/**
 * Matrix factorisation for implicit feedback by alternating least squares (Hu, Koren and Volinsky
 * 2008), with the frequency-scaled penalty of Rendle et al. 2021, solved by conjugate gradient
 * (Takács et al. 2011). `interactions` has a row per user and a column per item.
 *
 * Rests every few ms. Throws `invalid_argument` for options out of range.
 */
export async function fitIals(
  interactions: Interactions,
  options: IalsOptions,
): Promise<IalsModel> {
  check(options)
  const { dims, sweeps, alpha, regularization, frequencyPower } = options
  const pace = openPace(options.signal)
  const byItem = transposed(interactions)
  const users = new Float32Array(interactions.rowCount * dims)
  const items = await randomVectors(interactions.columnCount, options, pace)
  const solve = async (matrix: Interactions, rows: Float32Array, columns: Float32Array) => {
    const gram = await gramAtPace(columns, dims, pace)
    const penalty = (cells: number) => penaltyOf(options, cells, matrix.columnCount)
    await solveRows({ matrix, dims, rows, columns, gram, alpha, penalty }, pace)
  }
  for (let sweep = 1; sweep <= sweeps; sweep++) {
    await solve(interactions, users, items)
    await solve(byItem, items, users)
    await pace.rest()
    options.onProgress?.(sweep / sweeps)
  }
  const gram = await gramAtPace(items, dims, pace)
  return ialsModel({ regularization, frequencyPower, alpha, dims, items, gram })
}

async function gramAtPace(rows: Float32Array, dims: number, pace: Pace): Promise<Float64Array> {
  const gram = new Float64Array(dims * dims)
  const part = 512 * dims
  for (let start = 0; start < rows.length; start += part) {
    addGramOf(gram, rows.subarray(start, start + part), dims)
    if (pace.due((part * dims) / 2)) await pace.rest()
  }
  mirrorLower(gram, dims)
  return gram
}

/** Normal numbers of deviation 0.1 / √dims (Rendle et al. 2021): all products begin near 0. */
async function randomVectors(
  count: number,
  { dims, seed }: IalsOptions,
  pace: Pace,
): Promise<Float32Array> {
  const random = seededRandom(seed)
  const deviation = 0.1 / Math.sqrt(dims)
  const vectors = new Float32Array(count * dims)
  for (let index = 0; index < vectors.length; index++) {
    // Box and Muller 1958.
    const radius = Math.sqrt(-2 * Math.log(1 - random.next()))
    vectors[index] = deviation * radius * Math.cos(2 * Math.PI * random.next())
    // A draw takes about as long as fifty multiply-adds.
    if (pace.due(50)) await pace.rest()
  }
  return vectors
}

function check(options: IalsOptions): void {
  const whole = (field: 'dims' | 'sweeps', most: number): void => {
    const value = options[field]
    if (Number.isInteger(value) && value >= 1 && value <= most) return
    throw invalid(field, `${value} must be a whole number >= 1 and <= ${most}`)
  }
  const positive = (field: 'regularization' | 'alpha'): void => {
    const value = options[field]
    if (value > 0 && value < Number.POSITIVE_INFINITY) return
    throw invalid(field, `${value} must be finite and > 0`)
  }
  whole('dims', 1024)
  whole('sweeps', 1000)
  positive('regularization')
  positive('alpha')
  const power = options.frequencyPower
  if (!(power >= 0 && power <= 1)) throw invalid('frequencyPower', `${power} must be >= 0 and <= 1`)
}
