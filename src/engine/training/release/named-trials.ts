import type { UserId } from '../../../events/event.ts'
import type { Scorer } from '../../../feed/pipeline/scorer.ts'

/** Trials as requests meet them. */
export interface NamedTrials {
  /**
   * The arms that a page of this user is made in: those of the ranker that orders it, which is
   * asked for by this name, or is the one of all feeds. A name with a version is in no trial.
   */
  armsOf(user: UserId, asked?: string): readonly string[]
  /** What to ask for where this user asks for the name: a version that they try, or as it is. */
  asked(name: string, user: UserId): string
  /** The ranker, heard by whoever compares another version with it. */
  watched(name: string, serving: Scorer): Scorer
}
