import { StarlingError } from '../error.ts'

/** Tells the operator of a failure that is not the caller's. */
export type Report = (error: unknown) => void

/** What a caller is told of an error; of one that nobody foresaw, no more than that it is ours. */
export function asStarlingError(thrown: unknown): StarlingError {
  if (thrown instanceof StarlingError) return thrown
  if (thrown instanceof Error && thrown.name === 'AbortError') {
    return new StarlingError('canceled', 'nobody waits for the answer any more')
  }
  return new StarlingError('internal', 'the request failed on our side; the server log says why')
}

/** True where something is broken. That the engine is not ready yet, or busy, is none of these. */
export const mustReport = ({ code }: StarlingError): boolean =>
  code === 'internal' || code === 'data_loss'
