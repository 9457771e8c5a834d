import { setTimeout as pause } from 'node:timers/promises'
import { StarlingError } from '../../error.ts'
import type { UserId } from '../../events/event.ts'
import type { EventLog, Offset } from '../../events/log/event-log.ts'
import { type Consumer, openConsumer } from '../../events/streams/consumer.ts'
import type { Trace } from '../../feed/pipeline/trace.ts'
import { openDuckLake } from '../../lake/duck-lake.ts'
import type { Forgotten, Lake, TableRow } from '../../lake/lake.ts'
import type { State } from '../../state/state.ts'
import type { GroundOptions } from '../ground.ts'
import type { Home } from '../home.ts'
import type { StreamBoard } from '../streams/stream-board.ts'
import { rowBudget } from './row-budget.ts'
import { inputRows, runRows, slateRows } from './trace-rows.ts'

/** The lake of an engine, and who fills it. */
export interface LakeStream extends AsyncDisposable {
  /** Throws `failed_precondition`, and says why, where there is none. */
  lake(): Lake
  /** How far it has followed the log; undefined where there is none. */
  readonly consumer: Consumer | undefined
  /** Keeps what a recipe did, as far as the rate allows; a run is kept whole or not at all. */
  keep(trace: Trace): void
  /** Keeps rows that no event tells; they are dropped where there is no lake. */
  keepRows(rows: readonly TableRow[]): void
  /** Takes the users out, also where the lake is switched off. */
  forget(users: ReadonlySet<UserId>, before: Offset): Promise<Forgotten>
  /** Writes to files what it can, and tells from where on it still needs the log. */
  neededFrom(): Promise<Offset>
}

export interface LakeStreamOptions {
  readonly options: GroundOptions
  readonly home: Home
  readonly log: EventLog
  readonly state: State
  readonly streams: StreamBoard
}

const group = 'lake'
const description = 'All that happened, as Parquet files for SQL.'

/** What is far behind is not waited for: the log is looked at again in a minute. */
const patienceMs = 5_000

const slateRowsDefault = 200
/** What a rest saves up: the runs of the first minutes are kept whole. */
const slateRowsAtOnce = 20_000
const runRowsPerSecond = 500
const runRowsAtOnce = 10_000

export async function openLakeStream(setting: LakeStreamOptions): Promise<LakeStream> {
  const { options, log } = setting
  if (options.lake === false) return noLake(setting, 'this engine runs without a lake')
  const { onTrouble } = options
  let lake: Lake
  try {
    lake = await openLake(setting)
  } catch (error) {
    if (!(error instanceof StarlingError)) throw error
    // Feeds need no lake: whoever asks it is told.
    onTrouble('the lake was left closed', error)
    return noLake(setting, error.message)
  }
  if (lake.sink.checkpoint > 0 && lake.sink.checkpoint === log.tail) {
    const message = `the lake lacks the events before ${log.tail}, which the log has forgotten`
    onTrouble('the lake', new StarlingError('data_loss', message))
  }
  const consumer = setting.streams.add(
    group,
    openConsumer({
      ...{ log, group, description, sink: lake.sink, clock: options.clock },
      onTrouble: (error) => onTrouble('the lake', error),
    }),
  )
  const stop = (): void => {
    lake.stop()
    void consumer[Symbol.asyncDispose]()
  }
  options.signal?.addEventListener('abort', stop, { once: true })
  return {
    lake: () => lake,
    consumer,
    keep: keeper(lake, setting),
    keepRows: (rows) => lake.keep(rows),
    forget: (users, before) => lake.forget(users, before),
    async neededFrom() {
      const arrived = consumer.caughtUp().catch(() => undefined)
      await Promise.race([arrived, pause(patienceMs, undefined, { ref: false })])
      try {
        await lake.flush()
        return lake.sink.checkpoint
      } catch (error) {
        // Where there is no database, no log is kept for it.
        const isMissing = error instanceof StarlingError && error.code === 'failed_precondition'
        if (isMissing) return Number.POSITIVE_INFINITY
        throw error
      }
    },
    async [Symbol.asyncDispose]() {
      options.signal?.removeEventListener('abort', stop)
      stop()
      await consumer[Symbol.asyncDispose]()
      await lake[Symbol.asyncDispose]()
    },
  }
}

function openLake({ options, home, log }: LakeStreamOptions): Promise<Lake> {
  const { clock, lake, onTrouble } = options
  const { memoryMb, flushMs, ...bounds } = lake || {}
  return openDuckLake({
    ...{ folder: home.lake, clock, log, bounds },
    ...(memoryMb !== undefined && { memoryMb }),
    ...(flushMs !== undefined && { flushMs }),
    onTrouble: (error) => onTrouble('the lake', error),
  })
}

/** Runs are many, and each has hundreds of candidates: what is kept of them is bounded. */
function keeper(lake: Lake, { options, state }: LakeStreamOptions): LakeStream['keep'] {
  const { clock } = options
  const { slateRowsPerSecond = slateRowsDefault } = options.lake || {}
  const slates = rowBudget(clock, slateRowsPerSecond, slateRowsAtOnce)
  const runs = rowBudget(clock, runRowsPerSecond, runRowsAtOnce)
  return (trace) => {
    const steps = runs.take(trace.steps.length)
    const candidates = slates.take(trace.items.length)
    if (!steps && !candidates) return
    // The page goes out first.
    setImmediate(() => {
      if (steps) lake.keep(runRows(trace))
      if (!candidates) return
      const idOf = (item: number): string => state.ordinals.id(item)
      lake.keep(slateRows(trace, idOf))
      lake.keep(inputRows(trace, idOf))
    })
  }
}

function noLake(setting: LakeStreamOptions, why: string): LakeStream {
  return {
    lake() {
      throw new StarlingError('failed_precondition', why)
    },
    consumer: undefined,
    keep: () => undefined,
    keepRows: () => undefined,
    async forget(users, before) {
      // Files of days with a lake still hold them.
      await using lake = await openLake(setting)
      return await lake.forget(users, before)
    },
    neededFrom: async () => Number.POSITIVE_INFINITY,
    async [Symbol.asyncDispose]() {},
  }
}
