import type { UserId } from '../../../events/event.ts'
import type { Deed, FeedPage } from '../../simulate/feed.ts'

/** People who could come in: those of a world, or some made up for any catalogue. */
export interface Guests {
  /** Somebody who is not there comes in. */
  enter(at: number): Guest
  leave(guest: Guest): void
}

/** Somebody on a visit. */
export interface Guest {
  readonly id: UserId
  readonly scene: string
  /** '' for all of the scene. */
  readonly channel: string
  readonly pageSize: number
  /** The guest looks at a page and does something, or not. Changes what comes after. */
  meet(page: FeedPage, at: number): GuestMeeting
}

export interface GuestMeeting {
  /** Each at a time of its own, in order, up to `endsAt`. */
  readonly deeds: readonly Deed[]
  /** When the guest has done with the page. */
  readonly endsAt: number
  readonly leaves: boolean
}
