import type { Clock } from '../../events/clock.ts'

/**
 * Answers for as long as they are fresh: charts of many people ask the same every few seconds. A
 * question that is being answered is not asked twice either.
 */
export interface RecentAnswers<Answer> {
  /** Rejects as `ask` does; a failure is not kept. */
  of(question: unknown, ask: () => Promise<Answer>): Promise<Answer>
}

const answersMax = 200

export function recentAnswers<Answer>(clock: Clock, freshMs: number): RecentAnswers<Answer> {
  const kept = new Map<string, { readonly at: number; readonly answer: Promise<Answer> }>()

  const drop = (now: number): void => {
    for (const [key, { at }] of kept) {
      // The oldest stand first; whatever is fresh has only fresher ones behind it.
      if (now - at < freshMs && kept.size < answersMax) return
      kept.delete(key)
    }
  }

  return {
    of(question, ask) {
      const key = JSON.stringify(question)
      const now = clock.now()
      const known = kept.get(key)
      if (known !== undefined && now - known.at < freshMs) return known.answer
      kept.delete(key)
      drop(now)
      const answer = ask()
      const entry = { at: now, answer }
      kept.set(key, entry)
      answer.catch(() => {
        if (kept.get(key) === entry) kept.delete(key)
      })
      return answer
    },
  }
}
