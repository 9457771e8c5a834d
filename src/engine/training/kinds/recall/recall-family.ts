import type { AskedModel } from '../../../../feed/recall/learned/from-model.ts'
import type { ContentData } from '../../../../models/content/content.ts'
import type { Interactions } from '../../../../models/interactions.ts'
import type { Artifact, Model, TrainingRun } from '../../../../models/model.ts'
import type { Sequences } from '../../../../models/sequences.ts'
import type { DeclaredSettings, Settings } from '../settings.ts'

/** What there is to learn from at a moment; each form is made when it is first asked for. */
export interface Past {
  /** A row per user, a column per item. */
  readonly matrix: Interactions
  /** The same users, what each liked in the order of time. */
  readonly sequences: Sequences
  /** What can be read of each item, where the family asked for it. */
  readonly content: ContentData
}

/** A family of models that recall: what it learns from, and how it is asked. */
export interface RecallFamily {
  /** Kind of the training, name in the registry and name of the source. */
  readonly name: string
  readonly summary: string
  /** Whether it reads what items say of themselves. */
  readonly readsTexts?: true
  readonly settings: DeclaredSettings
  /** Whether its models lay items out in space, of which lists can be learned. */
  readonly laysOut?: true
  /**
   * Code of models is loaded with the first that is fitted or loaded: a server that goes without a
   * family holds nothing of it.
   */
  fit(past: Past, settings: Settings, run: TrainingRun): Promise<Model>
  /** Throws `failed_precondition` for another kind, and `data_loss` where the bytes don't fit. */
  load(artifact: Artifact): RecallModel | Promise<RecallModel>
}

/** As sources ask it: what was liked with the newest last, and a number per item. */
export interface RecallModel extends AskedModel {
  readonly space?: Space
}

/** Items laid out so that the larger the product with what is asked, the better. */
export interface Space {
  readonly width: number
  /** itemCount × width; zeros for what nothing was learned of. */
  readonly rows: Float32Array
  /** What somebody with this past asks for, of `width` numbers; zeros for nothing. */
  queryOf(items: Uint32Array, weights: Float32Array): Float32Array | Promise<Float32Array>
  /** What `score` makes of the products of the best, or something that keeps their order; > 0. */
  scoresOf(products: Float32Array): Float32Array
}
