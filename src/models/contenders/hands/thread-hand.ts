import { startThread } from '../../../kernel/threads/start-thread.ts'
import type { Foretelling } from '../../calibration/on-validation.ts'
import type { Question, Recommender } from '../../evaluation/protocols/question.ts'
import type { Fitted } from '../contender.ts'
import { fieldOf } from '../contenders-of.ts'
import type { Ground } from '../learn-and-judge.ts'
import type { Entrant, Hand } from './hand.ts'
import type { ThreadQuestion, ThreadTask, ThreadWord, Which } from './words.ts'

const module = new URL('./hand-thread.ts', import.meta.url)

/** A hand in a thread of its own, which has its own copy of the data. */
export interface ThreadHand extends Hand, AsyncDisposable {}

/** Its last word on a question. */
type Answer = Exclude<ThreadWord, { tell: string } | { step: string } | { failure: string }>

/**
 * Begins a thread for contenders that the format knows by name. With `isKept` it holds what was
 * learned, and what is handed back asks it there: the thread must stay as long as anybody asks.
 */
export function threadHand(
  { gauges: _, signal, tell, onProgress, ...ground }: Ground,
  isKept: boolean,
): ThreadHand {
  const { contenders } = fieldOf(ground.format)
  const task: ThreadTask = { ...ground, isKept }
  const worker = startThread(module, task)
  let hasEnded = false
  // One that fails between two questions is told of with the next.
  worker.once('exit', () => (hasEnded = true)).on('error', () => (hasEnded = true))
  worker.unref()
  const listening = (word: ThreadWord): Answer | undefined => {
    if ('tell' in word) tell?.(word.tell)
    else if ('step' in word) onProgress?.(word.step, word.share)
    else if ('failure' in word) throw new Error(word.failure)
    else return word
    return undefined
  }
  let last: Promise<unknown> = Promise.resolve()
  /** In turn: a thread has one question at a time. */
  const ask = (question: ThreadQuestion): Promise<Answer> => {
    const answer = last.then(() => askNow(question))
    last = answer.catch(() => undefined)
    return answer
  }
  const askNow = (question: ThreadQuestion): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const settle = (how: () => void): void => {
        worker.off('message', heard).off('error', failed).off('exit', ended)
        signal?.removeEventListener('abort', aborted)
        worker.unref()
        how()
      }
      const failed = (error: unknown): void => settle(() => reject(error))
      const ended = (): void => failed(new Error('its thread has ended'))
      const aborted = (): void => failed(signal!.reason)
      const heard = (word: ThreadWord): void => {
        try {
          const answer = listening(word)
          if (answer !== undefined) settle(() => resolve(answer))
        } catch (error) {
          failed(error)
        }
      }
      if (signal?.aborted) return reject(signal.reason)
      if (hasEnded) return reject(new Error('its thread has ended'))
      worker.ref()
      worker.on('message', heard).once('error', failed).once('exit', ended)
      signal?.addEventListener('abort', aborted)
      worker.postMessage(question)
    })
  const said = async (question: ThreadQuestion) =>
    ((await ask(question)) as Extract<Answer, { said: unknown }>).said
  /** What was learned there: lists are asked of the one kind, rows of the other. */
  const asked = (name: string, of: Which): Recommender & Foretelling => ({
    score: (questions) => said({ ask: name, of, questions: questions.map(alone) }),
    predict: ({ rowCount, columns }) => said({ ask: name, of, rows: { rowCount, columns } }),
  })
  return {
    get hasEnded() {
      return hasEnded
    },
    takes: (contender) => contenders.includes(contender),
    async learn(contender, secondsLeft): Promise<Entrant> {
      const { name } = contender
      const answer = await ask({ learn: name, ...(secondsLeft !== undefined && { secondsLeft }) })
      const { model, fitted } = (answer as Extract<Answer, { entered: unknown }>).entered
      if (fitted === undefined || !isKept) return { model }
      const { kind, rehearsal } = fitted
      const there: Fitted<Recommender & Foretelling> = {
        ...{ name, learned: asked(name, 'learned'), ...(kind && { kind }) },
        ...(rehearsal && {
          rehearsal: {
            ...{ ...rehearsal, learned: asked(name, 'rehearsal') },
            part: ground.cut?.part,
          },
        }),
      }
      return { model, fitted: there }
    },
    async [Symbol.asyncDispose]() {
      await worker.terminate()
    },
  }
}

/** With a past of its own: that of the data is sent as a whole otherwise. */
function alone(question: Question): Question {
  const { past, pastTimes } = question
  return { ...question, past: past.slice(), ...(pastTimes && { pastTimes: pastTimes.slice() }) }
}
