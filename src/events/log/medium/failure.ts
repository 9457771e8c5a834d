import { StarlingError } from '../../../error.ts'

/**
 * What the operator is told where the medium refused: `unavailable`, what was being done, and the
 * system's own words. Errors of ours, and bugs, pass through as they are.
 */
export function mediumFailure(doing: string, cause: unknown): unknown {
  if (cause instanceof StarlingError || systemCode(cause) === undefined) return cause
  const message = cause instanceof Error ? cause.message : String(cause)
  return new StarlingError('unavailable', `${doing}: ${message}`, { cause })
}

/** The code of a system error ("ENOENT"), `undefined` for any other (Node's "ERR_INVALID_…"). */
export function systemCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined
  const { code } = error
  return typeof code === 'string' && /^E[A-Z0-9]+$/.test(code) ? code : undefined
}

/** Durable bytes are gone or changed: only the operator can bring them back. */
export function dataLoss(path: string, position: number, what: string): StarlingError {
  return new StarlingError('data_loss', `${path} at byte ${position}: ${what}`)
}
