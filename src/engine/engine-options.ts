import type { Clock } from '../events/clock.ts'
import type { Scene } from '../feed/delivery/scene.ts'
import type { LakeSettings } from './lake/lake-settings.ts'
import type { Recipes } from './recipes/recipes.ts'
import type { DeclaredAttributes } from './recipes/residents.ts'
import type { OwnStages, StageMakers } from './recipes/stages.ts'
import type { LearnSettings } from './training/learn.ts'
import type { TrainingOptions } from './training/training-options.ts'

export interface EngineOptions {
  /** The state folder; made where it is missing. One engine at a time may hold it. */
  readonly folder: string
  readonly clock?: Clock
  /** Seeds all chance; drawn from the machine unless told. */
  readonly seed?: number | string
  readonly attributes?: DeclaredAttributes
  readonly settings?: Partial<LearnSettings>
  /** Stages of the program's own. */
  readonly stages?: (make: StageMakers) => OwnStages
  /** Scenes of the program's own, over the recipes; `defaultScenes` unless told. */
  readonly scenes?: (recipes: Recipes) => readonly Scene[]
  /** Learn anew by itself as the log grows; true unless told. */
  readonly retrain?: boolean
  /** What learning may take of the machine. */
  readonly training?: TrainingOptions
  /**
   * The log is kept up to this size; what lies beyond is forgotten, oldest first. No bound unless
   * told.
   */
  readonly logBytesMax?: number
  /** All that happened, for SQL: how much of it is kept; false for none at all. */
  readonly lake?: LakeSettings | false
  /** What the catalogue is, in words for people: part of the status. */
  readonly about?: () => string | undefined
  /**
   * Aborted when the program is about to end, before it disposes of the engine: writing to files
   * what the log tells again ends at once.
   */
  readonly signal?: AbortSignal
  /** Told what takes long: its name, and the share that is done. */
  readonly onProgress?: (step: string, share: number) => void
  /** Told what went wrong and was survived. */
  readonly onTrouble?: (what: string, error: unknown) => void
}
