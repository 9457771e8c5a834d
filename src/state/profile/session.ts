import type { Timestamp } from '../../events/clock.ts'
import type { Effect, Weighed } from './effect.ts'
import { lightest, weightsOfSize } from './lightest.ts'
import { provenBy, withoutProof, withProof } from './proofs.ts'
import { TopicRows } from './topics/topic-rows.ts'
import { topicTable } from './topics/topic-table.ts'
import type { TopicList } from './topics/topics.ts'

/** A row of deeds without a long pause, and what they were about. */
export interface Session {
  startedAt: Timestamp
  lastAt: Timestamp
  /** Deeds in it. */
  deedCount: number
  /** Weights that fade by halves, each as it stood at a moment. */
  readonly interests: TopicRows
}

/** A pause longer than this ends a session. */
const pauseMaxMs = 30 * 60_000

/** Topics kept of a session. */
const sessionTopicCountMax = 30
const crowdedAt = 40

const minuteMs = 60_000

/** The share of a weight that is left after so long. */
function halved(durationMs: number, halfLifeMinutes: number): number {
  return 2 ** (-durationMs / (halfLifeMinutes * minuteMs))
}

/**
 * The share of a weight of some moment that is left now. Dozens of topics were touched by the same
 * few deeds, mostly one after the other: each moment is worked out once in a row, since a power
 * costs more than all else.
 */
function fading(now: Timestamp, halfLifeMinutes: number): (at: Timestamp) => number {
  let known = now
  let share = 1
  return (at) => {
    if (at !== known) {
      known = at
      share = halved(Math.max(0, now - at), halfLifeMinutes)
    }
    return share
  }
}

/** The weight as it stands at a moment that is no earlier. */
export function fadedWeight(
  { weights, times }: TopicRows,
  place: number,
  now: Timestamp,
  halfLifeMinutes: number,
): number {
  return weights[place]! * halved(Math.max(0, now - times[place]!), halfLifeMinutes)
}

/** What one deed of the session is worth now. */
export function proofLeft({ weight, deed }: Weighed, now: Timestamp, halfLifeMinutes: number) {
  return weight * halved(Math.max(0, now - deed.at), halfLifeMinutes)
}

/** Does a session go on at this moment? */
export function isOn({ startedAt, lastAt }: Session, at: Timestamp): boolean {
  return at >= startedAt - pauseMaxMs && at <= lastAt + pauseMaxMs
}

export function newSession(at: Timestamp): Session {
  return { startedAt: at, lastAt: at, deedCount: 0, interests: new TopicRows(topicTable()) }
}

export interface SessionDeed {
  readonly topics: TopicList
  readonly own: Weighed
  readonly back: Effect['back']
  readonly halfLifeMinutes: number
}

/** Adds a deed that is part of the session. */
export function addToSession(session: Session, deed: SessionDeed): void {
  const { topics, own, back, halfLifeMinutes } = deed
  const { at } = own.deed
  // What lies before the session never came into it, and cannot be taken out.
  const taken = back.length === 0 ? back : back.filter((each) => each.deed.at >= session.startedAt)
  session.startedAt = Math.min(session.startedAt, at)
  session.lastAt = Math.max(session.lastAt, at)
  session.deedCount++
  const now = session.lastAt
  if (own.weight === 0 && taken.length === 0) return
  const leftSince = fading(now, halfLifeMinutes)
  // One for deeds and one for topics: each would push out what the other knows.
  const deedLeftSince = fading(now, halfLifeMinutes)
  const left = ({ weight, deed }: Weighed): number => weight * deedLeftSince(deed.at)
  const ownLeft = left(own)
  const proven = provenBy(own, left, ownLeft)
  const { interests } = session
  interests.forEach(topics, (place, isNew) => {
    let weight = isNew ? 0 : interests.weights[place]! * leftSince(interests.times[place]!)
    for (const each of taken) {
      weight -= left(each)
      interests.proofs[place] = withoutProof(interests.proofs[place]!, each)
    }
    interests.weights[place] = weight + ownLeft
    interests.times[place] = now
    if (own.weight > 0) interests.proofs[place] = proven(interests.proofs[place]!)
  })
  trim(session, halfLifeMinutes)
}

/** The session that two users turn out to have had together; else the later one. */
export function joinSessions(one: Session, other: Session, halfLifeMinutes: number): Session {
  const [earlier, later] = one.lastAt < other.lastAt ? [one, other] : [other, one]
  if (later.startedAt > earlier.lastAt + pauseMaxMs) return later
  const now = later.lastAt
  const { interests } = later
  const others = earlier.interests
  const topics = others.topicsIn(interests.table)
  for (let from = 0; from < others.size; from++) {
    const known = interests.placeOf(topics[from]!)
    const place = known < 0 ? interests.add(topics[from]!) : known
    const own = known < 0 ? 0 : fadedWeight(interests, place, now, halfLifeMinutes)
    interests.weights[place] = fadedWeight(others, from, now, halfLifeMinutes) + own
    interests.times[place] = now
    for (const proof of others.proofs[from]!) {
      interests.proofs[place] = withProof(interests.proofs[place]!, proof, (each) =>
        proofLeft(each, now, halfLifeMinutes),
      )
    }
  }
  later.startedAt = Math.min(later.startedAt, earlier.startedAt)
  later.deedCount += earlier.deedCount
  trim(later, halfLifeMinutes)
  return later
}

/** Drops the lightest where there are too many. */
function trim({ interests, lastAt }: Session, halfLifeMinutes: number): void {
  if (interests.size <= crowdedAt) return
  const weights = weightsOfSize(interests.size)
  const leftSince = fading(lastAt, halfLifeMinutes)
  const { size, weights: own, times } = interests
  for (let place = 0; place < size; place++) {
    weights[place] = Math.abs(own[place]! * leftSince(times[place]!))
  }
  interests.remove(lightest(weights, size - sessionTopicCountMax))
}
