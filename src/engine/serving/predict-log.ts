import type { Clock, Timestamp } from '../../events/clock.ts'
import type { Json } from '../../events/event.ts'
import { seededRandom } from '../../kernel/random.ts'
import type { TableRow } from '../../lake/lake.ts'
import type { Asked, OutputSpec, Signature } from '../../models/serving/servable.ts'
import { rowBudget } from '../lake/row-budget.ts'

/** What is kept of calls that had models score rows; the parameter `predict-log`. */
export interface PredictLogSettings {
  /** The share of calls that is kept, in [0, 1]; those that failed are kept besides. */
  readonly share: number
  /** Rows of a call whose values are kept, the first ones. */
  readonly rows: number
  /** Calls kept a second, in the long run. */
  readonly callsPerSecond: number
}

export const predictLogDefaults: PredictLogSettings = { share: 0.01, rows: 5, callsPerSecond: 20 }

/** One call, as it ended. */
export interface PredictCall {
  readonly at: Timestamp
  readonly request: string
  readonly caller: string
  readonly model: string
  /** Undefined where none was found. */
  readonly version?: number
  readonly ms: number
  readonly signature?: Signature
  readonly asked?: Asked
  readonly scores?: readonly Float32Array[]
  /** The code and the message of what went wrong. */
  readonly failure?: { readonly code: string; readonly message: string }
}

export interface PredictLog {
  note(call: PredictCall): void
}

/** Saved up in a rest. */
const callsAtOnce = 500

/** Values kept of a row: a vector is cut. */
const valuesMax = 32
const textMax = 200

/** As long as ids of users may be: what an erasure looks for is never cut. */
const idMax = 256

/**
 * A sample of the calls as rows of the lake's table `predictions`. Which ones are kept follows from
 * the request's id, so that whoever knows one can tell.
 */
export function predictLog(
  keep: (rows: readonly TableRow[]) => void,
  settings: () => PredictLogSettings,
  clock: Clock,
): PredictLog {
  let perSecond = 0
  let budget = rowBudget(clock, 0, 0)
  return {
    note(call) {
      const { share, rows, callsPerSecond } = settings()
      if (callsPerSecond !== perSecond) {
        perSecond = callsPerSecond
        budget = rowBudget(clock, perSecond, Math.min(callsAtOnce, perSecond * 60))
      }
      const isSampled = call.failure !== undefined || seededRandom(call.request).next() < share
      if (share === 0 || !isSampled || !budget.take(1)) return
      const row = rowOf(call, rows)
      // The answer goes out first.
      setImmediate(() => keep([{ table: 'predictions', row }]))
    },
  }
}

function rowOf(call: PredictCall, rowsMax: number): TableRow['row'] {
  const { at, request, caller, model, version, ms, asked, signature, scores, failure } = call
  const kept = Math.min(rowsMax, asked?.rowCount ?? 0)
  const inputs = asked && signature ? inputsOf(asked, signature, kept) : undefined
  return {
    ...{ at, request, caller, model, version, ms },
    rows: asked?.rowCount,
    status: failure?.code ?? 'ok',
    error: failure && withoutValues(failure.message),
    users: asked && signature ? usersOf(asked, signature, kept) : [],
    inputs,
    outputs: signature && scores ? outputsOf(signature.outputs, scores, kept) : undefined,
  }
}

function inputsOf(asked: Asked, { inputs }: Signature, kept: number): Json {
  const named = inputs.flatMap(({ name, width }) => {
    const values = firstValues(asked, name, width, kept)
    return values === undefined ? [] : [[name, values.slice(0, valuesMax * kept)] as const]
  })
  return Object.fromEntries(named)
}

function firstValues(
  { columns, rowCount }: Asked,
  name: string,
  width: number,
  kept: number,
  charsMax = textMax,
): Json[] | undefined {
  const column = columns.get(name)
  if (column === undefined) return undefined
  // A column for all rows is as long as one.
  const length = column.length === width * rowCount ? width * kept : Math.min(width, column.length)
  return Array.from(column.slice(0, kept === 0 ? 0 : length), (value): Json => {
    if (typeof value === 'bigint') return String(value)
    if (typeof value === 'string') return value.slice(0, charsMax)
    return Number.isFinite(value) ? value : null
  })
}

/** Ids of users among what is kept: an erasure looks here. */
function usersOf(asked: Asked, { inputs }: Signature, kept: number): Json {
  const ids = inputs
    .filter(({ holds }) => holds === 'user')
    .flatMap(({ name, width }) => firstValues(asked, name, width, kept, idMax) ?? [])
  return [...new Set(ids.map(String))]
}

function outputsOf(
  outputs: readonly OutputSpec[],
  scores: readonly Float32Array[],
  kept: number,
): Json {
  return Object.fromEntries(
    outputs.map(({ name }, index) => [
      name,
      Array.from(scores[index]!.subarray(0, kept), (score) =>
        Number.isFinite(score) ? score : null,
      ),
    ]),
  )
}

/** A refusal repeats what it refuses: texts, numbers and what lies in braces are left out. */
function withoutValues(message: string): string {
  return message
    .replace(/"[^"]*"?/g, '"…"')
    .replace(/[[{].*[\]}]/gs, '…')
    .replace(/\d+/g, '#')
    .slice(0, textMax)
}
