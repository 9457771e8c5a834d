import { histogram, type SavedHistogram } from '../../kernel/statistics/histogram.ts'
import { topK } from '../../kernel/top-k.ts'

/** What a candidate made of runs that another ranker served: figures of both, side by side. */
export interface ShadowTally {
  /** Scores of both for the rows of one run, and how long each took. */
  add(run: ShadowRun): void
  /** None before the first run. */
  figures(): Readonly<Record<string, number>>
  save(): SavedTally
}

/** Plain data: a tally made from it goes on exactly where this one stood. */
export interface SavedTally {
  readonly runs: number
  readonly rows: number
  /** Sums over runs, and how many of them could be put in order. */
  readonly correlations: number
  readonly ordered: number
  readonly overlaps: number
  readonly tenths: readonly number[]
  readonly latency: SavedHistogram
}

export interface ShadowRun {
  readonly serving: Float32Array
  readonly candidate: Float32Array
  readonly candidateMs: number
}

/** Places at the top that are compared. */
const k = 10

const usPerMs = 1_000

/**
 * `offline` are the nine deciles of the candidate's scores where it was judged: what it says of
 * live runs should lie alike, a tenth between each two. How far it does not is the population
 * stability index, Σ (share - 0.1) ln(share / 0.1): below 0.1 nobody minds, above 0.25 something
 * is wrong.
 */
export function shadowTally(
  offline: readonly number[] | undefined,
  from: Partial<SavedTally> = {},
): ShadowTally {
  let { runs = 0, rows = 0, correlations = 0, ordered = 0, overlaps = 0 } = from
  const tenths = Float64Array.from(from.tenths ?? new Float64Array(10))
  const latency = histogram(from.latency)
  return {
    add({ serving, candidate, candidateMs }) {
      runs++
      rows += candidate.length
      latency.record(candidateMs * usPerMs)
      const together = rankCorrelation(serving, candidate)
      if (together !== undefined) {
        correlations += together
        ordered++
      }
      overlaps += overlapAt(serving, candidate)
      if (offline === undefined) return
      for (const score of candidate) {
        const place = offline.findIndex((decile) => score < decile)
        tenths[place < 0 ? 9 : place]! += 1
      }
    },

    figures() {
      if (runs === 0) return {}
      return {
        ...{ runs, rows, 'overlap@10': overlaps / runs },
        ...(ordered > 0 && { 'rank correlation': correlations / ordered }),
        'candidate ms p50': latency.quantile(0.5) / usPerMs,
        'candidate ms p99': latency.quantile(0.99) / usPerMs,
        ...(offline !== undefined && { 'score drift': stability(tenths) }),
      }
    },

    save: () => ({
      ...{ runs, rows, correlations, ordered, overlaps },
      ...{ tenths: [...tenths], latency: latency.save() },
    }),
  }
}

/** Spearman's: the correlation of the places. Undefined where one of them ties all rows. */
export function rankCorrelation(one: Float32Array, other: Float32Array): number | undefined {
  const [a, b] = [placesOf(one), placesOf(other)]
  const mean = (one.length - 1) / 2
  let [both, ofOne, ofOther] = [0, 0, 0]
  for (let row = 0; row < a.length; row++) {
    const [x, y] = [a[row]! - mean, b[row]! - mean]
    both += x * y
    ofOne += x * x
    ofOther += y * y
  }
  return ofOne === 0 || ofOther === 0 ? undefined : both / Math.sqrt(ofOne * ofOther)
}

/** Equal scores share the mean of their places. */
function placesOf(scores: Float32Array): Float64Array {
  const rows = Uint32Array.from(scores.keys()).sort((a, b) => scores[a]! - scores[b]!)
  const places = new Float64Array(scores.length)
  for (let from = 0; from < rows.length; ) {
    let to = from + 1
    while (to < rows.length && scores[rows[to]!] === scores[rows[from]!]) to++
    for (let at = from; at < to; at++) places[rows[at]!] = (from + to - 1) / 2
    from = to
  }
  return places
}

/** The share of the first ten of one that is among the first ten of the other. */
function overlapAt(one: Float32Array, other: Float32Array): number {
  const count = Math.min(k, one.length)
  if (count === 0) return 1
  const best = new Set(topK(one, count))
  return topK(other, count).filter((row) => best.has(row)).length / count
}

function stability(tenths: Float64Array): number {
  const total = tenths.reduce((sum, count) => sum + count, 0)
  return tenths.reduce((sum, count) => {
    // A tenth that nothing fell into counts as half a row: its logarithm is none.
    const share = Math.max(count, 0.5) / total
    return sum + (share - 0.1) * Math.log(share / 0.1)
  }, 0)
}
