import { type Draw, fillMixture, hiddenCount, stretch, topicBy } from './mixture.ts'
import type { WorldPlan } from './plan.ts'
import { noStar, type Stars } from './stars.ts'

/**
 * All users that there will ever be, in columns, in the order in which they arrive: 4 bytes for
 * each topic and hidden part (96 for 18 topics), 13 and 2 for each star that may be followed
 * besides.
 */
export interface People {
  readonly count: number
  /** count × dims, each of length 1, as of `settledOn`. */
  readonly tastes: Float32Array
  /** Visits per day, on average. */
  readonly rates: Float32Array
  readonly ease: Float32Array
  /** Hours that the user's day is ahead of the world's clock, -3 to 3 or so. */
  readonly homeHours: Int8Array
  /** count × followsMax; `noStar` where there is none. */
  readonly follows: Uint16Array
  /** Day of arrival, from 0. */
  readonly arrivedOn: Uint16Array
  followed(user: number): readonly number[]
  isFollower(user: number, star: number): boolean
  /** Lets the taste drift to the day: whatever is asked, it is the same on the same day. */
  settle(user: number, day: number): void
}

/** More visits than this a day are no person's. */
const rateMax = 5

export function peopleOf(
  plan: WorldPlan,
  { userCount, days }: { readonly userCount: number; readonly days: number },
  stars: Stars,
  draw: Draw,
): People {
  const { people, visits, response } = plan
  const perDay = Math.round(userCount * people.arrivalShare)
  const count = userCount + perDay * days
  const topicCount = plan.items.topics.length
  const dims = topicCount + hiddenCount
  const { followsMax } = people
  const tastes = new Float32Array(count * dims)
  const rates = new Float32Array(count)
  const ease = new Float32Array(count)
  const homeHours = new Int8Array(count)
  const follows = new Uint16Array(count * followsMax).fill(noStar)
  const arrivedOn = new Uint16Array(count)
  const settledOn = new Uint16Array(count)
  const [parts, habits, idols] = [draw('user parts'), draw('user habits'), draw('user stars')]
  const drift = draw('user drift')
  const shape = { topicCount, hiddenCount, hiddenShare: response.hiddenShare, focus: people.focus }

  const choose = (user: number): void => {
    const wanted = Math.floor(idols.uniform(user, 0) * 2 * (followsMax + 1)) - followsMax - 1
    for (let turn = 0; turn < wanted; turn++) {
      const liked = (topic: number): number => tastes[user * dims + topic]!
      const topic = topicBy(idols.uniform(user, 1, turn), topicCount, liked)
      const star = stars.pick(topic, idols, user, 2 + turn)
      follows[user * followsMax + turn] = star
    }
  }

  for (let user = 0; user < count; user++) {
    fillMixture(tastes, { ...shape, start: user * dims }, (part) => parts.normal(user, part))
    // A log-normal with the mean that the plan tells, cut off where nobody could keep it up.
    const spread = visits.logSpread
    const rate = visits.perDay * Math.exp(spread * habits.normal(user, 0) - spread ** 2 / 2)
    rates[user] = Math.min(rateMax, rate)
    ease[user] = habits.normal(user, 1)
    homeHours[user] = Math.round(1.5 * habits.normal(user, 2))
    arrivedOn[user] = user < userCount ? 0 : Math.floor((user - userCount) / perDay)
    settledOn[user] = arrivedOn[user]!
    choose(user)
  }

  const followed = (user: number): readonly number[] => {
    const own = follows.subarray(user * followsMax, (user + 1) * followsMax)
    return [...new Set(own)].filter((star) => star !== noStar)
  }

  return {
    ...{ count, tastes, rates, ease, homeHours, follows, arrivedOn, followed },
    isFollower(user, star) {
      if (star === noStar) return false
      for (let turn = 0; turn < followsMax; turn++) {
        if (follows[user * followsMax + turn] === star) return true
      }
      return false
    },
    settle(user, day) {
      const start = user * dims
      const step = people.driftPerDay / Math.sqrt(dims)
      for (let on = settledOn[user]! + 1; on <= day; on++) {
        for (let part = 0; part < dims; part++) {
          tastes[start + part]! += step * drift.normal(user, on, part)
        }
        stretch(tastes, start, start + dims, 1)
      }
      settledOn[user] = Math.max(settledOn[user]!, day)
    },
  }
}
