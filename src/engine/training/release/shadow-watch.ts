import type { RequestId } from '../../../events/event.ts'
import type { Scorer } from '../../../feed/pipeline/scorer.ts'
import type { RankerInForce, ScoredRun } from '../../../feed/rank/learned.ts'
import {
  type SavedTally,
  type ShadowTally,
  shadowTally,
} from '../../../models/evaluation/shadow.ts'
import { placeOf } from '../../../state/releases/arms.ts'

/**
 * Scores a share of live runs with a candidate, off the path of the requests: after the answer has
 * been made, one run at a time, and none at all where too many wait. What is shown does not change.
 */
export interface ShadowWatch {
  /** On the request's path: whether the run is one of the share, and can be taken. */
  wants(request: RequestId): boolean
  add(run: WaitingRun): void
  figures(): Readonly<Record<string, number>>
  save(): SavedWatch
  stop(): void
}

/** Plain data. Runs that wait are left out: of them nothing was told. */
export interface SavedWatch extends SavedTally {
  readonly dropped: number
  readonly failures: number
}

export interface WaitingRun {
  /** What the serving version said of the rows; nobody changes it any more. */
  readonly serving: Float32Array
  /** Asks the candidate for the same rows. */
  readonly ask: () => Float32Array | Promise<Float32Array>
}

export interface ShadowWatchOptions {
  /** The candidate, by name and version. */
  readonly version: string
  /** Of requests, in [0, 1]. */
  readonly share: number
  /** Deciles of the candidate's scores where it was judged. */
  readonly offline?: readonly number[]
  /** Where an earlier watch of the same trial stood. */
  readonly from?: Partial<SavedWatch>
}

/** Runs that wait to be scored; those beyond are counted and left out. */
const waitingMost = 32

export function shadowWatch({
  version,
  share,
  offline,
  from = {},
}: ShadowWatchOptions): ShadowWatch {
  const tally: ShadowTally = shadowTally(offline, from)
  const waiting: WaitingRun[] = []
  let { dropped = 0, failures = 0 } = from
  let [isStopped, isBusy] = [false, false]

  const next = async (): Promise<void> => {
    const run = waiting.shift()
    if (run === undefined || isStopped) {
      isBusy = false
      return
    }
    try {
      const startedMs = performance.now()
      const candidate = await run.ask()
      const candidateMs = performance.now() - startedMs
      if (!isStopped)
        tally.add({ serving: run.serving, candidate: sound(run, candidate), candidateMs })
    } catch {
      // A candidate that cannot be asked is what shadows are for: nobody waited for it.
      if (!isStopped) failures++
    }
    setImmediate(next)
  }

  return {
    wants(request) {
      if (isStopped || placeOf(request, version) >= share) return false
      if (waiting.length < waitingMost) return true
      dropped++
      return false
    },
    add(run) {
      waiting.push(run)
      if (isBusy) return
      isBusy = true
      setImmediate(next)
    },
    figures: () => ({ ...tally.figures(), dropped, failures }),
    save: () => ({ ...tally.save(), dropped, failures }),
    stop() {
      isStopped = true
      waiting.length = 0
    },
  }
}

/** One number for each row, as whoever orders by them needs it. */
function sound({ serving }: WaitingRun, candidate: Float32Array): Float32Array {
  const scores = candidate.subarray(0, serving.length)
  if (scores.length === serving.length && scores.every(Number.isFinite)) return scores
  throw new Error(`${candidate.length} scores for ${serving.length} rows, not all of them numbers`)
}

/** Watches the ranker of all feeds, which is given columns. */
export function watchingColumns(watch: ShadowWatch, { model }: RankerInForce) {
  return ({ request, columns, rowCount, scores }: ScoredRun): void => {
    if (!watch.wants(request)) return
    // The run goes on to change what it holds.
    const copies = columns.map((column) => column.slice(0, rowCount))
    watch.add({ serving: scores.slice(0, rowCount), ask: () => model.predict(copies, rowCount) })
  }
}

/**
 * Watches a ranker that is asked for by name. The candidate reads the rows for itself, some
 * milliseconds later: of items it may know a deed more than the serving one did.
 */
export function watchingScorer(watch: ShadowWatch, serving: Scorer, candidate: Scorer): Scorer {
  return {
    ...serving,
    async score(query, candidates) {
      const columns = await serving.score(query, candidates)
      const [scores] = columns
      if (scores !== undefined && scores.length > 0 && watch.wants(query.request)) {
        const ask = async () => (await candidate.score(query, candidates))[0] ?? new Float32Array(0)
        watch.add({ serving: scores.slice(), ask })
      }
      return columns
    },
  }
}
