import type { Model } from '../../../../models/model.ts'
import type { Field } from '../../../../models/ranking/field.ts'
import type { Ranker, RankerTrainer } from '../../../../models/ranking/ranker.ts'
import type { DeclaredSettings, Settings } from '../settings.ts'

/** A family of rankers over declared sets: what may be set, and how it is learned. */
export interface RankerFamily {
  /** Kind of the training, and name in the registry. */
  readonly name: string
  readonly summary: string
  /** The declared set that it learns from unless told. */
  readonly set: string
  /** Beside those that all families have. */
  readonly settings: DeclaredSettings
  /**
   * Loads the code of the family. Rejects with `invalid_argument` for a set that lacks what the
   * family needs.
   */
  trainer(settings: Settings, roles: Roles): Promise<RankerTrainer<Ranker & Model>>
}

/** What fields of a declared set stand for, by their names. */
export interface Roles {
  /** The label that is foretold. */
  readonly head: string
  /** All labels of the set. */
  readonly heads: readonly string[]
  /** Who asks, and what is offered: categories. */
  readonly user?: string
  readonly item?: string
  /** What the user met, in the words of `item`. */
  readonly history?: string
  readonly fields: readonly Field[]
}
