import type { Timestamp } from '../../events/clock.ts'
import type { Follows } from './follows.ts'
import type { Interests } from './lasting.ts'
import type { Session } from './session.ts'
import type { Statistics } from './statistics.ts'

/**
 * What a user cares for, as far as what they did tells: interests that last, what the session is
 * about, whom they follow, and what they did in numbers. To be shown what is served says nothing.
 */
export interface Profile {
  /** How often it changed: it names what was known. */
  readonly version: number
  /** The newest moment that it knows of. */
  readonly updatedAt: Timestamp
  readonly lasting: Interests
  /** The last session; whether it is over, the reader's clock tells. */
  readonly session: Session | undefined
  readonly follows: Follows
  readonly statistics: Statistics | undefined
}
