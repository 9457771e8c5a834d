import type { CanaryView } from '../../models/evaluation/canary.ts'
import type { ReleaseStep, Trial } from '../../state/releases/releases.ts'

/** How versions of models come to serve, and what was done about them. */
export interface Releases {
  /** Rejects with `not_found` for a model of which nothing was ever published or refused. */
  release(model: string): Promise<ReleaseView>
  /** The version serves from now on, unless a higher one does: also one that was held. */
  promoteModel(ask: VersionAsk): Promise<ReleaseView>
  /** The version serves no more. Rejects with `failed_precondition` for the only one that can. */
  rejectModel(ask: VersionAsk): Promise<ReleaseView>
  /** Back to the version before, in one call. */
  rollbackModel(ask: Omit<VersionAsk, 'version'>): Promise<ReleaseView>
  /**
   * Tries a held version: in the shadow of a share of requests, or on a share of users. One of a
   * model at a time. Rejects with `failed_precondition` where there is nothing to try it beside,
   * and for the canary of a model that recalls.
   */
  tryModel(ask: TrialAsk): Promise<ReleaseView>
}

export interface VersionAsk {
  readonly model: string
  readonly version: number
  readonly by: string
  readonly why?: string
}

export interface TrialAsk extends VersionAsk {
  readonly phase: 'shadow' | 'canary'
  /** Of requests or users, in (0, 1]. */
  readonly share: number
}

export interface ReleaseView {
  readonly model: string
  /** The version in force; none where nothing serves. */
  readonly serving?: number
  readonly trial?: Trial
  /** How a canary does just now. */
  readonly canary?: CanaryView
  /** What a shadow came to so far. */
  readonly shadow?: Readonly<Record<string, number>>
  /** Who did what, when and why: the newest first. */
  readonly steps: readonly ReleaseStep[]
}
