import { Agent, request } from 'node:http'
import { fromErrorBody } from '../../api/error-codes.ts'
import { StarlingError } from '../../error.ts'
import type { Asked, AskedPage, ReportOutcome, Transport } from '../../insight/load/transport.ts'
import type { Deed, ItemRow } from '../../insight/simulate/feed.ts'
import { gaugeIn } from './gauge-text.ts'

/**
 * A server over HTTP/1.1: connections are kept, each with one request at a time. No request takes
 * longer than the timeout.
 */
export interface HttpTransport extends Transport, Disposable {
  putItems(items: readonly ItemRow[]): Promise<ReportOutcome>
  /** Events as the API spells them, of a past that no page led to. */
  track(events: readonly Deed[]): Promise<ReportOutcome>
}

export interface HttpOptions {
  /** `http://127.0.0.1:7700`. */
  readonly base: string
  readonly key?: string
  readonly connectionsMax: number
  readonly timeoutMs: number
}

export function httpTransport(options: HttpOptions): HttpTransport {
  const { base, key, connectionsMax, timeoutMs } = options
  const agent = new Agent({ keepAlive: true, maxSockets: connectionsMax, scheduling: 'lifo' })
  const { hostname, port } = new URL(base)
  const head = { agent, hostname, port, timeout: timeoutMs }
  const proof = key === undefined ? {} : { authorization: `Bearer ${key}` }

  const send = (method: string, path: string, body?: unknown): Promise<string> =>
    new Promise((resolve, reject) => {
      const text = body === undefined ? undefined : JSON.stringify(body)
      const headers = {
        ...proof,
        ...(text !== undefined && {
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(text),
        }),
      }
      const asked = request({ ...head, method, path, headers }, (response) => {
        const chunks: Buffer[] = []
        response.on('data', (chunk: Buffer) => chunks.push(chunk))
        response.on('error', fail)
        response.on('end', () => {
          const answer = Buffer.concat(chunks).toString()
          const status = response.statusCode ?? 0
          if (status >= 200 && status < 300) resolve(answer)
          else reject(fromErrorBody(read(answer), status))
        })
      })
      const fail = (cause: Error): void => {
        if (cause instanceof StarlingError) reject(cause)
        else reject(new StarlingError('unavailable', `no answer: ${cause.message}`, { cause }))
      }
      asked.on('error', fail)
      asked.on('timeout', () => {
        const message = `no answer within ${timeoutMs} ms`
        asked.destroy(new StarlingError('deadline_exceeded', message))
      })
      asked.end(text)
    })

  const ask = async <Answer>(method: string, path: string, body?: unknown): Promise<Answer> => {
    const answer = read(await send(method, path, body))
    if (answer === undefined) throw new StarlingError('unavailable', `${path}: no JSON came back`)
    return answer as Answer // Described by the service, whose own tests hold it to that.
  }

  return {
    page: (asked) => ask<AskedPage>('GET', pathOf(asked)),
    report: (events) => ask<ReportOutcome>('POST', '/v1/events', { events }),
    track: (events) => ask<ReportOutcome>('POST', '/v1/events', { events }),
    putItems: (items) => ask<ReportOutcome>('POST', '/v1/items:batch', { items }),
    async withdraw(item) {
      await send('DELETE', `/v1/items/${encodeURIComponent(item)}`)
    },
    gauge: async () => gaugeIn(await send('GET', '/metrics')),
    [Symbol.dispose]: () => agent.destroy(),
  }
}

/** Spelt out, and not derived from the description: it is done for every page. */
function pathOf({ kind, user, size, scene, channel, item, cursor }: Asked): string {
  const common = `user=${encodeURIComponent(user)}&size=${size}`
  if (kind === 'similar') return `/v1/items/${encodeURIComponent(item!)}/similar?${common}`
  const where = channel === '' ? '' : `&channel=${encodeURIComponent(channel)}`
  const which = cursor === undefined ? '' : `&cursor=${encodeURIComponent(cursor)}`
  return `/v1/scenes/${scene}/feed?${common}${where}${which}`
}

function read(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
