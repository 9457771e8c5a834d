import { type ReadonlySignal, signal } from '@preact/signals'
import { type Failure, failureOf } from '../../src/state/failure.ts'

/** What is known of the answer to a question that is asked again and again. */
export interface Known<T> {
  readonly answer?: T
  /** Why the last question had no answer; what was answered before stays. */
  readonly failure?: Failure
  readonly busy: boolean
}

export interface Live<T> {
  readonly known: ReadonlySignal<Known<T>>
  /** Asks now, whatever the time. */
  refresh(): void
  stop(): void
}

export interface Question<T> {
  readonly ask: (signal: AbortSignal) => Promise<T>
  /** From an answer to the next question; 0 where one answer is enough. */
  readonly everyMs: number
  /** False while nobody looks: then nothing is asked of its own accord, but for the first time. */
  readonly isWatched: ReadonlySignal<boolean>
  /** What was answered the last time that this was asked. */
  readonly last?: T | undefined
  readonly onAnswer?: (answer: T) => void
  readonly onFailure?: (failure: Failure) => void
}

/** Trouble that may pass is asked about again after so long, even where one answer is enough. */
const patienceMs = 5_000
const doublingsMax = 3
/** No waiting helps against these. */
const lasting: ReadonlySet<string> = new Set(['invalid_argument', 'not_found'])

/** Asks at once, then each time the pause is over. Never two questions at a time. */
export function createLive<T>(question: Question<T>): Live<T> {
  const { ask, everyMs, isWatched, last, onAnswer, onFailure } = question
  const known = signal<Known<T>>({ ...(last !== undefined && { answer: last }), busy: true })
  let failures = 0
  let asking: AbortController | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  let due = true
  let stopped = false
  let begun = false

  const pauseMs = (failure: Failure | undefined): number => {
    if (failure === undefined) return everyMs
    if (everyMs === 0 && lasting.has(failure.code)) return 0
    return Math.max(everyMs, patienceMs) * 2 ** Math.min(failures - 1, doublingsMax)
  }
  const settle = (failure?: Failure): void => {
    asking = undefined
    failures = failure === undefined ? 0 : failures + 1
    const waitMs = pauseMs(failure)
    if (waitMs === 0) return
    timer = setTimeout(() => {
      due = true
      go()
    }, waitMs)
  }
  const go = (): void => {
    if (stopped || !due || asking !== undefined || (begun && !isWatched.peek())) return
    due = false
    begun = true
    const mine = new AbortController()
    asking = mine
    known.value = { ...known.peek(), busy: true }
    ask(mine.signal).then(
      (answer) => {
        if (asking !== mine) return
        known.value = { answer, busy: false }
        onAnswer?.(answer)
        settle()
      },
      (error: unknown) => {
        if (asking !== mine) return
        const failure = failureOf(error)
        const { answer } = known.peek()
        known.value = { ...(answer !== undefined && { answer }), failure, busy: false }
        onFailure?.(failure)
        settle(failure)
      },
    )
  }
  const unwatch = isWatched.subscribe(go)
  return {
    known,
    refresh() {
      clearTimeout(timer)
      asking?.abort()
      asking = undefined
      due = true
      begun = false
      go()
    },
    stop() {
      stopped = true
      unwatch()
      clearTimeout(timer)
      asking?.abort()
      asking = undefined
    },
  }
}
