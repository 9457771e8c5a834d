import { StarlingError } from '../error.ts'
import type { Event } from '../events/event.ts'
import type { EventLog } from '../events/log/event-log.ts'
import type { State } from './state.ts'

/** The one way for anything to happen: written to the log, then folded into the state. */
export interface Journal extends AsyncDisposable {
  /**
   * Resolves when the events are durable and visible. All of them happen, or none. Where the state
   * could not take what the log already holds, it rejects with `unavailable`, from then on before
   * anything is logged: `catchUp` of the next process makes both agree again.
   */
  record(events: readonly Event[]): Promise<void>

  /** Folds what the log holds and the state has not seen, as after a crash. */
  catchUp(onProgress: (folded: number, of: number) => void, signal?: AbortSignal): Promise<void>

  /** Events appended and not yet folded. */
  readonly lag: number
}

export interface JournalOptions {
  readonly log: EventLog
  readonly state: State
  /** Longest time a change waits for its checkpoint. */
  readonly checkpointMs?: number
  /** Told when a checkpoint fails; it is tried again with the next. */
  readonly onTrouble?: (error: unknown) => void
}

/** Events folded between two checkpoints while catching up: large enough to be fast. */
const catchUpLength = 20_000

const checkpointMsDefault = 1_000

export function openJournal(options: JournalOptions): Journal {
  const { log, state, checkpointMs = checkpointMsDefault, onTrouble = () => undefined } = options
  let timer: NodeJS.Timeout | undefined
  let closed = false
  let behind: StarlingError | undefined

  const checkpoint = async (): Promise<void> => {
    timer = undefined
    try {
      await state.checkpoint()
    } catch (error) {
      onTrouble(error)
      plan()
    }
  }

  const plan = (): void => {
    if (!closed) timer ??= setTimeout(() => void checkpoint(), checkpointMs).unref()
  }

  return {
    get lag() {
      return log.head - state.offset
    },

    async record(events) {
      if (events.length === 0) return
      if (behind !== undefined) throw behind
      const first = await log.append(events)
      try {
        await state.fold(first, events)
      } catch (cause) {
        behind ??= fellBehind(cause)
        throw behind
      }
      plan()
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
        if (pending >= catchUpLength) {
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
