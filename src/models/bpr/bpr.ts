import { invalid } from '../../error.ts'
import { type Random, seededRandom } from '../../kernel/random.ts'
import { openArena } from '../../kernel/wasm/arena.ts'
import { openTeam } from '../../kernel/wasm/kernel-team.ts'
import type { Interactions } from '../interactions.ts'
import type { TrainingRun } from '../model.ts'
import { openPace } from '../pace.ts'
import { openRounds } from '../rounds.ts'
import { type BprModel, bprModel } from './bpr-model.ts'
import { type DescentOptions, descentBytes, openDescent } from './descent.ts'

export interface BprOptions extends DescentOptions, TrainingRun {
  /** Passes over all cells, 1 to 10,000. */
  readonly passes: number
  /** How far a step goes at the beginning, > 0. */
  readonly rate: number
  /** How far at the end, as a share of that: in between it falls evenly. 1 where left out. */
  readonly rateLeft?: number
  /** Deviation of the numbers that vectors begin with, > 0; 0.1 where left out. */
  readonly deviation?: number
  /**
   * Threads that compute, 1 to 64; 1 where left out. More of them write the same vectors without
   * waiting for each other (Niu et al. 2011): the model is then another in each run.
   */
  readonly threads?: number
}

/**
 * Factors of users and items by stochastic descent on cells and items by chance, with the objective
 * that `options` declares. `interactions` has a row per user; weights don't count.
 *
 * Rests every few ms. Throws `invalid_argument` for options out of range, and
 * `resource_exhausted` for more data than 4 GB hold.
 */
export async function fitBpr(interactions: Interactions, options: BprOptions): Promise<BprModel> {
  check(options)
  const { dims, passes, rate, rateLeft = 1, deviation = 0.1, threads = 1, signal } = options
  const pace = openPace(signal)
  const sizeBytes = descentBytes(interactions, options, threads)
  options.reserve?.(sizeBytes, 'moving users and items')
  const arena = openArena({ sizeBytes, isShared: true })
  await using team = await openTeam({ arena, group: 'factors', threads, signal })
  const random = seededRandom(options.seed)
  const descent = openDescent({ arena, team }, interactions, options, random.fork('steps'))
  const begin = random.fork('begin')
  for (const vectors of [descent.users, descent.items]) {
    for (let start = 0; start < vectors.length; start += descent.width) {
      for (let k = 0; k < dims; k++) vectors[start + k] = deviation * normal(begin)
      if (pace.due(50 * dims)) await pace.rest()
    }
  }
  const { users: moved, items: met, states } = descent
  const rounds = openRounds(options.checkpoints, 'bpr-passes', [moved, met, ...states])
  const made = await rounds.takeUp()
  for (let pass = 1; pass <= made; pass++) descent.skip()
  for (let pass = 1 + made; pass <= passes; pass++) {
    const done = passes === 1 ? 0 : (pass - 1) / (passes - 1)
    await descent.pass(rate * (1 - done * (1 - rateLeft)))
    await pace.rest()
    if (pass < passes) await rounds.made(pass)
    options.onProgress?.(pass / passes)
  }
  const items = vectorsOf(descent.items, descent.width, dims)
  forgetUnmet(items, dims + 1, interactions)
  const users = vectorsOf(descent.users, descent.width, dims)
  return bprModel({ dims, regularization: options.regularization, users, items })
}

/** Box and Muller 1958. */
function normal(random: Random): number {
  const radius = Math.sqrt(-2 * Math.log(1 - random.next()))
  return radius * Math.cos(2 * Math.PI * random.next())
}

/** The dimensions and what stands behind them: an item's bias, or a user's 1. */
function vectorsOf(vectors: Float32Array, width: number, dims: number): Float32Array {
  const kept = new Float32Array((vectors.length / width) * (dims + 1))
  for (let row = 0; row < vectors.length / width; row++) {
    kept.set(vectors.subarray(row * width, row * width + dims + 1), row * (dims + 1))
  }
  return kept
}

/** Items that nobody met keep what chance gave them: zeros say that nothing was learned. */
function forgetUnmet(items: Float32Array, width: number, { columns }: Interactions): void {
  const met = new Uint8Array(items.length / width)
  for (const item of columns) met[item] = 1
  for (const [item, isMet] of met.entries()) {
    if (isMet === 0) items.fill(0, item * width, (item + 1) * width)
  }
}

function check(options: BprOptions): void {
  const whole = (field: 'dims' | 'passes' | 'negatives', most: number): void => {
    const value = options[field]
    if (Number.isInteger(value) && value >= 1 && value <= most) return
    throw invalid(field, `${value} must be a whole number >= 1 and <= ${most}`)
  }
  const positive = (field: string, value: number, most = Number.MAX_VALUE): void => {
    if (value > 0 && value <= most) return
    const range = most === Number.MAX_VALUE ? 'finite and > 0' : `> 0 and <= ${most}`
    throw invalid(field, `${value} must be ${range}`)
  }
  whole('dims', 1024)
  whole('passes', 10_000)
  whole('negatives', 1_000)
  positive('rate', options.rate)
  positive('rateLeft', options.rateLeft ?? 1, 1)
  positive('deviation', options.deviation ?? 0.1)
  const { regularization } = options
  if (regularization >= 0 && regularization < Number.POSITIVE_INFINITY) return
  throw invalid('regularization', `${regularization} must be finite and >= 0`)
}
