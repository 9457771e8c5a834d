import { signal } from '@preact/signals'
import { type Failure, failureOf } from '../failure.ts'

/** What is known of the answer to a question: what came last, and what is the matter with it. */
export interface Known<T> {
  readonly answer?: T
  readonly failure?: Failure
  readonly busy: boolean
}

/** The last answers to questions of one kind, so that going back shows at once what was there. */
export interface Answers<T> {
  of(key: string): Known<T>
  /** Asks; what was asked before under this key, and has not come yet, is not waited for. */
  ask(key: string, question: (signal: AbortSignal) => Promise<T>): Promise<void>
}

const keptMax = 40
const nothing: Known<never> = { busy: false }

export function createAnswers<T>(): Answers<T> {
  const known = signal<ReadonlyMap<string, Known<T>>>(new Map())
  const asked = new Map<string, AbortController>()

  const put = (key: string, state: Known<T>): void => {
    const grown = new Map(known.value)
    grown.delete(key)
    grown.set(key, state)
    const [oldest] = grown.keys()
    if (grown.size > keptMax && oldest !== undefined) grown.delete(oldest)
    known.value = grown
  }
  const of = (key: string): Known<T> => known.value.get(key) ?? nothing

  return {
    of,
    async ask(key, question) {
      asked.get(key)?.abort()
      const waiting = new AbortController()
      asked.set(key, waiting)
      const { answer } = known.peek().get(key) ?? nothing
      const last: Pick<Known<T>, 'answer'> = answer === undefined ? {} : { answer }
      put(key, { ...last, busy: true })
      try {
        const next = await question(waiting.signal)
        if (asked.get(key) === waiting) put(key, { answer: next, busy: false })
      } catch (error) {
        if (asked.get(key) === waiting)
          put(key, { ...last, failure: failureOf(error), busy: false })
      }
    },
  }
}
