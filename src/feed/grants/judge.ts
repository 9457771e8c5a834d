import type { Timestamp } from '../../events/clock.ts'
import type { Grant } from '../../events/event.ts'
import type { Account } from '../../state/projections/shelf.ts'
import { type Applicant, type GrantRules, ruleFor } from './grant-rules.ts'

/** What a writer wants to put into a feed, and what is known of it there. */
export interface Wish extends Applicant {
  readonly at: Timestamp
  /** Entries that it wants to put, and may be put for all that rules do not concern. */
  readonly count: number
  /** Entries of its own that go on waiting beside the new ones. */
  readonly waiting: number
  /** What it was granted here before. */
  readonly account: Account | undefined
}

/** Why entries were not put. */
export type Denial =
  | 'interval'
  | 'quota'
  | 'share'
  | 'unknown-writer'
  /** They wait already, put by this writer or another. */
  | 'waiting'
  /** The user has seen or blocked them. */
  | 'seen'
  /** What waits was chosen with more knowledge. */
  | 'outdated'

export interface Verdict extends Pick<Grant, 'segment' | 'since' | 'used'> {
  /** How many of the wished entries, the first ones, may be put. */
  readonly granted: number
  readonly denied: Partial<Record<Denial, number>>
  /** How long they may wait. */
  readonly ttlMs: number
  /** Does a rule count what the writer is granted here? */
  readonly counted: boolean
}

/** Decides how much of a wish is granted. Pure: what was granted before is told. */
export function judge(rules: GrantRules, wish: Wish): Verdict {
  const { at, count, account } = wish
  const { allowance, segment } = ruleFor(rules, wish)
  const before = { since: account?.since ?? at, used: account?.used ?? 0 }
  const none = { segment, ...before, granted: 0, ttlMs: 0, counted: true }
  if (allowance === undefined) return { ...none, denied: { 'unknown-writer': count } }
  const {
    quota,
    periodMs = 0,
    share,
    minIntervalMs = 0,
    ttlMs = Number.POSITIVE_INFINITY,
  } = allowance
  if (account !== undefined && at - account.at < minIntervalMs) {
    return { ...none, denied: { interval: count } }
  }
  // A period ends when its time is over, and the next begins with what is asked for then.
  const period = at - before.since < periodMs ? before : { since: at, used: 0 }
  const byQuota = Math.min(count, Math.max(0, (quota ?? Number.POSITIVE_INFINITY) - period.used))
  const room = share === undefined ? count : Math.floor(share * rules.queueLength) - wish.waiting
  const granted = Math.min(byQuota, Math.max(0, room))
  const denied = {
    ...(byQuota < count && { quota: count - byQuota }),
    ...(granted < byQuota && { share: byQuota - granted }),
  }
  const counted = segment !== '' || periodMs > 0 || minIntervalMs > 0 || share !== undefined
  const { since, used } = period
  return { segment, since, used: used + granted, granted, denied, ttlMs, counted }
}
