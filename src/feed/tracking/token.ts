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

export function tokenSeal(secret: Uint8Array): TokenSeal {
  const tagOf = (request: RequestId): string =>
    createHmac('sha256', secret).update(request).digest('base64url').slice(0, tagLength)
  return {
    page(request) {
      const tag = tagOf(request)
      return (position) => `${request}.${position}.${tag}`
    },

    open(token) {
      const parts = tokenForm.exec(token)
      if (parts === null) return undefined
      const [, request, position, tag] = parts
      const expected = Buffer.from(tagOf(request!))
      if (!timingSafeEqual(Buffer.from(tag!), expected)) return undefined
      return { request: request!, position: Number(position) }
    },
  }
}
