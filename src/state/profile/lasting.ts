import type { Timestamp } from '../../events/clock.ts'
import type { Effect, Weighed } from './effect.ts'
import { lightest, weightsOfSize } from './lightest.ts'
import { provenBy, withoutProof, withProof } from './proofs.ts'
import { TopicRows } from './topics/topic-rows.ts'
import type { TopicId } from './topics/topic-table.ts'
import type { TopicList } from './topics/topics.ts'

/** An interest that lasts: sums of weights by day, so that it can be weighed exactly later. */
export interface Interest {
  /** Ascending, since 1970. */
  readonly days: number[]
  /** One per day, in single precision. */
  readonly sums: number[]
}

/** The day of an interest that has none: only proofs keep it. */
const noDay = -1

/**
 * Interests that last, in the order in which they came up. Deeds are added and never overwrite each
 * other. The times and weights are the newest day of each and what was done on it.
 */
export class Interests extends TopicRows {
  /** Earlier days, ascending, each followed by its sum; nothing where there is but one. */
  readonly older: (number[] | undefined)[] = []

  override add(topic: TopicId): number {
    const place = super.add(topic)
    this.times[place] = noDay
    this.older[place] = undefined
    return place
  }

  hasDay(place: number): boolean {
    return this.times[place] !== noDay
  }

  /** Absent days and no proofs: nothing to keep. */
  isEmpty(place: number): boolean {
    return this.times[place] === noDay && this.proofs[place]!.length === 0
  }

  interest(place: number): Interest {
    const older = this.older[place] ?? []
    const days: number[] = []
    const sums: number[] = []
    for (let at = 0; at < older.length; at += 2) {
      days.push(older[at]!)
      sums.push(older[at + 1]!)
    }
    if (this.hasDay(place)) {
      days.push(this.times[place]!)
      sums.push(this.weights[place]!)
    }
    return { days, sums }
  }

  put(place: number, { days, sums }: Interest): void {
    const last = days.length - 1
    this.times[place] = days[last] ?? noDay
    this.weights[place] = sums[last] ?? 0
    const older: number[] = []
    for (let day = 0; day < last; day++) older.push(days[day]!, sums[day]!)
    this.older[place] = last > 0 ? older : undefined
  }

  protected override cut(size: number): void {
    super.cut(size)
    this.older.length = size
  }

  protected override move(from: number, to: number): void {
    super.move(from, to)
    this.older[to] = this.older[from]
  }
}

/** Days kept one by one. What is older counts as if it had been done on the oldest of them. */
export const dayCountMax = 90

/** Interests kept per user. */
const interestCountMax = 80

/** Beyond so many the lightest go: with many to spare, few deeds have to look for them. */
export const crowdedAt = 110

const dayMax = 0xffff

/** Sums that are nothing but the rest of what was added and taken back. */
const nothing = 1e-5

/** The share of a weight that is left after so many days: 1 / (ln(days + 1) + 1). */
function leftAfter(days: number): number {
  return days < lefts.length ? lefts[days]! : 1 / (Math.log(days + 1) + 1)
}

const lefts = Float64Array.from({ length: 2_000 }, (_, days) => 1 / (Math.log(days + 1) + 1))

/** Like `dayOf`, within what is stored of a day. */
export function interestDay(at: Timestamp): number {
  return Math.max(0, Math.min(dayMax, Math.floor(at / 86_400_000)))
}

/** The weight as it stands on a day: that of each day's deeds, less what time took from it. */
export function lastingWeight(interests: Interests, place: number, today: number): number {
  const older = interests.older[place]
  let weight = 0
  if (older !== undefined) {
    for (let at = 0; at < older.length; at += 2) weight += left(older[at]!, older[at + 1]!, today)
  }
  const newest = interests.times[place]!
  return newest === noDay ? weight : weight + left(newest, interests.weights[place]!, today)
}

function left(day: number, sum: number, today: number): number {
  return today > day ? sum * leftAfter(today - day) : sum
}

/** What one deed of some time ago is worth today. */
export function weightLeft({ weight, deed }: Weighed, today: number): number {
  return weight * leftAfter(Math.max(0, today - interestDay(deed.at)))
}

