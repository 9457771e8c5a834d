import type { Timestamp } from '../../events/clock.ts'
import { type InterestWeights, interestOf } from './interest-weights.ts'
import { interestDay, lastingWeight } from './lasting.ts'
import type { Profile } from './profile.ts'
import type { Proofs } from './proofs.ts'
import { fadedWeight, isOn } from './session.ts'
import type { TopicRows } from './topics/topic-rows.ts'
import type { Topic } from './topics/topic-table.ts'

/** A topic that a user cares for, and how much; below 0 where they would rather have less of it. */
export interface Care extends Topic {
  readonly weight: number
  readonly proofs: Proofs
  /** Where they follow it: then `tag` is what they said, and the attribute is not known here. */
  readonly followedAt?: Timestamp
}

/** In no order that means anything. */
export interface Cares {
  readonly lasting: readonly Care[]
  /** Empty where the session is over. */
  readonly session: readonly Care[]
}

export const carefree: Cares = { lasting: [], session: [] }

/**
 * What a user cares for at a moment that is no earlier than what the profile knows of. A follow
 * does not fade: it was said, and holds until it is taken back.
 */
export function caresAt(
  { lasting, session, follows }: Profile,
  at: Timestamp,
  interests: InterestWeights,
): Cares {
  const today = interestDay(at)
  const lasts = caresIn(lasting, (place) => lastingWeight(lasting, place, today))
  const weight = interestOf(interests, 'follow', undefined)
  for (const [tag, followedAt] of follows) {
    lasts.push({ channel: '', attribute: '', tag, weight, proofs: [], followedAt })
  }
  if (session === undefined || !isOn(session, at)) return { lasting: lasts, session: [] }
  const fading = session.interests
  return {
    lasting: lasts,
    session: caresIn(fading, (place) => fadedWeight(fading, place, at, interests.halfLifeMinutes)),
  }
}

function caresIn(rows: TopicRows, weightOf: (place: number) => number): Care[] {
  const { size, table, topics, proofs } = rows
  return Array.from({ length: size }, (_, place): Care => {
    // Spelled out: a spread costs several times as much, and a request is made of hundreds.
    const { channel, attribute, tag } = table.topic(topics[place]!)
    return { channel, attribute, tag, weight: weightOf(place), proofs: proofs[place]! }
  })
}

/** What is cared for, the heaviest first; what counts against a topic is left out. */
export function caredMost(cares: readonly Care[]): readonly Care[] {
  return cares.filter(({ weight }) => weight > 0).sort((a, b) => b.weight - a.weight)
}
