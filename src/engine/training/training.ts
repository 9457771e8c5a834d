import { Worker } from 'node:worker_threads'
import { StarlingError } from '../../error.ts'
import type { TrainingMessage, TrainingOutcome, TrainingTask } from './training-worker.ts'

/**
 * Runs one training in a thread of its own. Rejects with the signal's reason where it is aborted.
 */
export function runTraining(
  task: TrainingTask,
  onProgress: (step: string, share: number) => void,
  signal?: AbortSignal,
): Promise<TrainingOutcome> {
  signal?.throwIfAborted()
  return new Promise((resolve, reject) => {
    const worker = startWorker(task)
    const stop = (): void => {
      reject(signal!.reason)
      void worker.terminate()
    }
    signal?.addEventListener('abort', stop, { once: true })
    worker.on('message', (message: TrainingMessage) => {
      if (message.kind === 'progress') onProgress(message.step, message.share)
      else resolve(message.outcome)
    })
    worker.on('error', reject)
    worker.on('exit', (code) => {
      signal?.removeEventListener('abort', stop)
      reject(new StarlingError('internal', `training ended with code ${code} and no result`))
    })
  })
}

/**
 * TypeScript as it stands needs its loader registered in the new thread too; built files need none.
 */
function startWorker(task: TrainingTask): Worker {
  if (!import.meta.url.endsWith('.ts')) {
    return new Worker(new URL('./training-worker.js', import.meta.url), { workerData: task })
  }
  const loader = JSON.stringify(import.meta.resolve('tsx/esm/api'))
  const file = JSON.stringify(new URL('./training-worker.ts', import.meta.url).href)
  const start = `import { register } from ${loader}; register(); await import(${file})`
  const script = new URL(`data:text/javascript,${encodeURIComponent(start)}`)
  return new Worker(script, { workerData: task })
}
