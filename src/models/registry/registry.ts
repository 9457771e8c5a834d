import type { Timestamp } from '../../events/clock.ts'
import type { Artifact } from '../model.ts'

/**
 * Where trained models wait to be served: for each name a row of versions, numbered from 1, of
 * which the highest that is whole, not held and not rejected serves. Numbers are never given twice.
 */
export interface Registry {
  /**
   * Stores the next version, durably and as a whole or not at all, and forgets the oldest ones.
   * Rejects with `unavailable` where the disk refuses.
   */
  publish(
    name: string,
    artifact: Artifact,
    report?: TrainingNote,
    options?: PublishOptions,
  ): Promise<SoundVersion>

  /** All versions of one name, or of all names in order; the newest first. Reads every byte. */
  list(name?: string): Promise<readonly ModelVersion[]>

  /** The version that serves. Undefined where there is none. */
  latest(name: string): Promise<LoadedVersion | undefined>

  /**
   * Rejects with `not_found` where there is no such version, and `data_loss` where it is damaged.
   */
  load(name: string, version: number): Promise<Artifact>

  /**
   * A version that was held serves from now on, unless a higher one does. Rejects with
   * `failed_precondition` where it was rejected or is damaged.
   */
  promote(name: string, version: number): Promise<SoundVersion>

  /** From now on the version does not serve. The last reason given stands. */
  reject(name: string, version: number, reason: string): Promise<void>

  /**
   * Rejects the version that serves in favour of the one before it, which is returned. Rejects with
   * `failed_precondition`, and changes nothing, where no other could serve.
   */
  rollback(name: string): Promise<SoundVersion>
}

export interface PublishOptions {
  /** It is kept, and does not serve until it is promoted. */
  readonly held?: boolean
}

/** What the training has to say about a model. */
export interface TrainingNote {
  /** Finite numbers. */
  readonly metrics?: Readonly<Record<string, number>>
  readonly note?: string
}

export type ModelVersion = SoundVersion | DamagedVersion

export interface SoundVersion {
  readonly name: string
  readonly version: number
  readonly status: 'ready' | 'held' | 'rejected'
  readonly kind: string
  readonly publishedAt: Timestamp
  readonly metrics: Readonly<Record<string, number>>
  readonly sizeBytes: number
  /** Why it was rejected, or else what the training said. */
  readonly note?: string
}

/** A version whose bytes are not those that were published. It is passed over, never served. */
export interface DamagedVersion {
  readonly name: string
  readonly version: number
  readonly status: 'damaged'
  readonly note: string
}

export interface LoadedVersion {
  readonly version: SoundVersion
  readonly artifact: Artifact
  /** Higher versions that could not serve, with the reason as their note. */
  readonly passedOver: readonly ModelVersion[]
}
