import { useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import { useConsole } from './console.ts'
import { createLive, type Known, type Live } from './live.ts'

export interface Followed<T> extends Known<T> {
  /** Asks now. */
  refresh(): void
}

/** Answers of so many questions are kept. */
const keptMax = 80

/**
 * Asks a question for as long as a part of the console stands, and again after each pause. Another
 * key is another question; what was answered under a key before is there at once.
 */
export function useLive<T>(
  key: string,
  ask: (signal: AbortSignal) => Promise<T>,
  everyMs = 0,
): Followed<T> {
  const { isWatched, answers, refusal, heardAt } = useConsole()
  const live = useRef<Live<T>>(undefined)
  const latest = useRef(ask)
  latest.current = ask
  const keptAs = () => answers.get(key) as T | undefined // Put there under the same key, below.
  const start = (): Known<T> => {
    const answer = keptAs()
    return { ...(answer !== undefined && { answer }), busy: true }
  }
  const known = useSignal<{ key: string; known: Known<T> }>({ key, known: start() })
  useEffect(() => {
    const made = createLive<T>({
      ...{ everyMs, isWatched, last: keptAs() },
      ask: (signal) => latest.current(signal),
      onAnswer(answer) {
        answers.delete(key)
        answers.set(key, answer)
        const [oldest] = answers.keys()
        if (answers.size > keptMax && oldest !== undefined) answers.delete(oldest)
        heardAt.value = Date.now()
      },
      onFailure(failure) {
        const { code } = failure
        if (code === 'unauthenticated' || code === 'permission_denied') refusal.value = failure
        if (code === 'unavailable') heardAt.value = undefined
      },
    })
    live.current = made
    const stopListening = made.known.subscribe((now) => {
      known.value = { key, known: now }
    })
    return () => {
      stopListening()
      made.stop()
    }
  }, [key, everyMs])
  // On the first draw with another key, what is held belongs to the key before.
  const now = known.value.key === key ? known.value.known : start()
  return { ...now, refresh: () => live.current?.refresh() }
}
