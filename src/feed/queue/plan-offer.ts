import type { Timestamp } from '../../events/clock.ts'
import type { Grant } from '../../events/event.ts'
import type { Entry } from '../../state/projections/packed-entries.ts'
import { dayOf, isSeen, type Seen } from '../../state/projections/seen.ts'
import { keptBeside, type Shelf } from '../../state/projections/shelf.ts'
import type { GrantRules } from '../grants/grant-rules.ts'
import { judge, type Verdict } from '../grants/judge.ts'
import type { Offer } from './feed-queue.ts'

/** What is known where an offer is decided on. */
export interface OfferContext {
  readonly before: Shelf
  readonly past: Seen | undefined
  readonly rules: GrantRules
  readonly scene: string
  readonly segment: string
  readonly at: Timestamp
}

/** What of an offer goes into the queue; with the grant where there was something to decide. */
export interface PlannedOffer {
  readonly entries: readonly Entry[]
  readonly grant?: Grant
}

/**
 * Decides on an offer that is made beside any page. What waits already, was seen, or was chosen
 * with less knowledge than what waits, is turned away before it costs the writer any of its quota.
 */
export function planOffer(context: OfferContext, offer: Offer): PlannedOffer {
  const { before, past, at } = context
  const asked = offer.entries.length
  if (offer.pulse < before.pulse && asked > 0) {
    const { segment, since, used } = verdictOn(context, offer, 0, [])
    return { entries: [], grant: { segment, asked, denied: { outdated: asked }, since, used } }
  }
  const kept = keptBeside(before.waiting, { replace: offer.replace, at })
  const met = new Set(kept.items())
  const day = dayOf(at)
  const denied: Record<string, number> = {}
  const wished: Entry[] = []
  for (const entry of offer.entries) {
    if (met.has(entry.item)) count(denied, 'waiting', 1)
    else if (isSeen(past, entry.item, day) || past?.blocked.has(entry.item)) {
      count(denied, 'seen', 1)
    } else wished.push(entry)
    met.add(entry.item)
  }
  const verdict = verdictOn(context, offer, wished.length, [...kept])
  return planned(verdict, asked, denied, lasting(wished.slice(0, verdict.granted), verdict, at))
}

/**
 * Decides on an offer that a page is taken from in the same step. The page is the user's right, and
 * no writer's: what it shows is never denied, but only what would go on waiting.
 */
export function planRest(
  context: OfferContext,
  offer: Offer,
  gone: ReadonlySet<number>,
): PlannedOffer {
  const { before, at } = context
  const kept = keptBeside(before.waiting, { replace: offer.replace, at })
  const held = new Set(kept.items())
  const isRest = ({ item }: Entry): boolean => !gone.has(item) && !held.has(item)
  const rest = offer.entries.filter(isRest)
  const left = [...kept.without(gone)]
  const verdict = verdictOn(context, offer, rest.length, left)
  if (verdict.granted === rest.length && !verdict.counted) return { entries: offer.entries }
  const granted = new Set(rest.slice(0, verdict.granted))
  const entries = offer.entries.filter((entry) => gone.has(entry.item) || granted.has(entry))
  return planned(verdict, offer.entries.length, {}, lasting(entries, verdict, at))
}

function verdictOn(
  { before, rules, scene, segment, at }: OfferContext,
  { writer }: Offer,
  count: number,
  beside: readonly Entry[],
): Verdict {
  const waiting = beside.filter((entry) => isBy(entry, writer)).length
  const account = before.writers?.[writer]
  return judge(rules, { writer, scene, segment, at, count, waiting, account })
}

/** Entries of a part of a mix count for the mix. */
function isBy({ writer: by = '' }: Entry, writer: string): boolean {
  return by === writer || by.startsWith(`${writer}/`)
}

function planned(
  { segment, since, used, denied, counted }: Verdict,
  asked: number,
  before: Record<string, number>,
  entries: readonly Entry[],
): PlannedOffer {
  for (const [reason, times] of Object.entries(denied)) count(before, reason, times)
  if (!counted && Object.keys(before).length === 0) return { entries }
  return { entries, grant: { segment, asked, denied: before, since, used } }
}

function lasting(entries: readonly Entry[], { ttlMs }: Verdict, at: Timestamp): readonly Entry[] {
  if (ttlMs === Number.POSITIVE_INFINITY) return entries
  return entries.map((entry) => ({ ...entry, expiresAt: Math.min(entry.expiresAt, at + ttlMs) }))
}

function count(counts: Record<string, number>, reason: string, times: number): void {
  counts[reason] = (counts[reason] ?? 0) + times
}
