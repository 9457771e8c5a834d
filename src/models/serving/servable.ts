import type { Filling } from './filling.ts'
import type { RawColumn, ValueType } from './raw-value.ts'

/**
 * A model as whoever asks it sees it: named values in, one number per row and output back.
 *
 * All ways of serving a model stand behind this: a network in a portable file, a table computed
 * beforehand, embeddings with a light model over them, another server, and whatever was trained
 * here. A `Ranker` takes ids that a vocabulary gave; here come the values themselves.
 */
export interface Servable {
  /** The way: 'onnx', 'table', 'embeddings', 'remote', or the kind of the model. */
  readonly kind: string
  readonly signature: Signature
  /** How a feed fills its rows; without it only those can ask who bring features of their own. */
  readonly filling?: Filling

  /**
   * For each output one number per row, all rows scored at once. Rejects with `invalid_argument`
   * for what is not of the signature, `deadline_exceeded` or `unavailable` where another process
   * was asked and did not answer.
   */
  predict(asked: Asked, signal?: AbortSignal): Promise<readonly Float32Array[]>

  /** Lets go of what it holds. Nothing may be asked afterwards. */
  close(): Promise<void>
}

export interface Signature {
  readonly inputs: readonly InputSpec[]
  readonly outputs: readonly OutputSpec[]
}

export interface InputSpec {
  readonly name: string
  readonly type: ValueType
  /** Values per row, ≥ 1. */
  readonly width: number
  /** True where a request may leave it out. */
  readonly optional?: boolean
  /** What a number is where nobody could tell; 0 unless told. */
  readonly standIn?: number
  /** Whose id it is: what is logged of it can then be erased with the user. */
  readonly holds?: 'user' | 'item'
}

export interface OutputSpec {
  readonly name: string
  /** Each row's number stands alone, and not in a list of one. */
  readonly isScalar?: boolean
}

/**
 * Rows, column by column. A column holds rowCount × width values, row after row; or `width` values
 * alone, which hold for every row. An optional column may be missing.
 */
export interface Asked {
  readonly rowCount: number
  readonly columns: ReadonlyMap<string, RawColumn>
}
