import type { Timestamp } from '../../events/clock.ts'
import type { Job, JobProgress, SearchAsked } from '../training/jobs/job.ts'
import type { DataSource } from '../training/kinds/kind.ts'
import type { DeclaredSetting } from '../training/kinds/settings.ts'

/** Learning, as jobs that are asked for, watched, and stopped. */
export interface TrainingJobs {
  /** What can be trained, and with which settings. */
  trainableKinds(): readonly TrainableKindView[]
  /** The newest first, with those that are over. */
  jobs(request?: JobsRequest): Promise<readonly JobView[]>
  /** Resolves when it is written down: what an engine accepted it does, also after a restart. */
  startJob(wanted: JobWanted): Promise<JobView>
  /** Rejects with `not_found` for a job that is not kept. */
  job(id: string): Promise<JobView>
  /** Rejects with `failed_precondition` where it is over. */
  cancelJob(id: string, by: string): Promise<JobView>
  /** What a job said, oldest first: the newest 200 lines unless told. */
  jobLog(id: string, size?: number): Promise<readonly JobLineView[]>
}

export interface JobsRequest {
  /** Only those that are not over. */
  readonly open?: boolean
  /** 1 to 200; 50 unless told. */
  readonly size?: number
}

export interface JobWanted {
  readonly kind: string
  /** Settings of the kind; what is left out is as declared. */
  readonly settings?: Readonly<Record<string, unknown>>
  /** Where it learns from; the first that the kind names unless told. */
  readonly source?: DataSource
  /** The file to learn from, by its name below `imports`. */
  readonly file?: string
  /** The same log and the same seed give the same model. Follows from the log unless told. */
  readonly seed?: string
  /** Settings to search for before it is trained with the best of them. */
  readonly search?: SearchAsked
  readonly memoryMb?: number
  readonly by?: string
}

export type JobView = Job & { readonly progress?: JobProgress }

export interface JobLineView {
  readonly at: Timestamp
  readonly line: string
}

export interface TrainableKindView {
  readonly kind: string
  readonly summary: string
  /** The names of the models that it makes. */
  readonly models: readonly string[]
  readonly sources: readonly DataSource[]
  readonly settings: readonly (DeclaredSetting & { readonly name: string })[]
}
