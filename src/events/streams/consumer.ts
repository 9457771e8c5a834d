import { setTimeout as pause } from 'node:timers/promises'
import { StarlingError } from '../../error.ts'
import { fadingRate } from '../../kernel/fading-rate.ts'
import type { Clock, Timestamp } from '../clock.ts'
import type { EventLog, LoggedEvent, Offset } from '../log/event-log.ts'
import type { ConsumerStatus } from './consumer-status.ts'
import type { Sink } from './sink.ts'

export type { ConsumerMember, ConsumerStatus } from './consumer-status.ts'
export type { Sink } from './sink.ts'

/** Follows the log for one sink. Dispose it before the sink and the log. */
export interface Consumer extends AsyncDisposable {
  status(): ConsumerStatus

  /**
   * Resolves when everything that was in the log at the call has been taken; rejects with
   * `canceled` where the consumer is closed before.
   */
  caughtUp(): Promise<void>
}

export interface ConsumerOptions {
  readonly log: Pick<EventLog, 'head' | 'follow'>
  /** The name of the group: state, lake, nearline. */
  readonly group: string
  /** What becomes of the events, in a sentence for operators. */
  readonly description: string
  readonly sink: Sink
  readonly clock: Clock
  /** Told of each failure that it gets over. */
  readonly onTrouble?: (error: unknown) => void
  /** The first pause after a failure; each further one is twice as long, up to 10 seconds. */
  readonly pauseMs?: number
}

const pauseMsDefault = 100
const pauseMsMax = 10_000

/** A batch that has been with its sink for so long holds the consumer up. */
const heldAfterMs = 1_000

const rateHalfLifeMs = 10_000

/**
 * Reads on from where the sink's checkpoint stands, one batch at a time: a slow sink makes it lag,
 * and nothing piles up. What fails is tried again, and nothing is ever passed over.
 */
export function openConsumer(options: ConsumerOptions): Consumer {
  return new LogConsumer(options)
}

interface Waiter {
  readonly until: Offset
  readonly resolve: () => void
  readonly reject: (error: Error) => void
}

class LogConsumer implements Consumer {
  readonly #options: ConsumerOptions
  readonly #rate
  readonly #closing = new AbortController()
  readonly #running: Promise<void>
  #waiters: Waiter[] = []
  #position: Offset
  #checkpoint: Offset
  #checkpointAt: Timestamp | undefined
  /** When the sink was given the batch that it has not answered for. */
  #givenAt: Timestamp | undefined
  /** The time of the next event not taken, as far as one was read; else of the last taken. */
  #eventAt: Timestamp | undefined
  #failure: string | undefined
  #failures = 0

  constructor(options: ConsumerOptions) {
    this.#options = options
    this.#rate = fadingRate(options.clock.now(), rateHalfLifeMs)
    this.#position = options.sink.checkpoint
    this.#checkpoint = options.sink.checkpoint
    this.#running = this.#run()
  }

  status(): ConsumerStatus {
    this.#noteCheckpoint()
    const { group, description, log, clock } = this.#options
    const now = clock.now()
    const position = this.#position
    const lag = Math.max(0, log.head - position)
    const age = this.#eventAt === undefined ? 0 : Math.max(0, now - this.#eventAt)
    return {
      group,
      description,
      checkpoint: this.#checkpoint,
      ...(this.#checkpointAt !== undefined && { checkpointAt: this.#checkpointAt }),
      position,
      head: log.head,
      lag,
      lagMs: lag === 0 ? 0 : age,
      eventsPerSecond: this.#rate.perSecond(now),
      held: this.#givenAt !== undefined && now - this.#givenAt >= heldAfterMs,
      ...(this.#failure !== undefined && { failure: this.#failure }),
      members: [{ member: 'engine', partitions: [0], position, lag }],
    }
  }

  caughtUp(): Promise<void> {
    const until = this.#options.log.head
    if (until <= this.#position) return Promise.resolve()
    if (this.#closing.signal.aborted) return Promise.reject(this.#closed())
    return new Promise((resolve, reject) => this.#waiters.push({ until, resolve, reject }))
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closing.abort()
    await this.#running
    for (const { reject } of this.#waiters.splice(0)) reject(this.#closed())
  }

  async #run(): Promise<void> {
    const { signal } = this.#closing
    while (!signal.aborted) {
      try {
        for await (const batch of this.#options.log.follow(this.#position, signal)) {
          await this.#give(batch)
          if (signal.aborted) return
        }
        // The log was closed.
        return
      } catch (error) {
        // A sink may refuse what comes while both are closed.
        if (signal.aborted) return
        await this.#stumble(error)
      }
    }
  }

  async #give(batch: readonly LoggedEvent[]): Promise<void> {
    const { sink, clock } = this.#options
    this.#eventAt = batch.find(({ event }) => event !== undefined)?.event?.at ?? this.#eventAt
    this.#givenAt ??= clock.now()
    await sink.take(batch)
    this.#givenAt = undefined
    this.#failure = undefined
    this.#failures = 0
    this.#position += batch.length
    this.#eventAt = batch.findLast(({ event }) => event !== undefined)?.event?.at ?? this.#eventAt
    this.#rate.add(batch.length, clock.now())
    this.#noteCheckpoint()
    this.#waiters = this.#waiters.filter(({ until, resolve }) => {
      if (until > this.#position) return true
      resolve()
      return false
    })
  }

  /** Remembers what went wrong, and lets some time pass before the same is tried again. */
  async #stumble(error: unknown): Promise<void> {
    const { pauseMs = pauseMsDefault, onTrouble = () => undefined } = this.#options
    this.#failure = error instanceof Error ? error.message : String(error)
    onTrouble(error)
    const waitMs = Math.min(pauseMsMax, pauseMs * 2 ** this.#failures++)
    await pause(waitMs, undefined, { signal: this.#closing.signal }).catch(() => {})
  }

  #noteCheckpoint(): void {
    const { sink, clock } = this.#options
    if (sink.checkpoint === this.#checkpoint) return
    this.#checkpoint = sink.checkpoint
    this.#checkpointAt = clock.now()
  }

  #closed(): StarlingError {
    const { group } = this.#options
    return new StarlingError('canceled', `the consumer ${group} was closed before it caught up`)
  }
}
