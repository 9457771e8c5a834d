import type { Scope } from '../../api/operation.ts'
import { StarlingError } from '../../error.ts'
import type { Keys } from '../keys.ts'

/** What a request shows of itself: two headers, or gRPC metadata of the same names. */
export interface Credentials {
  readonly authorization: string | undefined
  readonly apiKey: string | undefined
}

/**
 * Lets a request pass and names who it is from, or throws `unauthenticated` or `permission_denied`.
 * Without keys everything is open, but only to this machine: see `serve`.
 */
export type Guard = (credentials: Credentials, scope: Scope) => string

export function guard(keys: Keys | undefined, loopbackOnly: boolean): Guard {
  return ({ authorization, apiKey }, scope) => {
    // Whoever revokes the last key of a server that is open to the world does not mean to open it.
    if (loopbackOnly && (keys === undefined || keys.list().length === 0)) return 'open'
    const secret = apiKey ?? bearer(authorization)
    if (secret === undefined) {
      throw new StarlingError(
        'unauthenticated',
        'a key is needed, as "authorization: Bearer <key>" or "x-api-key: <key>"',
      )
    }
    const key = keys?.find(secret)
    if (key === undefined) throw new StarlingError('unauthenticated', 'the key is not known')
    if (key.scope !== scope && key.scope !== 'admin') {
      throw new StarlingError(
        'permission_denied',
        `a key of scope ${scope} or admin is needed; this one has scope ${key.scope}`,
      )
    }
    return `key ${key.id}`
  }
}

function bearer(authorization: string | undefined): string | undefined {
  return /^bearer +(\S+) *$/i.exec(authorization ?? '')?.[1]
}
