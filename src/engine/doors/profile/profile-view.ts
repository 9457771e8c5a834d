import type { Timestamp } from '../../../events/clock.ts'
import type { ItemId, UserId } from '../../../events/event.ts'
import type { Signals } from '../../../events/signals.ts'
import { type Care, type Cares, caredMost } from '../../../state/profile/cares.ts'
import type { Weighed } from '../../../state/profile/effect.ts'
import { interestDay, weightLeft } from '../../../state/profile/lasting.ts'
import type { Profile } from '../../../state/profile/profile.ts'
import { isOn, proofLeft } from '../../../state/profile/session.ts'
import type { Statistics } from '../../../state/profile/statistics.ts'
import type { History } from '../../../state/projections/history.ts'
import { opinionsOf } from '../../../state/projections/opinions.ts'
import type { Ordinal } from '../../../state/projections/projection.ts'
import type { InterestView, ProfileStatistics, ProfileView } from '../../views/profile.ts'

/** What a profile is told from. */
export interface Sitting {
  readonly user: UserId
  readonly at: Timestamp
  readonly profile: Profile | undefined
  readonly cares: Cares
  readonly history: History
  readonly signals: Signals
  readonly halfLifeMinutes: number
  readonly id: (item: Ordinal) => ItemId
}

export interface ViewBounds {
  readonly channel?: string
  readonly size: number
}

const positiveCountMax = 100

/** A profile in words and ids; topics of which the user would rather have less are left out. */
export function profileView(sitting: Sitting, bounds: ViewBounds): Omit<ProfileView, 'embeddings'> {
  const { user, at, profile, cares, halfLifeMinutes } = sitting
  const today = interestDay(at)
  const session = profile?.session
  return {
    user,
    version: profile?.version ?? 0,
    ...(profile && { updatedAt: profile.updatedAt }),
    longTerm: interestViews(cares.lasting, sitting, bounds, (proof) => weightLeft(proof, today)),
    shortTerm: interestViews(cares.session, sitting, bounds, (proof) =>
      proofLeft(proof, at, halfLifeMinutes),
    ),
    ...(session !== undefined &&
      isOn(session, at) && {
        session: {
          startedAt: session.startedAt,
          lastAt: session.lastAt,
          actions: session.deedCount,
        },
      }),
    recentPositives: positivesOf(sitting),
    statistics: statisticsView(profile?.statistics),
  }
}

function interestViews(
  cares: readonly Care[],
  { id }: Sitting,
  { channel, size }: ViewBounds,
  left: (proof: Weighed) => number,
): readonly InterestView[] {
  const cared = caredMost(cares)
  const totals = new Map<string, number>()
  for (const care of cared) totals.set(care.channel, (totals.get(care.channel) ?? 0) + care.weight)
  return cared
    .filter((care) => channel === undefined || isWithin(care, channel))
    .slice(0, size)
    .map(({ followedAt, ...care }): InterestView => {
      const { weight, proofs } = care
      return {
        channel: care.channel,
        attribute: care.attribute,
        topic: care.tag,
        weight,
        share: weight / totals.get(care.channel)!,
        because: proofs.map((proof) => {
          const { item, action, at } = proof.deed
          return { item: id(item), action, at, weight: left(proof) }
        }),
        ...(followedAt !== undefined && { followedAt }),
      }
    })
}

/** What is followed holds in every channel. */
function isWithin({ channel, followedAt }: Care, asked: string): boolean {
  return followedAt !== undefined || channel === asked
}

function positivesOf({ history, signals, id }: Sitting): ProfileView['recentPositives'] {
  const opinions = opinionsOf(history, signals)
  const signalOf = new Map(opinions.items.map((item, place) => [item, opinions.signals[place]!]))
  return opinions.positives.slice(0, positiveCountMax).map(({ item, action, at }) => {
    return { item: id(item), action, at, signal: signalOf.get(item)! }
  })
}

function statisticsView(statistics: Statistics | undefined): ProfileStatistics {
  if (statistics === undefined) return { actions: {}, activeDays: 0, sessions: 0, ratings: 0 }
  const { actions, days, daysBefore, sessions, firstAt, lastAt, ratings } = statistics
  const { count, mean, squares } = ratings
  return {
    actions: { ...actions },
    activeDays: daysBefore + days.length,
    sessions,
    firstAt,
    lastAt,
    ratings: count,
    ...(count > 0 && { ratingMean: mean, ratingDeviation: Math.sqrt(squares / count) }),
  }
}
