import type { ErrorCode } from '../../../error.ts'
import type { Timestamp } from '../../../events/clock.ts'
import type { Sampler, Trial } from '../../../models/search/trial.ts'
import type { DataSource, Metrics } from '../kinds/kind.ts'
import type { Settings } from '../kinds/settings.ts'

/** A piece of learning, from when it was asked for to what came of it. Kept after it ended. */
export interface Job {
  /** '1', '2', '3' …, never given twice. */
  readonly id: string
  /** What is trained: one of the declared kinds. */
  readonly kind: string
  readonly settings: Settings
  readonly source: DataSource
  readonly file?: string
  readonly seed?: string
  /** Settings that are searched for, where the job is a search. */
  readonly search?: SearchAsked
  readonly memoryMb: number
  readonly by: string
  readonly status: JobStatus
  readonly askedAt: Timestamp
  readonly startedAt?: Timestamp
  readonly endedAt?: Timestamp
  /** How often it was begun, taken up again after a crash or restart included. */
  readonly attempts: number
  /** Where in the log it stops reading: decided when it first begins, for all attempts. */
  readonly through?: number
  readonly result?: JobResult
  /** Why it failed, or who cancelled it. */
  readonly trouble?: string
  /** The code of what it failed with. */
  readonly code?: ErrorCode
  /** What a search has tried so far. */
  readonly trials?: readonly Trial[]
  /** How late the engine's own thread was while the job ran. */
  readonly delay?: LoopDelay
}

export type JobStatus = 'queued' | 'running' | 'done' | 'failed' | 'cancelled'

export interface SearchAsked {
  /** How many settings are tried, 1 to 1,000. */
  readonly trials: number
  /** Drawn evenly, or by what the trials before it came to (TPE). */
  readonly way: Sampler
  /** The settings that are searched for, and from where to where; all others are as given. */
  readonly between: Readonly<Record<string, { readonly low: number; readonly high: number }>>
}

export interface JobResult {
  readonly promoted: boolean
  readonly model: string
  readonly version: string
  readonly reason: string
  readonly metrics: Metrics
}

/** Delay of the event loop, in ms: how long a request may have waited for its turn. */
export interface LoopDelay {
  readonly sampleCount: number
  readonly p50Ms: number
  readonly p90Ms: number
  readonly p99Ms: number
  readonly maxMs: number
}

/** Where a running job is. */
export interface JobProgress {
  readonly step: string
  /** In [0, 1], of the step. */
  readonly share: number
}

export const isOver = ({ status }: Pick<Job, 'status'>): boolean =>
  status === 'done' || status === 'failed' || status === 'cancelled'
