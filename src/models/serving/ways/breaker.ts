import { StarlingError } from '../../../error.ts'

/** Failures in a row after which whoever fails is left alone for a while. */
const failuresMax = 3
const restMs = 2_000

/**
 * Lets work through as long as it succeeds now and then. After three failures in a row it refuses
 * at once, with `unavailable`; every two seconds one piece of work may try.
 */
export function breaker(
  what: string,
  nowMs: () => number = () => performance.now(),
): <Result>(work: () => Promise<Result>) => Promise<Result> {
  let failures = 0
  let triedMs = 0
  let last = ''
  return async (work) => {
    if (failures >= failuresMax && nowMs() - triedMs < restMs) {
      throw new StarlingError('unavailable', `${what}; it is asked again soon (${last})`)
    }
    triedMs = nowMs()
    try {
      const result = await work()
      failures = 0
      return result
    } catch (error) {
      // What is wrong with the rows says nothing of whoever refused them.
      if (!(error instanceof StarlingError && error.code === 'invalid_argument')) failures++
      last = error instanceof Error ? error.message : String(error)
      throw error
    }
  }
}
