import type { Json } from '../events/event.ts'

/** What was learned. A model never changes: training makes the next one. */
export interface Model {
  readonly kind: string
  save(): Artifact
}

/**
 * A model that tells, from what a user did, how much each item would please.
 *
 * The items of the history are ordinals below `itemCount`; `weights` says how much each counts,
 * all > 0, in the measure of the weights it was trained on.
 */
export interface HistoryModel extends Model {
  readonly itemCount: number

  /** One number per item, the best highest. All are 0 where the history is empty. */
  score(items: Uint32Array, weights: Float32Array): Float32Array

  /** The same bits for several at once, of models that gain by it. */
  scoreAll?(histories: readonly History[]): readonly Float32Array[]
}

/** What a user did: items and how much each counts, in the same places. */
export interface History {
  readonly items: Uint32Array
  readonly weights: Float32Array
}

/** A model that tells, from what was met last, what comes next. */
export interface SequenceModel extends Model {
  readonly itemCount: number

  /** One number per item, the best highest, from ordinals with the oldest first. */
  next(items: Uint32Array): Float32Array
}

/** A model that tells, for each row of features, how likely the action is. */
export interface RankingModel extends Model {
  /** The columns that `predict` takes, in this order. */
  readonly features: readonly string[]

  /** One probability per row, from one array of at least `rowCount` values per feature. */
  predict(columns: readonly Float32Array[], rowCount: number): Float32Array

  /**
   * What each feature of one row added to the log-odds; with `bias` they sum to the whole. May be
   * written to `into`, and is then that: who asks for many rows makes one array for all.
   */
  contributions(values: Float32Array, into?: Float32Array): Float32Array
  readonly bias: number
}

/** Makes models of one kind, from data or from what a model of the kind saved. */
export interface Trainer<M extends Model, Data> {
  readonly kind: string

  /** The same data and the same seed give the same model, bit by bit. */
  fit(data: Data, run: TrainingRun): Promise<M>

  /** Throws `failed_precondition` for another kind, and `data_loss` where the bytes don't fit. */
  load(artifact: Artifact): M
}

/** What any fit may be given. */
export interface TrainingRun {
  readonly seed: number | string
  /** Where aborted, `fit` rejects with the signal's reason. */
  readonly signal?: AbortSignal
  /** Told the share that is done, in (0, 1]. */
  readonly onProgress?: (share: number) => void
  /** Where a long fit keeps how far it came, and goes on from; quick families don't ask. */
  readonly checkpoints?: Checkpoints
  /**
   * Told how many bytes are about to be taken at once, and for what. Where it throws, the fit
   * rejects with what it threw, and has not taken them.
   */
  readonly reserve?: (sizeBytes: number, what: string) => void
  /**
   * Told how good the model is on the validation rows by now, the higher the better: after each
   * epoch of families that learn in epochs. Where it throws, the fit rejects with what it threw.
   */
  readonly report?: (value: number) => void
}

/**
 * How far a long work came, by the names of its steps: whoever begins anew after a crash goes on
 * from there, to the same bits.
 */
export interface Checkpoints {
  /** Undefined where nothing was written, or what was is damaged. */
  read(name: string): Promise<Artifact | undefined>
  write(name: string, step: Artifact): Promise<void>
  /** Whether it is worth writing one just now, where a fit could after each round; else it is. */
  readonly isDue?: () => boolean
}

/**
 * A saved model: its weights, and a readable header that says how to read them.
 *
 * Whoever trains may add entries (vocabulary, range of data): loading overlooks those it doesn't
 * know.
 */
export interface Artifact {
  readonly header: ArtifactHeader
  readonly weights: Uint8Array
}

export type ArtifactHeader = { readonly kind: string } & { readonly [entry: string]: Json }
