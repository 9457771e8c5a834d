import { StarlingError } from '../error.ts'
import type { Event } from '../events/event.ts'
import type { EventLog, Manner } from '../events/log/event-log.ts'
import type { State } from './state.ts'

/** The one way for anything to happen: written to the log, then folded into the state. */
export interface Journal extends AsyncDisposable {
  /**
   * Resolves when the events are durable and visible. All of them happen, or none. Where the state
   * could not take what the log already holds, it rejects with `unavailable`, from then on before
   * anything is logged: `catchUp` of the next process makes both agree again.
   */
  record(events: readonly Event[], manner?: Manner): Promise<void>

  /** Folds what the log holds and the state has not seen, as after a crash. */
  catchUp(onProgress: (folded: number, of: number) => void, signal?: AbortSignal): Promise<void>

  /** Events appended and not yet folded. */
  readonly lag: number

  /** Why the state takes nothing more, or could not be written last; absent where all is well. */
  readonly failure: string | undefined
}

export interface JournalOptions {
  readonly log: EventLog
  readonly state: State
  /** So long a change waits for its checkpoint; longer where checkpoints take long. */
  readonly checkpointMs?: number
  /** Told when a checkpoint fails; it is tried again with the next. */
  readonly onTrouble?: (error: unknown) => void
}

/**
 * Values and rows that may wait for a checkpoint while catching up. What bounds memory is how many
 * there are, not how many events they come from: users who did much are written once for all of it.
 */
const catchUpDirtyMax = 100_000

/** But no more events: after a crash while catching up they are folded again, some ten seconds. */
const catchUpLength = 100_000

const checkpointMsDefault = 1_000

/** After a checkpoint comes nine times as long without one, up to this. */
const restMsMax = 5_000

/**
 * So many events at once are an import. Its checkpoints wait the longest: the log has the
 * events, nobody waits for the state, and what changes with every batch is written less often.
 */
const importLength = 1_000

/**
 * How long the next checkpoint waits, after one that took so long. Rows that change all the time
 * are written with every checkpoint: where the machine is slow or busy, writing them once a second
 * would leave it no time for what is written.
 */
export function restMs(tookMs: number, checkpointMs: number): number {
  return Math.max(checkpointMs, Math.min(restMsMax, 9 * tookMs))
}

export function openJournal(options: JournalOptions): Journal {
  const { log, state, checkpointMs = checkpointMsDefault, onTrouble = () => undefined } = options
  let timer: NodeJS.Timeout | undefined
  let closed = false
  let behind: StarlingError | undefined
  let unwritten: string | undefined
  let waitMs = checkpointMs

  const checkpoint = async (): Promise<void> => {
    timer = undefined
    const startedMs = performance.now()
    try {
      await state.checkpoint()
      waitMs = restMs(performance.now() - startedMs, checkpointMs)
      unwritten = undefined
    } catch (error) {
      unwritten = error instanceof Error ? error.message : String(error)
      onTrouble(error)
      plan()
    }
  }

  const plan = (afterMs = waitMs): void => {
    if (!closed) timer ??= setTimeout(() => void checkpoint(), afterMs).unref()
  }

  return {
    get lag() {
      return log.head - state.offset
    },
    get failure() {
      return behind?.message ?? unwritten
    },

    async record(events, manner) {
      if (events.length === 0) return
      if (behind !== undefined) throw behind
      const first = await log.append(events, manner)
      try {
        await state.fold(first, events)
      } catch (cause) {
        behind ??= fellBehind(cause)
        throw behind
      }
      plan(events.length < importLength ? waitMs : Math.max(waitMs, restMsMax))
    },

    async catchUp(onProgress, signal) {
      const first = state.offset
      let pending = 0
      for await (const batch of log.read(first)) {
        signal?.throwIfAborted()
        await state.fold(
          batch[0]!.offset,
          batch.map(({ event }) => event),
        )
        pending += batch.length
        if (pending >= catchUpLength || state.dirtyCount >= catchUpDirtyMax) {
          await state.checkpoint()
          pending = 0
        }
        onProgress(state.offset - first, log.head - first)
      }
      await state.checkpoint()
    },

    async [Symbol.asyncDispose]() {
      closed = true
      clearTimeout(timer)
      await state.checkpoint()
    },
  }
}

function fellBehind(cause: unknown): StarlingError {
  const reason = cause instanceof Error ? cause.message : String(cause)
  return new StarlingError(
    'unavailable',
    `the state could not take what the log holds, and must be opened anew: ${reason}`,
    { cause },
  )
}
