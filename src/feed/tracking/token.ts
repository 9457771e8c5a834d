import { createHmac, timingSafeEqual } from 'node:crypto'
import type { RequestId } from '../../events/event.ts'

/**
 * Tracking tokens: `<request>.<position>.<tag>`, and the tag is the first 72 bits of
 * HMAC-SHA256(secret, request). The tag says that we named the request; what the token stands for
 * (scene, channel, arms, sources, model, time, and which item that place held) is in the page's own
 * record, so it cannot be forged, and the token stays short. One tag serves the whole page.
 */
export interface TokenSeal {
  /** Makes the tokens of one page. */
  page(request: RequestId): (position: number) => string

  /** What a genuine token names; `undefined` for any other text. */
  open(token: string): { readonly request: RequestId; readonly position: number } | undefined
}

const tagLength = 12

const tokenForm = /^([\w-]{1,64})\.(\d{1,3})\.([\w-]{12})$/

/** Pages whose tags are kept: all that happens on a page is told by tokens of the same tag. */
const keptMax = 1_000

export function tokenSeal(secret: Uint8Array): TokenSeal {
  const kept = new Map<RequestId, string>()
  const tagOf = (request: RequestId): string =>
    kept.get(request) ??
    createHmac('sha256', secret).update(request).digest('base64url').slice(0, tagLength)
  // Of genuine pages alone: made-up ones must not push them out.
  const keep = (request: RequestId, tag: string): void => {
    if (kept.has(request)) return
    if (kept.size === keptMax) kept.delete(kept.keys().next().value!)
    kept.set(request, tag)
  }
  return {
    page(request) {
      const tag = tagOf(request)
      keep(request, tag)
      return (position) => `${request}.${position}.${tag}`
    },

    open(token) {
      const parts = tokenForm.exec(token)
      if (parts === null) return undefined
      const [, request, position, tag] = parts
      const expected = tagOf(request!)
      if (!timingSafeEqual(Buffer.from(tag!), Buffer.from(expected))) return undefined
      keep(request!, expected)
      return { request: request!, position: Number(position) }
    },
  }
}
