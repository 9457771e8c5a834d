import { invalid } from '../../error.ts'
import { addGramOf, mirrorLower } from '../../kernel/linear/gram.ts'
import { seededRandom } from '../../kernel/random.ts'
import { openArena } from '../../kernel/wasm/arena.ts'
import { openTeam } from '../../kernel/wasm/kernel-team.ts'
import { type Interactions, transposed } from '../interactions.ts'
import type { TrainingRun } from '../model.ts'
import { openPace, type Pace } from '../pace.ts'
import { packed, spread } from '../padded.ts'
import { openRounds } from '../rounds.ts'
import {
  halfSweepBytes,
  halfSweeps,
  placedSide,
  type Side,
  sideBytes,
  widthFor,
} from './half-sweep.ts'
import { type IalsModel, ialsModel, type Penalty, penaltyOf } from './ials-model.ts'

export interface IalsOptions extends Penalty, TrainingRun {
  /** Numbers per vector, 1 to 1024. */
  readonly dims: number
  /** How often all users and then all items are solved, 1 to 1000. */
  readonly sweeps: number
  /** Threads that compute, 1 to 64; 1 where left out. The model is the same, bit by bit. */
  readonly threads?: number
}

/**
 * Steps per row and sweep; more change nothing that a sweep more would not (Takács et al. 2011).
 */
const steps = 3

/**
 * Matrix factorisation for implicit feedback by alternating least squares (Hu, Koren and Volinsky
 * 2008), with the frequency-scaled penalty of Rendle et al. 2021, solved by conjugate gradient
 * (Takács et al. 2011). `interactions` has a row per user and a column per item.
 *
 * Takes 16 bytes per interaction and 4 × dims per user and item, 4 GB at most. Rests every few ms.
 * Throws `invalid_argument` for options out of range, and `resource_exhausted` for more data.
 */
export async function fitIals(
  interactions: Interactions,
  options: IalsOptions,
): Promise<IalsModel> {
  check(options)
  const { dims, sweeps, alpha, regularization, frequencyPower } = options
  const { threads = 1, signal, checkpoints } = options
  const pace = openPace(signal)
  const byItem = transposed(interactions)
  const width = widthFor(dims)
  const sides = sideBytes(interactions, width) + sideBytes(byItem, width)
  const sizeBytes = sides + halfSweepBytes(width, threads)
  options.reserve?.(sizeBytes, 'solving for users and items')
  const arena = openArena({ sizeBytes, isShared: true })
  await using team = await openTeam({ arena, group: 'factors', threads, signal })
  const [users, items] = [interactions, byItem].map((matrix) => {
    const penalty = (cells: number) => penaltyOf(options, cells, matrix.columnCount)
    return placedSide(arena, matrix, width, penalty)
  }) as [Side, Side] // As many as were given.
  spread(await randomVectors(byItem.rowCount, options, pace), dims, items.vectors, width)
  const { solve } = halfSweeps({ arena, team, width, alpha })
  // Conjugate gradient begins where the sweep before ended, with users as with items.
  const rounds = openRounds(checkpoints, 'ials-sweeps', [users.vectors, items.vectors])
  for (let sweep = 1 + (await rounds.takeUp()); sweep <= sweeps; sweep++) {
    await solve(users, items, steps)
    await solve(items, users, steps)
    await pace.rest()
    if (sweep < sweeps) await rounds.made(sweep)
    options.onProgress?.(sweep / sweeps)
  }
  const vectors = packed(items.vectors, width, dims)
  const gram = await gramAtPace(vectors, dims, pace)
  return ialsModel({ regularization, frequencyPower, alpha, dims, items: vectors, gram })
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
