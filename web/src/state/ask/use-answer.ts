import { useEffect } from 'preact/hooks'
import { useApp } from '../app.ts'
import type { Answers, Known } from './answers.ts'

/** What a screen asks the server, and how it may ask again. */
export interface Asked<T> extends Known<T> {
  retry(): void
}

/**
 * Asks a question for as long as a part of the page stands; who comes back by the browser's
 * buttons sees what was there, without a question.
 */
export function useAnswer<T>(
  answers: Answers<T>,
  key: string,
  question: (signal: AbortSignal) => Promise<T>,
): Asked<T> {
  const { router } = useApp()
  useEffect(() => {
    const known = answers.of(key)
    if (known.answer === undefined || router.arrival.peek().how === 'anew') {
      void answers.ask(key, question)
    }
  }, [answers, key, router])
  return { ...answers.of(key), retry: () => void answers.ask(key, question) }
}
