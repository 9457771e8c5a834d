import type { Chance } from './chance.ts'
import { type Draw, fillMixture, hiddenCount } from './mixture.ts'
import type { WorldPlan } from './plan.ts'
import { noStar, type Stars } from './stars.ts'

/**
 * All items that there will ever be, in columns, in the order in which they appear: 4 bytes for
 * each topic and hidden part (96 for 18 topics) and 39 besides.
 */
export interface Stock {
  readonly count: number
  readonly dims: number
  /** count × dims, each of length 1: topics first, then what no tag shows. */
  readonly vectors: Float32Array
  /** The topic that it has most of. */
  readonly topics: Uint8Array
  /** A bit for each topic that the catalogue names: genres or channels; at most 32 topics. */
  readonly named: Uint32Array
  readonly quality: Float32Array
  readonly lure: Float32Array
  /** `noStar` where it has none. */
  readonly stars: Uint16Array
  /** When it appears, on the full hour; ms. Ascending from `startCount` on. */
  readonly from: Float64Array
  /** When its time is over; Infinity where it lasts. */
  readonly until: Float64Array
  /** When it is taken away, on the full hour; Infinity where it is not. */
  readonly withdrawnAt: Float64Array
  /** May it be shown? */
  available(item: number, at: number): boolean
}

export interface StockSize {
  readonly itemCount: number
  readonly days: number
  readonly startsAt: number
}

export const hourMs = 3_600_000
export const dayMs = 24 * hourMs

/** Agreement of looks and worth: what looks good is good half of the time. */
const lureAgreement = 0.5

/** A topic that makes out this share of an item, beside its main one, is named. */
const namedShare = 0.45
const namedMax = 3

/** Catalogues are kept by people: so often a topic is named that is not there. */
const slipShare = 0.08

export function stockOf(plan: WorldPlan, size: StockSize, stars: Stars, draw: Draw): Stock {
  const { items, response } = plan
  const perDay = Math.round(size.itemCount * items.arrivalShare)
  const count = size.itemCount + perDay * size.days
  const topicCount = items.topics.length
  const dims = topicCount + hiddenCount
  const columns = {
    vectors: new Float32Array(count * dims),
    topics: new Uint8Array(count),
    named: new Uint32Array(count),
    quality: new Float32Array(count),
    lure: new Float32Array(count),
    stars: new Uint16Array(count).fill(noStar),
  }
  const [parts, worth, cast] = [draw('item parts'), draw('item worth'), draw('item stars')]
  const slips = draw('item slips')
  const shape = { topicCount, hiddenCount, hiddenShare: response.hiddenShare, focus: items.focus }
  for (let item = 0; item < count; item++) {
    const start = item * dims
    fillMixture(columns.vectors, { ...shape, start }, (part) => parts.normal(item, part))
    const own = columns.vectors.subarray(start, start + topicCount)
    const topic = own.indexOf(Math.max(...own))
    columns.topics[item] = topic
    columns.named[item] = namesOf(own, topic, item, slips)
    const quality = worth.normal(item, 0)
    columns.quality[item] = quality
    columns.lure[item] =
      lureAgreement * quality + Math.sqrt(1 - lureAgreement ** 2) * worth.normal(item, 1)
    columns.stars[item] = stars.pick(topic, cast, item, 0)
  }
  const times = timesOf(plan, size, perDay, draw('item times'))
  return {
    ...{ count, dims },
    ...columns,
    ...times,
    available: (item, at) =>
      at >= times.from[item]! && at < times.until[item]! && at < times.withdrawnAt[item]!,
  }
}

/** The main topic and up to two others: those that there is much of, now and then a slip. */
function namesOf(own: Float32Array, main: number, item: number, slips: Chance): number {
  let [names, count] = [1 << main, 1]
  for (const [topic, part] of own.entries()) {
    if (topic === main || part < namedShare * own[main]! || count === namedMax) continue
    names |= 1 << topic
    count++
  }
  if (slips.uniform(item, 0) < slipShare && count < namedMax) {
    names |= 1 << Math.floor(slips.uniform(item, 1) * own.length)
  }
  return names
}

function timesOf(plan: WorldPlan, size: StockSize, perDay: number, chance: Chance) {
  const { itemCount, days, startsAt } = size
  const count = itemCount + perDay * days
  const { lifeHours, withdrawnShare } = plan.items
  const from = new Float64Array(count)
  const until = new Float64Array(count).fill(Number.POSITIVE_INFINITY)
  const withdrawnAt = new Float64Array(count).fill(Number.POSITIVE_INFINITY)
  for (let item = 0; item < count; item++) {
    const lifeMs = lifeHours
      ? lifeHours.median * Math.exp(lifeHours.logSpread * chance.normal(item, 0)) * hourMs
      : Number.POSITIVE_INFINITY
    const arrival = item - itemCount
    // What is there at the start is somewhere within its life; what lasts is up to a year old.
    const ageMs = Math.min(lifeMs, 365 * dayMs) * chance.uniform(item, 2)
    from[item] =
      arrival < 0
        ? startsAt - Math.floor(ageMs / hourMs) * hourMs
        : startsAt + Math.floor((arrival * 24) / perDay) * hourMs
    // At least the hour in which it appears.
    until[item] = Math.max(from[item]! + lifeMs, Math.max(from[item]!, startsAt) + hourMs)
    if (withdrawnShare > 0) {
      const after = Math.log(chance.uniform(item, 3)) / Math.log(1 - withdrawnShare)
      withdrawnAt[item] = Math.max(from[item]!, startsAt) + Math.ceil(after * 24) * hourMs
    }
  }
  return { from, until, withdrawnAt }
}
