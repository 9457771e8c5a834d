import type { Clock } from '../../events/clock.ts'
import type { LoggedEvent, Offset } from '../../events/log/event-log.ts'
import type { Sink } from '../../events/streams/sink.ts'
import { type Histogram, histogram } from '../../kernel/statistics/histogram.ts'
import type { State } from '../../state/state.ts'
import type { Filled, Filler } from './filler.ts'
import { type NearlineSettings, nearlineDefaults } from './nearline-settings.ts'
import { paceOf } from './pace.ts'
import { type Refill, RefillLine } from './refill-line.ts'
import type { Triggers } from './triggers.ts'

export interface NearlineOptions {
  readonly clock: Clock
  readonly state: Pick<State, 'offset'>
  readonly triggers: Triggers
  readonly filler: Filler
  /** Where the log is read on from. */
  readonly checkpoint: Offset
  /** As they are now; `nearlineDefaults` unless told. */
  readonly settings?: () => NearlineSettings
  readonly onTrouble: (what: string, error: unknown) => void
}

export interface NearlineStatus {
  /** Feeds that wait for their run. */
  readonly pending: number
  readonly running: number
  readonly runs: number
  /** Feeds that were left to the requests because too many waited. */
  readonly dropped: number
  readonly failures: number
  /** From what a user did to what waits knowing of it, in ms. */
  readonly freshness: { readonly count: number; readonly p50: number; readonly p95: number }
}

/** Fills the queues of those who take pages from them, behind the log. */
export interface NearlineWorker {
  /** What follows the log gives its events to this. */
  readonly sink: Sink
  status(): NearlineStatus
  /** Resolves when no feed is left that may be filled now. */
  idle(): Promise<void>
  /** Begins nothing more; resolves when what runs is done. */
  close(): Promise<void>
}

/** How long a look at the state is off while it folds what the log has told already. */
const foldingMs = 1

/** While the clock stands still, time passes by turns of so long. */
const turnMsMax = 1_000

/**
 * Takes the log as a row of messages: whoever was served a page that left too little, and whoever
 * did something, has their feeds filled by the recipes of the scene. Nothing of it lives anywhere
 * but in the log: what was offered says which messages it answers, so that after a crash nothing is
 * answered twice, and nothing is passed over.
 */
export function nearlineWorker(options: NearlineOptions): NearlineWorker {
  return new Worker(options)
}

class Worker implements NearlineWorker {
  readonly #options: NearlineOptions
  readonly #settings: () => NearlineSettings
  readonly #line: RefillLine
  readonly #pace
  readonly #freshness: Histogram = histogram()
  readonly #atWork = new Set<Promise<void>>()
  #position: Offset
  #timer: NodeJS.Timeout | undefined
  #closed = false
  #runs = 0
  #failures = 0

  readonly sink: Sink

  constructor(options: NearlineOptions) {
    const { settings = () => nearlineDefaults } = options
    this.#options = options
    this.#settings = settings
    this.#pace = paceOf(() => settings().runsPerSecond)
    this.#position = options.checkpoint
    this.#line = new RefillLine({
      countMax: () => settings().pendingMax,
      minIntervalMs: () => settings().minIntervalMs,
    })
    const settledBefore = () => this.#settled
    this.sink = {
      get checkpoint() {
        return settledBefore()
      },
      take: (events) => this.#take(events),
    }
  }

  status(): NearlineStatus {
    const { count } = this.#freshness
    return {
      pending: this.#line.waiting,
      running: this.#line.running,
      runs: this.#runs,
      dropped: this.#line.dropped,
      failures: this.#failures,
      freshness: {
        count,
        p50: this.#freshness.quantile(0.5),
        p95: this.#freshness.quantile(0.95),
      },
    }
  }

  async idle(): Promise<void> {
    for (;;) {
      this.#pump()
      if (this.#atWork.size === 0) return
      await Promise.all(this.#atWork)
    }
  }

  async close(): Promise<void> {
    this.#closed = true
    clearTimeout(this.#timer)
    await Promise.all(this.#atWork)
  }

  /** Every event before this place was answered, or needs no answer. */
  get #settled(): Offset {
    return this.#line.oldest ?? this.#position
  }

  async #take(events: readonly LoggedEvent[]): Promise<void> {
    const { state, clock, triggers } = this.#options
    const next = events.at(-1)!.offset + 1
    // What the log has told may still be on its way into the state, which is what is judged.
    while (state.offset < next && !this.#closed) await pause(foldingMs)
    if (this.#closed) return
    for (const refill of await triggers.of(events, clock.now())) this.#line.ask(refill)
    this.#position = next
    this.#pump()
  }

  /** Begins as many runs as may run now, and comes back when others may. */
  #pump(): void {
    const { clock } = this.#options
    const { concurrency } = this.#settings()
    while (!this.#closed && this.#line.running < concurrency && this.#pace.isFree(clock.now())) {
      const refill = this.#line.next(clock.now())
      if (refill === undefined) break
      this.#pace.take()
      const work = this.#fill(refill).finally(() => {
        this.#atWork.delete(work)
        this.#pump()
      })
      this.#atWork.add(work)
    }
    this.#plan()
  }

  #plan(): void {
    const now = this.#options.clock.now()
    const due = this.#line.dueAt(now)
    if (this.#closed || due === undefined || this.#timer !== undefined) return
    const { concurrency } = this.#settings()
    // The end of a run pumps.
    if (this.#line.running > 0 && this.#line.running >= concurrency) return
    const soonestMs = Math.max(due - now, this.#pace.waitMs(now), foldingMs)
    const waitMs = concurrency === 0 ? turnMsMax : Math.min(turnMsMax, soonestMs)
    this.#timer = setTimeout(() => {
      this.#timer = undefined
      this.#pump()
    }, waitMs).unref()
  }

  async #fill(refill: Refill): Promise<void> {
    const { clock, triggers, filler, state, onTrouble } = this.#options
    const through = state.offset
    let filled: Filled = { granted: 0 }
    try {
      const lack = await triggers.lackOf(refill, clock.now())
      if (lack !== undefined) {
        this.#runs++
        filled = await filler(refill.key, lack, { through, settled: () => this.#settled })
      }
    } catch (error) {
      this.#failures++
      onTrouble(`the feed ${refill.key.scene} of a user could not be filled`, error)
    }
    const { granted, againInMs } = filled
    // What was granted nothing has changed nothing: it answers nobody but who asked for it.
    const known = granted > 0 ? { through } : {}
    const ended = againInMs === undefined ? known : { through, againInMs }
    const now = clock.now()
    const answered = this.#line.done(refill, now, ended)
    if (granted === 0) return
    const deedAt = Math.min(refill.deedAt ?? now, answered?.deedAt ?? now)
    if (refill.deedAt !== undefined || answered?.deedAt !== undefined) {
      this.#freshness.record(Math.max(0, now - deedAt))
    }
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
