import type { MessagePort } from 'node:worker_threads'
import { StarlingError } from '../../../error.ts'
import type { Answer, Question } from '../../../lake/lake.ts'
import type { JobMessage, JobReply } from './job-thread.ts'

/** The engine, as a job in a thread of its own may ask it. */
export interface EngineBehind {
  /** Resolves when the job may write into the registry: until it says what it published. */
  turn(): Promise<void>
  /** Asks the lake. Whoever asks for many rows asks several times: they pass the serving thread. */
  ask(question: Question): Promise<Answer>
}

export function engineBehind(port: MessagePort): EngineBehind {
  const turns: (() => void)[] = []
  const asked = new Map<number, (reply: Exclude<JobReply, { kind: 'publish' }>) => void>()
  const tell = (message: JobMessage): void => port.postMessage(message)
  let last = 0
  port.on('message', (reply: JobReply) => {
    if (reply.kind === 'publish') return turns.shift()?.()
    asked.get(reply.id)?.(reply)
    asked.delete(reply.id)
  })
  return {
    turn: () =>
      new Promise((resolve) => {
        turns.push(resolve)
        tell({ kind: 'publishing' })
      }),

    ask: ({ signal: _, ...question }) =>
      new Promise((resolve, reject) => {
        const id = ++last
        asked.set(id, (reply) => {
          if (reply.kind === 'answer') resolve(reply.answer)
          else reject(new StarlingError(reply.code, reply.message))
        })
        tell({ kind: 'question', id, question })
      }),
  }
}