/** Adds what a deed did to the interests in what its item is about. */
export function addLasting(
  interests: Interests,
  list: TopicList,
  own: Weighed,
  { back }: Pick<Effect, 'back'>,
): void {
  // Of a topic that is new and a deed without weight nothing would be kept.
  if (own.weight === 0 && back.length === 0) return
  const today = interestDay(own.deed.at)
  const weightNow = (proof: Weighed): number => weightLeft(proof, today)
  const proven = provenBy(own, weightNow, weightNow(own))
  let emptyCount = 0
  interests.forEach(list, (place) => {
    for (const taken of back) {
      addOn(interests, place, interestDay(taken.deed.at), -taken.weight)
      interests.proofs[place] = withoutProof(interests.proofs[place]!, taken)
    }
    if (own.weight !== 0) addOn(interests, place, today, own.weight)
    if (own.weight > 0) interests.proofs[place] = proven(interests.proofs[place]!)
    if (interests.isEmpty(place)) emptyCount++
  })
  if (emptyCount > 0) removeEmpty(interests)
}

/** Adds the interests of one user to those of another. */
export function joinLasting(interests: Interests, others: Interests, today: number): void {
  const weightNow = (proof: Weighed): number => weightLeft(proof, today)
  const topics = others.topicsIn(interests.table)
  for (let from = 0; from < others.size; from++) {
    const known = interests.placeOf(topics[from]!)
    const place = known < 0 ? interests.add(topics[from]!) : known
    const { days, sums } = others.interest(from)
    for (const [at, day] of days.entries()) addOn(interests, place, day, sums[at]!)
    for (const proof of others.proofs[from]!) {
      interests.proofs[place] = withProof(interests.proofs[place]!, proof, weightNow)
    }
  }
  removeEmpty(interests)
}

function removeEmpty(interests: Interests): void {
  const gone = new Uint8Array(interests.size)
  for (let place = 0; place < gone.length; place++) gone[place] = interests.isEmpty(place) ? 1 : 0
  interests.remove(gone)
}

/** Drops the lightest where there are too many; what counts against a topic weighs as much. */
export function trimLasting(interests: Interests, today: number): void {
  if (interests.size <= crowdedAt) return
  const weights = weightsOfSize(interests.size)
  for (let place = 0; place < interests.size; place++) {
    weights[place] = Math.abs(lastingWeight(interests, place, today))
  }
  // Of equals the one that came up first goes.
  interests.remove(lightest(weights, interests.size - interestCountMax))
}

function addOn(interests: Interests, place: number, day: number, weight: number): void {
  const { times, weights, older } = interests
  const newest = times[place]!
  if (newest === day) {
    const sum = Math.fround(weights[place]! + weight)
    if (Math.abs(sum) >= nothing) {
      weights[place] = sum
      return
    }
  } else if (day > newest) {
    const before = older[place]
    if (newest === noDay || before === undefined || before.length <= 2 * (dayCountMax - 2)) {
      if (before !== undefined) before.push(newest, weights[place]!)
      else if (newest !== noDay) older[place] = [newest, weights[place]!]
      times[place] = day
      weights[place] = Math.fround(weight)
      return
    }
  }
  const interest = interests.interest(place)
  addBetween(interest, day, weight)
  interests.put(place, interest)
}

/** Adds to a day that is not the newest, or makes room for one, or takes one out. */
function addBetween({ days, sums }: Interest, day: number, weight: number): void {
  let place = days.length
  while (place > 0 && days[place - 1]! >= day) place--
  if (days[place] === day) {
    addAt({ days, sums }, place, weight)
    return
  }
  if (days.length === dayCountMax && place === 0) {
    // What is older than all that are kept counts with the oldest.
    addAt({ days, sums }, 0, weight)
    return
  }
  days.splice(place, 0, day)
  sums.splice(place, 0, Math.fround(weight))
  if (days.length > dayCountMax) {
    const [, sum] = [days.shift(), sums.shift()!]
    addAt({ days, sums }, 0, sum)
  }
}

function addAt({ days, sums }: Interest, place: number, weight: number): void {
  const sum = Math.fround(sums[place]! + weight)
  if (Math.abs(sum) >= nothing) {
    sums[place] = sum
    return
  }
  days.splice(place, 1)
  sums.splice(place, 1)
}
