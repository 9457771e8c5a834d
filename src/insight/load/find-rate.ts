import { isHeld, type LoadResult } from './result/load-result.ts'

export interface Found {
  /** The largest rate that was held; undefined where none was. */
  readonly best: LoadResult | undefined
  /** All that was tried, in order. */
  readonly steps: readonly LoadResult[]
}

/** Each try goes this much further, until one fails. */
const stride = 1.3

/** Between what was held and what was not, it is halved until they are this close. */
const closeEnough = 1.06

const triesMax = 24

/**
 * The largest rate of pages per second that is held, events in proportion: up in strides from a
 * rate that is low enough, then by halving. What is not held is tried once more: on a machine that
 * others use, a hiccup is no bound. `run` loads the server at a rate. Ends early, with what
 * there is, where the signal is aborted.
 */
export async function findRate(
  from: number,
  run: (feedsPerSecond: number) => Promise<LoadResult>,
  signal: AbortSignal,
): Promise<Found> {
  const steps: LoadResult[] = []
  let best: LoadResult | undefined
  let [held, failed] = [0, Number.POSITIVE_INFINITY]
  let [rate, again] = [from, false]
  while (!signal.aborted && steps.length < triesMax) {
    const step = await run(rate)
    if (signal.aborted) break
    steps.push(step)
    if (isHeld(step)) {
      best = step
      held = rate
    } else if (!again) {
      again = true
      continue
    } else failed = rate
    again = false
    if (failed / held <= closeEnough) break
    if (failed === Number.POSITIVE_INFINITY) rate = held * stride
    else rate = held === 0 ? failed / 2 : Math.sqrt(held * failed)
  }
  return { best, steps }
}
