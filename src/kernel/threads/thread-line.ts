import type { ResourceLimits } from 'node:worker_threads'
import { startThread } from './start-thread.ts'

/** A thread that answers one question at a time. */
export interface ThreadLine<Question, Answer> extends AsyncDisposable {
  /** Rejects where the thread fails or ends: it is asked nothing more then. */
  ask(question: Question): Promise<Answer>
}

export function threadLine<Question, Answer>(
  module: URL,
  task: unknown,
  limits: ResourceLimits = {},
): ThreadLine<Question, Answer> {
  const worker = startThread(module, task, limits)
  let hasEnded = false
  const over = (): void => {
    hasEnded = true
  }
  // One that fails between two questions is told of with the next.
  worker.once('exit', over).on('error', over)
  // It holds up no process, but for an answer that somebody waits for.
  worker.unref()
  return {
    ask: (question) =>
      new Promise((resolve, reject) => {
        const ended = (): void => settle(() => reject(new Error('the thread has ended')))
        const failed = (error: unknown): void => settle(() => reject(error))
        const answered = (answer: Answer): void => settle(() => resolve(answer))
        const settle = (how: () => void): void => {
          worker.off('message', answered).off('error', failed).off('exit', ended)
          worker.unref()
          how()
        }
        if (hasEnded) return ended()
        worker.ref()
        worker.once('message', answered).once('error', failed).once('exit', ended)
        worker.postMessage(question)
      }),
    async [Symbol.asyncDispose]() {
      await worker.terminate()
    },
  }
}
