import type { StarlingError } from '../../error.ts'
import type { Asked, Signature } from '../../models/serving/servable.ts'

/** The side of the engine that serves models to whoever has features of their own. */
export interface ModelServing {
  /** All models that can be asked, with their versions. */
  servedModels(): readonly ServedModelView[]

  /** Rejects with `not_found` where none of the name, or no such version, is at work. */
  servedSignature(model: string, version?: number): Promise<ServedSignature>

  /**
   * Scores rows, all of a call at once. `read` makes them once it is known what the model takes;
   * what it throws is counted and logged like what the model makes of them. Rejects with
   * `not_found` as above, with `invalid_argument` for rows that the model does not take.
   */
  predict(request: PredictRequest): Promise<Predicted>
}

export interface ServedModelView {
  readonly name: string
  readonly serving: number | undefined
  readonly versions: readonly {
    readonly version: number
    readonly state: 'loading' | 'available' | 'ended'
    readonly error?: StarlingError
  }[]
}

export interface ServedSignature {
  readonly model: string
  readonly version: number
  readonly signature: Signature
}

export interface PredictRequest {
  readonly model: string
  /** The one at work, unless told. */
  readonly version?: number
  readonly read: (signature: Signature) => Asked | Promise<Asked>
  /** Who asks, as the log shall name them. */
  readonly caller?: string
  readonly signal?: AbortSignal
}

export interface Predicted extends ServedSignature {
  readonly requestId: string
  readonly rowCount: number
  /** For each output a number per row. */
  readonly scores: readonly Float32Array[]
}
