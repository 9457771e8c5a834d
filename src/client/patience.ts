import { StarlingError } from '../error.ts'

/**
 * How long to wait before the attempt after `failures` failed ones: at random between nothing and
 * a bound that doubles ("full jitter", Brooker 2015), so that those who failed together do not come
 * back together; never sooner than the server asked for. In ms.
 */
export function waitMsAfter(failures: number, error: unknown, bounds: Bounds): number {
  const { firstMs, mostMs, random } = bounds
  const drawn = random() * Math.min(mostMs, firstMs * 2 ** Math.min(failures - 1, 30))
  const asked = error instanceof StarlingError ? (error.retryAfterMs ?? 0) : 0
  return asked + drawn
}

export interface Bounds {
  readonly firstMs: number
  readonly mostMs: number
  /** Uniform on [0, 1). */
  readonly random: () => number
}

/** A server that asks for more than this is not waited for: the caller is told, and may. */
const askedMsMax = 10_000

/** Did the call fail for a while only? A refused one (429) did nothing; a lost one may have. */
export function isPassing(error: unknown, repeatable: boolean): error is StarlingError {
  if (!(error instanceof StarlingError)) return false
  if ((error.retryAfterMs ?? 0) > askedMsMax) return false
  return error.code === 'resource_exhausted' || (repeatable && error.code === 'unavailable')
}

/** Resolves after so long; rejects with `canceled` as soon as nobody waits any more. */
export async function pause(durationMs: number, signal: AbortSignal | undefined): Promise<void> {
  await new Promise<void>((resolve) => {
    const done = (): void => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, durationMs)
    if (signal?.aborted) done()
    else signal?.addEventListener('abort', done)
  })
  if (signal?.aborted) throw new StarlingError('canceled', 'nobody waits any more')
}
