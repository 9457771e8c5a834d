import { StarlingError } from '../error.ts'

/** What is waited for, and for how long. */
export interface Limit {
  /** Named in the error: `fm/2`, `the model`. */
  readonly what: string
  readonly ms: number
  /** Whether nobody waits any more for another reason. */
  readonly signal?: AbortSignal | undefined
}

/**
 * Has the work end in time, or rejects with `deadline_exceeded`; the signal tells the work that
 * nobody waits for it any more.
 */
export async function inTime<Result>(
  { what, ms, signal }: Limit,
  work: (ends: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const ends = new AbortController()
  const stop = (): void => ends.abort(signal?.reason)
  // Whoever went before the work began sends no event any more.
  if (signal?.aborted) stop()
  signal?.addEventListener('abort', stop, { once: true })
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      const error = new StarlingError('deadline_exceeded', `${what} took longer than ${ms} ms`)
      ends.abort(error)
      reject(error)
    }, ms)
  })
  try {
    return await Promise.race([work(ends.signal), late])
  } finally {
    clearTimeout(timer)
    signal?.removeEventListener('abort', stop)
  }
}
