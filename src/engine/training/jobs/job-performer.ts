import { StarlingError } from '../../../error.ts'
import type { Clock } from '../../../events/clock.ts'
import type { Trial } from '../../../models/search/trial.ts'
import type { Outcome } from '../kinds/kind.ts'
import { forgetCheckpoints } from './checkpoints.ts'
import type { Job, JobProgress, LoopDelay } from './job.ts'
import type { JobShelf } from './job-shelf.ts'
import { type LoopWatch, watchLoop } from './loop-delay.ts'

/** Runs one job to its end, wherever: rejects with the signal's reason where that is aborted. */
export type RunJob = (
  job: Job,
  hooks: JobHooks,
  signal: AbortSignal,
) => Promise<{ readonly model: string; readonly outcome: Outcome }>

export interface JobHooks {
  /** Where the log ends for this job: told once, when it first begins. */
  onThrough(through: number, seed: string): Promise<void>
  onProgress(step: string, share: number): void
  onLine(line: string): void
  onTrial(trial: Trial): void
}

export interface PerformerOptions {
  readonly shelf: JobShelf
  readonly run: RunJob
  readonly clock: Clock
  readonly onProgress: (step: string, share: number) => void
  readonly onTrouble: (what: string, error: unknown) => void
}

/** A job that ended the process so often is not taken up again: it would do so for ever. */
const attemptsMost = 3

/** Why a run was stopped, where it was neither done nor failed. */
export class Stopped extends Error {
  readonly as: 'cancelled' | 'queued' | 'restarted'
  constructor(as: Stopped['as'], why: string) {
    super(why)
    this.as = as
  }
}

export interface Running {
  readonly stop: AbortController
  progress?: JobProgress
  readonly loop: LoopWatch
  readonly done: Promise<void>
}

/** A job, and where it is just now. */
export interface JobNow extends Job {
  readonly progress?: JobProgress
}

/** Jobs at work, and those who wait for their end. */
export interface Performer {
  readonly running: ReadonlyMap<string, Running>
  begin(id: string): void
  now(job: Job): JobNow
  /** Writes down that a job is over, and tells whoever waits for it. */
  end(id: string, change: Partial<Job>, line: string): Promise<void>
  /** Told the job when it is over, or `undefined` where the engine closes before. */
  hear(id: string, told: (job: Job | undefined) => void): void
  closing(): void
}

/** `onFree` is told when a job has ended; `again`, which one is to begin anew. */
export function performer(
  options: PerformerOptions,
  known: (id: string) => Job,
  { onFree, again }: { readonly onFree: () => void; readonly again: (id: string) => void },
): Performer {
  const { shelf, run, clock, onProgress, onTrouble } = options
  const running = new Map<string, Running>()
  const heard = new Map<string, ((job: Job | undefined) => void)[]>()

  const say = (id: string, line: string): void => {
    // A line that cannot be written is no reason to stop the job.
    shelf.write(id, { at: clock.now(), line }).catch(() => undefined)
  }

  const end = async (id: string, change: Partial<Job>, line: string): Promise<void> => {
    say(id, line)
    try {
      await shelf.put({ ...known(id), endedAt: clock.now(), ...change })
      await forgetCheckpoints(shelf.checkpointsOf(id))
    } finally {
      for (const hear of heard.get(id) ?? []) hear(shelf.get(id))
      heard.delete(id)
    }
  }

  const begin = (id: string): void => {
    const stop = new AbortController()
    const loop = watchLoop()
    const done = Promise.resolve()
      .then(() => perform(id, at))
      .catch((error: unknown) => onTrouble(`job ${id} cannot be written down`, error))
    const at: Running = { stop, loop, done }
    running.set(id, at)
  }

  const perform = async (id: string, at: Running): Promise<void> => {
    const job = known(id)
    try {
      if (job.attempts >= attemptsMost) throw new Error(`it was begun ${job.attempts} times`)
      const attempts = job.attempts + 1
      say(id, job.startedAt === undefined ? 'begins' : 'is taken up again')
      await shelf.put({ ...job, status: 'running', startedAt: clock.now(), attempts })
      const { model, outcome } = await run(known(id), hooksOf(id, at), at.stop.signal)
      const { promoted, version, verdict: reason, metrics } = outcome
      const result = { promoted, model, version, reason, metrics }
      await end(id, { status: 'done', result, delay: at.loop.stop() }, reason)
    } catch (error) {
      await stopped(id, at.loop.stop(), error)
    } finally {
      running.delete(id)
      onFree()
    }
  }

  const stopped = async (id: string, delay: LoopDelay, error: unknown): Promise<void> => {
    const why = error instanceof Error ? error.message : String(error)
    if (!(error instanceof Stopped)) {
      const code = error instanceof StarlingError ? error.code : 'internal'
      return end(id, { status: 'failed', trouble: why, code, delay }, `failed: ${why}`)
    }
    if (error.as === 'cancelled') {
      return end(id, { status: 'cancelled', trouble: why, delay }, why)
    }
    say(id, why)
    // Whoever stopped it says so in peace: it does not count as an attempt that ended badly.
    const { through: _, ...job } = known(id)
    const left = error.as === 'restarted' ? job : known(id)
    if (error.as === 'restarted') await forgetCheckpoints(shelf.checkpointsOf(id))
    await shelf.put({ ...left, status: 'queued', attempts: left.attempts - 1 })
    if (error.as === 'restarted') again(id)
  }

  const hooksOf = (id: string, at: Running): JobHooks => ({
    onThrough: (through, seed) => shelf.put({ ...known(id), through, seed }),
    onProgress(step, share) {
      if (at.progress?.step !== step) say(id, step)
      at.progress = { step, share }
      onProgress(step, share)
    },
    onLine: (line) => say(id, line),
    onTrial(trial) {
      const job = known(id)
      const trials = [...(job.trials ?? []), trial]
      shelf.put({ ...job, trials }).catch(() => undefined)
    },
  })

  return {
    ...{ running, begin, end },

    now(job) {
      const at = running.get(job.id)
      if (at === undefined) return job
      return { ...job, delay: at.loop.now(), ...(at.progress && { progress: at.progress }) }
    },

    hear: (id, told) => void heard.set(id, [...(heard.get(id) ?? []), told]),

    closing() {
      for (const told of [...heard.values()].flat()) told(undefined)
      heard.clear()
    },
  }
}
