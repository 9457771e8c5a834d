import { invalid } from '../../error.ts'
import { seededRandom } from '../../kernel/random.ts'
import { type Arena, openArena } from '../../kernel/wasm/arena.ts'
import { type KernelCall, openTeam } from '../../kernel/wasm/kernel-team.ts'
import type { TrainingRun } from '../model.ts'
import { openPace } from '../pace.ts'
import { openRounds } from '../rounds.ts'
import type { Sequences } from '../sequences.ts'

export interface SkipGramOptions extends TrainingRun {
  /** Numbers per vector, 1 to 1024. */
  readonly dims: number
  /** Passes over all sequences, 1 to 1000. */
  readonly passes: number
  /** How many places apart items go together at most, 1 to 1000; nearer ones more often. */
  readonly window: number
  /** Items by chance that each pair is held against, 1 to 100. */
  readonly negatives: number
  /** Chance goes by how often an item comes to this power: 0.75 in the paper, in [-1, 1]. */
  readonly negativePower: number
  /** How far a step goes at the beginning, > 0; it falls evenly to a hundredth. */
  readonly rate: number
  /**
   * Threads that compute, 1 to 64; 1 where left out. More of them write the same vectors without
   * waiting for each other (Niu et al. 2011): the model is then another in each run.
   */
  readonly threads?: number
}

/** Places in the list that negatives are drawn from, each item by its share. */
const poolLength = 1 << 18
/** Pairs of a call: some ms. */
const callPairs = 2_000

/**
 * Vectors of items that come near each other, itemCount × dims: skip-gram with negative sampling
 * (Mikolov et al. 2013). `sequencesOf` gives those of each pass, all as long as those of the first;
 * items that come in none have zeros.
 *
 * Rests every few ms. Throws `invalid_argument` for options out of range, and
 * `resource_exhausted` for more data than 4 GB hold.
 */
export async function skipGram(
  sequencesOf: (pass: number) => Sequences,
  options: SkipGramOptions,
): Promise<Float32Array> {
  check(options)
  const { dims, passes, threads = 1, signal } = options
  const first = sequencesOf(0)
  const { itemCount } = first
  const width = Math.ceil(dims / 8) * 8
  const numbers = 2 * itemCount * width + first.items.length + first.starts.length + poolLength
  const sizeBytes = (numbers + threads * width) * 4 + (6 + 2 * threads) * 64
  options.reserve?.(sizeBytes, 'skip-grams')
  const arena = openArena({ sizeBytes, isShared: true })
  await using team = await openTeam({ arena, group: 'factors', threads, signal })
  const pace = openPace(signal)
  const random = seededRandom(options.seed)
  const counts = countsOf(first)
  const laid = {
    starts: arena.uint32(first.starts.length),
    items: arena.uint32(first.items.length),
    inputs: arena.float32(itemCount * width),
    outputs: arena.float32(itemCount * width),
    pool: poolOf(arena, counts, options.negativePower),
    threads: Array.from({ length: threads }, () => ({
      scratch: arena.float32(width),
      state: stateOf(arena, random.below(2 ** 32), random.below(2 ** 32)),
    })),
  }
  const begin = random.fork('begin')
  for (let item = 0; item < itemCount; item++) {
    if (counts[item] === 0) continue
    for (let k = 0; k < dims; k++) laid.inputs[item * width + k] = (begin.next() - 0.5) / dims
  }
  const states = laid.threads.map(({ state }) => state)
  const parts = [laid.inputs, laid.outputs, ...states]
  const rounds = openRounds(options.checkpoints, 'skip-gram-passes', parts)
  const made = await rounds.takeUp()
  for (let pass = 0; pass < passes; pass++) {
    // Also of passes that were made before: each order follows from the one before it.
    const sequences = pass === 0 ? first : sequencesOf(pass)
    if (pass < made) continue
    laid.starts.set(sequences.starts)
    laid.items.set(sequences.items)
    const rate = options.rate * Math.max(0.01, 1 - pass / passes)
    await team.run(callsOf(arena, sequences, laid, { ...options, width, rate }))
    await pace.rest()
    if (pass + 1 < passes) await rounds.made(pass + 1)
    options.onProgress?.((pass + 1) / passes)
  }
  const vectors = new Float32Array(itemCount * dims)
  for (let item = 0; item < itemCount; item++) {
    vectors.set(laid.inputs.subarray(item * width, item * width + dims), item * dims)
  }
  return vectors
}

interface Laid {
  readonly starts: Uint32Array
  readonly items: Uint32Array
  readonly inputs: Float32Array
  readonly outputs: Float32Array
  readonly pool: Uint32Array
  readonly threads: readonly { readonly scratch: Float32Array; readonly state: Uint32Array }[]
}

function callsOf(
  { addressOf: at }: Arena,
  { starts }: Sequences,
  laid: Laid,
  options: SkipGramOptions & { readonly width: number },
): readonly KernelCall[] {
  const { width, window, negatives, rate } = options
  const calls: KernelCall[] = []
  const count = starts.length - 1
  let [from, pairs] = [0, 0]
  for (let sequence = 0; sequence < count; sequence++) {
    pairs += (starts[sequence + 1]! - starts[sequence]!) * (window + 1)
    if (pairs < callPairs && sequence + 1 < count) continue
    const range = [from, sequence + 1]
    const values = (thread: number): readonly number[] => [
      ...[at(laid.starts), at(laid.items), ...range, at(laid.inputs), at(laid.outputs)],
      ...[width, window, negatives, at(laid.pool), laid.pool.length, rate],
      ...[at(laid.threads[thread]!.scratch), at(laid.threads[thread]!.state)],
    ]
    calls.push({ kernel: 'skipGrams', values, work: pairs * (negatives + 1) * width * 4 })
    from = sequence + 1
    pairs = 0
  }
  return calls
}

function countsOf({ itemCount, items }: Sequences): Float64Array {
  const counts = new Float64Array(itemCount)
  for (const item of items) counts[item]! += 1
  return counts
}

/** Each item as often as its share of all counts to the power; those that never come, never. */
function poolOf(arena: Arena, counts: Float64Array, power: number): Uint32Array {
  const weights = counts.map((count) => (count === 0 ? 0 : count ** power))
  const sum = weights.reduce((total, weight) => total + weight, 0)
  const pool = arena.uint32(poolLength)
  let [place, reached] = [0, 0]
  for (const [item, weight] of weights.entries()) {
    reached += weight / sum
    const end = Math.min(poolLength, Math.round(reached * poolLength))
    if (end > place) pool.fill(item, place, end)
    place = Math.max(place, end)
  }
  return pool
}

function stateOf(arena: Arena, low: number, high: number): Uint32Array {
  const state = arena.uint32(2)
  // Never all 0.
  state.set([low, high | 1])
  return state
}

function check(options: SkipGramOptions): void {
  const whole = (field: 'dims' | 'passes' | 'window' | 'negatives', most: number): void => {
    const value = options[field]
    if (Number.isInteger(value) && value >= 1 && value <= most) return
    throw invalid(field, `${value} must be a whole number >= 1 and <= ${most}`)
  }
  whole('dims', 1024)
  whole('passes', 1000)
  whole('window', 1000)
  whole('negatives', 100)
  const { negativePower, rate } = options
  if (!(negativePower >= -1 && negativePower <= 1)) {
    throw invalid('negativePower', `${negativePower} must be >= -1 and <= 1`)
  }
  if (!(rate > 0 && rate < Number.POSITIVE_INFINITY)) {
    throw invalid('rate', `${rate} must be finite and > 0`)
  }
}
