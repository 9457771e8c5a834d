import { StarlingError } from '../../../error.ts'
import { forgetCheckpoints } from './checkpoints.ts'
import { isOver, type Job } from './job.ts'
import { type JobNow, type PerformerOptions, performer, Stopped } from './job-performer.ts'
import type { JobLine, JobShelf } from './job-shelf.ts'

/** What somebody wants done. */
export type JobWish = Pick<
  Job,
  'kind' | 'settings' | 'source' | 'file' | 'seed' | 'search' | 'memoryMb' | 'by'
>

/** Does jobs in the order in which they were asked for, so many at a time. */
export interface Jobs extends AsyncDisposable {
  start(wish: JobWish): Promise<JobNow>
  /** Resolves when the job is over; rejects with `canceled` where the engine closes before. */
  over(id: string): Promise<Job>
  /** The newest first. */
  list(): readonly JobNow[]
  /** Throws `not_found` for a job that is not kept. */
  get(id: string): JobNow
  /** Rejects with `failed_precondition` where it is over. */
  cancel(id: string, by: string): Promise<JobNow>
  lines(id: string, count: number): Promise<readonly JobLine[]>
  /** Takes up what an earlier process left undone. */
  resume(): void
  /** Has those that run begin from nothing: what they have read so far must not be learned from. */
  restart(why: string): Promise<void>
  readonly running: boolean
}

export interface JobsOptions extends PerformerOptions {
  /** Jobs that run at a time. */
  readonly workers: number
}

export function openJobs(options: JobsOptions): Jobs {
  const { shelf, workers, clock } = options
  const waiting = new Set<string>()
  let closing = false

  const known = (id: string): Job => {
    const job = shelf.get(id)
    if (job !== undefined) return job
    throw new StarlingError('not_found', `no job ${id} is kept`, { field: 'id' })
  }

  const next = (): void => {
    if (closing) return
    for (const id of waiting) {
      if (running.size >= workers) return
      waiting.delete(id)
      begin(id)
    }
  }

  const work = performer(options, known, { onFree: next, again: (id) => waiting.add(id) })
  const { running, begin, end, now } = work

  const close = async (): Promise<void> => {
    closing = true
    for (const { stop } of running.values()) {
      stop.abort(new Stopped('queued', 'the engine closes: it is taken up again with the next'))
    }
    await Promise.all([...running.values()].map(({ done }) => done))
    work.closing()
    await shelf.settled()
  }

  return {
    async start(wish) {
      const id = shelf.nextId()
      const job: Job = { ...wish, id, status: 'queued', askedAt: clock.now(), attempts: 0 }
      await shelf.put(job)
      waiting.add(id)
      next()
      return now(known(id))
    },

    over: (id) =>
      new Promise((resolve, reject) => {
        const job = known(id)
        if (isOver(job)) return resolve(job)
        work.hear(id, (ended) => {
          if (ended !== undefined) resolve(ended)
          else reject(new StarlingError('canceled', 'the engine is closing'))
        })
      }),

    list: () => shelf.list().map(now),
    get: (id) => now(known(id)),

    async cancel(id, by) {
      const job = known(id)
      if (isOver(job)) {
        throw new StarlingError('failed_precondition', `job ${id} is ${job.status} already`)
      }
      const why = `cancelled by ${by}`
      const at = running.get(id)
      waiting.delete(id)
      if (at === undefined) await end(id, { status: 'cancelled', trouble: why }, why)
      else {
        at.stop.abort(new Stopped('cancelled', why))
        await at.done
      }
      return now(known(id))
    },

    lines(id, count) {
      known(id)
      return shelf.read(id, count)
    },

    resume() {
      const left = shelf.list().filter((job) => !isOver(job) && !running.has(job.id))
      for (const { id } of left.reverse()) waiting.add(id)
      next()
    },

    async restart(why) {
      const all = [...running.values()]
      for (const { stop } of all) stop.abort(new Stopped('restarted', why))
      await Promise.all(all.map(({ done }) => done))
      await beginAnew(shelf, (id) => running.has(id))
    },

    get running() {
      return running.size > 0
    },

    [Symbol.asyncDispose]: close,
  }
}

/** Takes from jobs that wait what an earlier attempt of theirs has read. */
async function beginAnew(shelf: JobShelf, isRunning: (id: string) => boolean): Promise<void> {
  for (const { id } of shelf.list().filter(({ status }) => status === 'queued')) {
    if (isRunning(id)) continue
    await forgetCheckpoints(shelf.checkpointsOf(id))
    const { through: _, ...job } = shelf.get(id)!
    if (!isRunning(id)) await shelf.put(job)
  }
}
