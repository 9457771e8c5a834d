import { StarlingError } from '../error.ts'

/** Tells the operator of a failure that is not the caller's. */
export type Report = (error: unknown) => void

/** What a caller is told of an error that nobody foresaw: no more than that it is ours. */
export function asStarlingError(thrown: unknown): StarlingError {
  if (thrown instanceof StarlingError) return thrown
  return new StarlingError('internal', 'the request failed on our side; the server log says why')
}

/** True where the operator or we must act: these are reported. */
export const isOurs = ({ code }: StarlingError): boolean => ours.has(code)

const ours: ReadonlySet<string> = new Set(['internal', 'data_loss', 'unavailable'])
