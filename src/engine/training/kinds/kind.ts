import type { Timestamp } from '../../../events/clock.ts'
import type { EventLog } from '../../../events/log/event-log.ts'
import type { Lake } from '../../../lake/lake.ts'
import type { Artifact, TrainingRun } from '../../../models/model.ts'
import type { Registry, SoundVersion, TrainingNote } from '../../../models/registry/registry.ts'
import type { Store } from '../../../state/store/store.ts'
import type { DeclaredAttributes } from '../../recipes/residents.ts'
import { type Checkpoints, checkpointsOf } from '../jobs/checkpoints.ts'
import type { DeclaredSettings, Settings } from './settings.ts'

/**
 * A kind of model that a job can train: what it learns from, which settings it takes, how it is
 * judged. One file each; `all.ts` lists them.
 *
 * All of it runs in the thread of the job.
 */
export interface TrainableKind<Data = unknown> {
  readonly kind: string
  readonly summary: string
  /** The names under which versions are published, the one that is judged first. */
  readonly models: readonly [string, ...string[]]
  /** Where what it learns from may come from; the first unless told. */
  readonly data: readonly [DataSource, ...DataSource[]]
  readonly settings: DeclaredSettings
  /** The figure that a search raises, as it stands among the metrics. */
  readonly objective: string

  /** Throws `invalid_argument` for settings that do not go together, where they are asked for. */
  check?(settings: Settings): void

  /** Reads what it learns from, for a training or for all trials of a search. */
  prepare(work: Work): Promise<Data>

  /** Learns from the earlier part and judges by the later one. Publishes nothing. */
  trial(data: Data, work: Work): Promise<Metrics>

  /** Learns, judges, and publishes what is good enough. */
  train(data: Data, work: Work): Promise<Outcome>
}

/**
 * - `log`: what people did, read from the log; samples of a ranker by replay;
 * - `logged`: features as they stood when a page was made, where they are logged;
 * - `file`: rows of a file below the folder `imports`.
 */
export type DataSource = 'log' | 'logged' | 'file'

export type Metrics = Readonly<Record<string, number>>

/** What a job gives to whoever learns in it. */
export interface Work extends Pick<TrainingRun, 'seed'> {
  readonly settings: Settings
  /** Ends where the job was told to stop reading: a job that goes on sees the same log. */
  readonly log: EventLog
  /** What was known where the log begins. */
  readonly base: () => Promise<Store>
  readonly attributes: DeclaredAttributes
  readonly source: DataSource
  /** When the job was asked for: what was logged later it does not learn from. */
  readonly askedAt: Timestamp
  /** What was logged; `failed_precondition` where the engine keeps no lake. */
  readonly lake: Pick<Lake, 'query'>
  /** The rows to learn from, where they come from a file: its path. */
  readonly file?: string
  readonly registry: Pick<Registry, 'list' | 'latest' | 'load'>
  /** Versions that had read no further than here learned from somebody who was erased since. */
  readonly taintedThrough: number
  /** Throws `resource_exhausted` where the job may not take so much more. */
  readonly reserve: (sizeBytes: number, what: string) => void
  /** Finished steps, which a job that goes on after a crash need not do again. */
  readonly checkpoints: Checkpoints
  report(step: string, share: number): void
  /** Writes a line into the job's log. */
  say(line: string): void
  /** Gives the next version its number: ready to serve, or held back where candidates are. */
  publish(name: string, artifact: Artifact, note: TrainingNote): Promise<SoundVersion>
}

/**
 * What a fit of the job is given. `part` names what it goes on from, among all fits of the job, and
 * `step` is what those are told who watch.
 */
export function runOf(
  { seed, checkpoints, reserve, report }: Work,
  part: string,
  step: string,
): TrainingRun {
  return {
    ...{ seed, reserve, checkpoints: checkpointsOf(part, checkpoints) },
    onProgress: (share) => report(step, share),
  }
}

export interface Outcome {
  readonly promoted: boolean
  /** The version of the first of `models`; '' where none was published. */
  readonly version: string
  /** Why it is good enough to serve, or why it is not. */
  readonly verdict: string
  readonly metrics: Metrics
  /** Of models that are judged by themselves, and became no version: why, and by which figures. */
  readonly refused?: readonly {
    readonly model: string
    readonly why: string
    readonly metrics: Metrics
  }[]
}

/** Keeps the precise type of a kind's data where it is written, and forgets it in lists. */
export function trainable<Data>(kind: TrainableKind<Data>): TrainableKind {
  // `train` and `trial` are given nothing but what `prepare` of the same kind made.
  return kind as unknown as TrainableKind
}
