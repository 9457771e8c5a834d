import { setImmediate as breath } from 'node:timers/promises'
import type { DuckDBConnection, DuckDBResult, Json } from '@duckdb/node-api'
import { invalid, StarlingError } from '../../error.ts'
import type { Answer, Question } from '../lake.ts'
import type { DuckLibrary } from './duck.ts'
import { jsonSize } from './json-size.ts'
import { judge } from './judged.ts'
import { plainConverter } from './plain.ts'

const askedDefaults = { rowsMax: 1_000, timeoutMs: 10_000 } as const

/** Rows made into JSON at once: a few milliseconds of the thread that answers feeds. */
const sliceRows = 128

/** Answers a question on a connection of its own, within its limits. */
export async function ask(
  library: DuckLibrary,
  connection: DuckDBConnection,
  question: Question,
): Promise<Answer> {
  const started = performance.now()
  const limits = watch(connection, question)
  try {
    limits.check()
    await judge(connection, question.sql)
    // What got past the parser can still change nothing.
    await connection.run('BEGIN TRANSACTION READ ONLY')
    limits.check()
    const result = await connection.stream(question.sql, [...(question.values ?? [])])
    const { rows, truncated } = await rowsOf(library, result, question, limits)
    const columns = result.deduplicatedColumnNames().map((name, index) => {
      const type = result.columnType(index)
      return { name, type: type.alias ?? String(type) }
    })
    return { columns, rows, truncated, durationMs: performance.now() - started }
  } catch (error) {
    limits.check()
    throw told(error)
  } finally {
    limits.rest()
    await connection.run('ROLLBACK').catch(() => undefined)
  }
}

interface Limits {
  /** Throws where the time is over, or nobody waits any more. */
  check(): void
  /** Stops nothing any more. */
  rest(): void
}

/** The database forgets an interruption that comes between two statements: so it is repeated. */
const interruptEveryMs = 20

function watch(
  connection: DuckDBConnection,
  { timeoutMs = askedDefaults.timeoutMs, signal }: Question,
): Limits {
  let stopped: StarlingError | undefined
  let again: NodeJS.Timeout | undefined
  const stop = (code: 'deadline_exceeded' | 'canceled', message: string): void => {
    if (stopped !== undefined) return
    stopped = new StarlingError(code, message)
    connection.interrupt()
    again = setInterval(() => connection.interrupt(), interruptEveryMs)
  }
  const late = `the answer took longer than ${timeoutMs} ms: ask for less, or allow more`
  const timer = setTimeout(() => stop('deadline_exceeded', late), timeoutMs)
  const onAbort = (): void => stop('canceled', 'nobody waits for the answer')
  if (signal?.aborted === true) onAbort()
  else signal?.addEventListener('abort', onAbort, { once: true })
  const rest = (): void => {
    clearTimeout(timer)
    clearInterval(again)
    signal?.removeEventListener('abort', onAbort)
  }
  return {
    check() {
      if (stopped !== undefined) throw stopped
    },
    rest,
  }
}

async function rowsOf(
  library: DuckLibrary,
  result: DuckDBResult,
  { rowsMax = askedDefaults.rowsMax, sizeMax = Number.POSITIVE_INFINITY }: Question,
  limits: Limits,
): Promise<Pick<Answer, 'rows' | 'truncated'>> {
  const converter = plainConverter(library)
  // The types of the result: those of its pieces do not tell JSON from other texts.
  const types = result.columnTypes()
  const rows: Json[][] = []
  let size = 0
  for (;;) {
    const chunk = await result.fetchChunk()
    if (chunk === null || chunk.rowCount === 0) return { rows, truncated: false }
    for (let row = 0; row < chunk.rowCount; row++) {
      if (rows.length === rowsMax) return { rows, truncated: true }
      const values = chunk.getRowValues(row)
      const made = values.map((value, column) => converter(value, types[column]!, converter))
      // Few rows may hold more than the thread that answers feeds can write down and send.
      if (sizeMax < Number.POSITIVE_INFINITY) size += jsonSize(made)
      if (size > sizeMax) throw tooLarge(sizeMax)
      rows.push(made)
      if (rows.length % sliceRows === 0) await breath()
    }
    limits.check()
  }
}

function tooLarge(sizeMax: number): StarlingError {
  const message = `the answer is larger than ${sizeMax} characters: ask for fewer rows, or for less`
  return new StarlingError('resource_exhausted', message)
}

/** What the database said, as our errors say who must act. */
function told(error: unknown): unknown {
  if (error instanceof StarlingError || !(error instanceof Error)) return error
  const message = error.message.trim()
  const kind = /^(?:Failed to [^:]*: )?([A-Za-z ]+?) Error:/.exec(message)?.[1]
  if (kind === undefined || kind === 'INTERNAL' || kind === 'FATAL') return error
  if (kind === 'Out of Memory') return new StarlingError('resource_exhausted', message)
  if (kind === 'IO') return new StarlingError('unavailable', message, { cause: error })
  return invalid('sql', `cannot be answered: ${message}`)
}
