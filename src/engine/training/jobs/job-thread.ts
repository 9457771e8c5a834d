import { type ErrorCode, StarlingError } from '../../../error.ts'
import { startThread } from '../../../kernel/threads/start-thread.ts'
import type { Answer, Question } from '../../../lake/lake.ts'
import type { Trial } from '../../../models/search/trial.ts'
import type { DeclaredAttributes } from '../../recipes/residents.ts'
import type { Outcome } from '../kinds/kind.ts'
import type { Job } from './job.ts'
import { tooMuchMemory } from './memory-bound.ts'

/** What a job is told, in a thread of its own: the thread that answers feeds never waits for it. */
export interface JobTask {
  readonly job: Job & { readonly through: number }
  readonly log: string
  readonly models: string
  /** Where the snapshot of a trimmed log lies. */
  readonly snapshots: string
  readonly imports: string
  readonly checkpoints: string
  readonly attributes: DeclaredAttributes
  /** Names whose new versions wait to be promoted instead of serving at once. */
  readonly held: readonly string[]
  readonly taintedThrough: number
}

/** What a thread says. */
export type JobMessage =
  | { readonly kind: 'progress'; readonly step: string; readonly share: number }
  | { readonly kind: 'line'; readonly line: string }
  | { readonly kind: 'trial'; readonly trial: Trial }
  /** It waits for its turn: one at a time may write into the registry. */
  | { readonly kind: 'publishing' }
  /** It wants to know what was logged: one process holds the database of the lake. */
  | { readonly kind: 'question'; readonly id: number; readonly question: Question }
  | { readonly kind: 'published'; readonly model: string; readonly version: number }
  | { readonly kind: 'done'; readonly outcome: Outcome }
  | { readonly kind: 'failed'; readonly code: ErrorCode; readonly message: string }

/** What a thread is told. */
export type JobReply =
  | { readonly kind: 'publish' }
  | { readonly kind: 'answer'; readonly id: number; readonly answer: Answer }
  | {
      readonly kind: 'refused'
      readonly id: number
      readonly code: ErrorCode
      readonly message: string
    }

export interface ThreadHooks {
  onProgress(step: string, share: number): void
  onLine(line: string): void
  onTrial(trial: Trial): void
  onPublished(model: string, version: number): void
  onQuestion(question: Question): Promise<Answer>
  /** Runs pieces of work one after the other. */
  readonly inTurn: <T>(work: () => Promise<T>) => Promise<T>
}

/**
 * Runs one job in a thread of its own. Rejects with the signal's reason where it is aborted, and
 * with `resource_exhausted` where it takes more memory than the job may.
 */
export function runThread(
  task: JobTask,
  hooks: ThreadHooks,
  signal: AbortSignal,
): Promise<Outcome> {
  signal.throwIfAborted()
  return new Promise((resolve, reject) => {
    const resourceLimits = { maxOldGenerationSizeMb: task.job.memoryMb }
    const worker = startThread(new URL('./job-worker.ts', import.meta.url), task, resourceLimits)
    const released: (() => void)[] = []
    const reply = (message: JobReply): void => worker.postMessage(message)
    const stop = (): void => {
      reject(signal.reason)
      void worker.terminate()
    }
    signal.addEventListener('abort', stop, { once: true })
    worker.on('message', (message: JobMessage) => {
      if (message.kind === 'progress') hooks.onProgress(message.step, message.share)
      else if (message.kind === 'line') hooks.onLine(message.line)
      else if (message.kind === 'trial') hooks.onTrial(message.trial)
      else if (message.kind === 'publishing') {
        void hooks.inTurn(
          () =>
            new Promise<void>((release) => {
              released.push(release)
              reply({ kind: 'publish' })
            }),
        )
      } else if (message.kind === 'question') void answered(message, hooks).then(reply)
      else if (message.kind === 'published') {
        hooks.onPublished(message.model, message.version)
        released.pop()?.()
      } else if (message.kind === 'done') resolve(message.outcome)
      else reject(new StarlingError(message.code, message.message))
    })
    worker.on('error', (error) => reject(inWords(error, task.job.memoryMb)))
    worker.on('exit', (code) => {
      signal.removeEventListener('abort', stop)
      // A thread that ended in the middle of a publish leaves nothing that is taken for a version.
      for (const release of released) release()
      reject(new StarlingError('internal', `the job's thread ended with code ${code}, no result`))
    })
  })
}

async function answered(
  { id, question }: Extract<JobMessage, { kind: 'question' }>,
  { onQuestion }: ThreadHooks,
): Promise<JobReply> {
  try {
    return { kind: 'answer', id, answer: await onQuestion(question) }
  } catch (error) {
    return { kind: 'refused', id, ...toldOf(error) }
  }
}

/** An error as it goes from thread to thread: the code comes back in front when it is made anew. */
export function toldOf(error: unknown): { readonly code: ErrorCode; readonly message: string } {
  const code = error instanceof StarlingError ? error.code : 'internal'
  const message = error instanceof Error ? error.message : String(error)
  return { code, message: message.replace(`[${code}] `, '') }
}

function inWords(error: Error, memoryMb: number): Error {
  const isMemory = 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY'
  return isMemory ? tooMuchMemory(memoryMb) : error
}
