import { Agent as HttpAgent, request as httpRequest } from 'node:http'
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https'
import { invalid, StarlingError } from '../../../error.ts'
import { type Feature, type Manifest, oneOf, textAt, wholeAt } from '../manifest.ts'
import type { RawValue } from '../raw-value.ts'
import type { Servable } from '../servable.ts'
import { type LooseJson, readLooseJson } from '../wire/loose-json.ts'
import { breaker } from './breaker.ts'
import { type RawTable, rawServable } from './raw-servable.ts'

/**
 * A model that another server has, asked in the format of TensorFlow Serving: `url` names it whole
 * (`http://host:8501/v1/models/recmodel:predict`), `timeoutMs` (200) bounds an answer, and
 * `connections` (8) are kept open. All rows of a request go in one call. After three failures in a
 * row it is left alone for two seconds: who asks meanwhile is told at once, and need not wait for
 * it.
 */
export function openRemote(manifest: Manifest): Servable {
  const { all, heads, features } = manifest
  const url = urlAt(textAt(all['url'], 'url'))
  const timeoutMs = all['timeoutMs'] === undefined ? 200 : wholeAt(all['timeoutMs'], 'timeoutMs', 1)
  const maxSockets =
    all['connections'] === undefined ? 8 : wholeAt(all['connections'], 'connections', 1)
  const form = oneOf(all['form'] ?? 'row', 'form', ['row', 'column'] as const)
  const signature =
    all['signatureName'] === undefined ? '' : textAt(all['signatureName'], 'signatureName')
  const isSafe = url.protocol === 'https:'
  const agent = new (isSafe ? HttpsAgent : HttpAgent)({ keepAlive: true, maxSockets })
  const guarded = breaker(`${url.host} does not answer`)
  const named = (row: number, rows: RawTable) =>
    Object.fromEntries(
      features.map((feature, index) => [feature.input, sent(feature, rows.value(index, row))]),
    )
  const bodyOf = (rows: RawTable): string => {
    const places = Array.from({ length: rows.rowCount }, (_, row) => row)
    const columns = () =>
      Object.fromEntries(
        features.map((feature, index) => [
          feature.input,
          places.map((row) => sent(feature, rows.value(index, row))),
        ]),
      )
    return jsonText({
      ...(signature && { signature_name: signature }),
      ...(form === 'row'
        ? { instances: places.map((row) => named(row, rows)) }
        : { inputs: columns() }),
    })
  }
  return rawServable(manifest, {
    kind: 'remote',
    score: (rows, signal) =>
      guarded(async () => {
        const asked = { url, agent, timeoutMs, body: bodyOf(rows), ...(signal && { signal }) }
        const answer = readAnswer(await post(asked))
        return heads.map(({ output }) => headScores(answer, output, heads.length, rows.rowCount))
      }),
    close: async () => agent.destroy(),
  })
}

/** Ids come as texts from a feed, and go as the whole numbers that they are where wanted. */
function sent(feature: Feature, value: RawValue | readonly RawValue[]): unknown {
  if (typeof value !== 'string' && typeof value !== 'object') return value
  if (typeof value === 'object') return value.map((each) => sent(feature, each))
  if (feature.type === 'string') return value
  if (/^-?\d{1,19}$/.test(value)) return BigInt(value)
  // A stand-in was declared for users and items that the other server cannot know.
  if (feature.fallback !== undefined) return feature.fallback
  throw invalid(feature.name, `"${value}" must be a whole number`)
}

function urlAt(text: string): URL {
  try {
    const url = new URL(text)
    if (url.protocol === 'http:' || url.protocol === 'https:') return url
  } catch {
    // Refused below.
  }
  throw invalid('url', `"${text}" must be an address like http://host:8501/v1/models/NAME:predict`)
}

/** Whole numbers of 64 bits are written as they are. */
function jsonText(value: unknown): string {
  const marked = JSON.stringify(value, (_, each: unknown) =>
    typeof each === 'bigint' ? `\u0001${each}` : each,
  )
  return marked.replace(/"\\u0001(-?\d+)"/g, '$1')
}

interface Post {
  readonly url: URL
  readonly agent: HttpAgent
  readonly timeoutMs: number
  readonly body: string
  readonly signal?: AbortSignal
}

const answerBytesMax = 64 * 2 ** 20

function post({ url, agent, timeoutMs, body, signal }: Post): Promise<string> {
  return new Promise((resolve, reject) => {
    const ask = url.protocol === 'https:' ? httpsRequest : httpRequest
    const headers = {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
    }
    const sent = ask(url, { method: 'POST', agent, headers, ...(signal && { signal }) })
    const timer = setTimeout(() => {
      const message = `${url.host} did not answer within ${timeoutMs} ms`
      sent.destroy(new StarlingError('deadline_exceeded', message))
    }, timeoutMs)
    const end = (settle: () => void): void => {
      clearTimeout(timer)
      settle()
    }
    sent.on('error', (cause) => end(() => reject(asUnavailable(url, cause))))
    sent.on('response', (response) => {
      const parts: Buffer[] = []
      let size = 0
      response.on('data', (part: Buffer) => {
        size += part.length
        parts.push(part)
        if (size > answerBytesMax)
          sent.destroy(new Error(`it sent more than ${answerBytesMax} bytes`))
      })
      response.on('error', (cause) => end(() => reject(asUnavailable(url, cause))))
      response.on('end', () => {
        const text = Buffer.concat(parts).toString('utf8')
        const { statusCode = 0 } = response
        if (statusCode === 200) end(() => resolve(text))
        else end(() => reject(refusal(url, statusCode, text)))
      })
    })
    sent.end(body)
  })
}

function asUnavailable(url: URL, cause: unknown): StarlingError {
  if (cause instanceof StarlingError) return cause
  const why = cause instanceof Error ? cause.message : String(cause)
  return new StarlingError('unavailable', `${url.host} cannot be asked: ${why}`, { cause })
}

function refusal(url: URL, status: number, text: string): StarlingError {
  // What it says of the rows is the caller's concern; all else is whoever runs it.
  const code = status === 400 ? 'invalid_argument' : 'unavailable'
  return new StarlingError(code, `${url.host} answered ${status}: ${text.slice(0, 200)}`)
}

function readAnswer(text: string): LooseJson {
  try {
    return readLooseJson(text)
  } catch (cause) {
    const what = text === '' ? 'nothing' : 'what is no JSON'
    throw new StarlingError('unavailable', `the model's server answered ${what}`, { cause })
  }
}

/** The scores of one head out of any of the forms that an answer may have. */
function headScores(
  answer: LooseJson,
  output: string,
  headCount: number,
  rowCount: number,
): Float32Array {
  const { predictions, outputs } = (answer ?? {}) as Record<string, LooseJson | undefined>
  const rows = predictions ?? (headCount === 1 ? outputs : undefined)
  const values = rows ?? (outputs as Record<string, LooseJson> | undefined)?.[output]
  if (!Array.isArray(values) || values.length !== rowCount) {
    const found = Array.isArray(values) ? `${values.length} scores` : 'no scores'
    const message = `the model's server answered ${found} for ${rowCount} rows`
    throw new StarlingError('unavailable', message)
  }
  return Float32Array.from(values as LooseJson[], (value) => scoreIn(value, output))
}

function scoreIn(value: LooseJson, output: string): number {
  const inner =
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, LooseJson>)[output]
      : value
  const score: RawValue | LooseJson | undefined = Array.isArray(inner) ? inner[0] : inner
  if (typeof score === 'number') return score
  throw new StarlingError('unavailable', "the model's server answered a score that is no number")
}
