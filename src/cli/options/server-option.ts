import { fromErrorBody } from '../../api/error-codes.ts'
import { invalid, StarlingError } from '../../error.ts'
import type { Call } from '../command.ts'

export const serverOption = { against: { type: 'string' }, key: { type: 'string' } } as const

export const serverUsage = `  --against URL      where the server is (http://127.0.0.1:7700)
  --key K            a key of the scope admin (or STARLING_KEY), where it has keys`

const usualAddress = 'http://127.0.0.1:7700'

/** A running server, asked by a command. Rejects with the error that the server sent. */
export type AskServer = <Answer>(
  method: 'GET' | 'POST',
  path: string,
  body?: unknown,
) => Promise<Answer>

export function serverOf({ values, signal }: Pick<Call, 'values' | 'signal'>): AskServer {
  const base = values['against'] ?? usualAddress
  if (typeof base !== 'string' || !/^https?:$/.test(protocolOf(base))) {
    throw invalid('against', `${base} must be an address such as ${usualAddress}`)
  }
  const key = values['key'] ?? process.env['STARLING_KEY']
  const headers = {
    'content-type': 'application/json',
    ...(typeof key === 'string' && key !== '' && { authorization: `Bearer ${key}` }),
  }
  return async <Answer>(method: string, path: string, body?: unknown) => {
    const url = new URL(path, base)
    const sent = body === undefined ? {} : { body: JSON.stringify(body) }
    const response = await fetch(url, { method, headers, signal, ...sent }).catch((cause) => {
      signal.throwIfAborted()
      const message = `${base} gave no answer; is a server running there?`
      throw new StarlingError('unavailable', message, { cause })
    })
    const answer: unknown = await response.json().catch(() => undefined)
    if (!response.ok) throw fromErrorBody(answer, response.status)
    if (answer === undefined) throw new StarlingError('unavailable', `${url}: no JSON came back`)
    return answer as Answer // Described by the service, whose own tests hold it to that.
  }
}

function protocolOf(address: string): string {
  return URL.canParse(address) ? new URL(address).protocol : ''
}
