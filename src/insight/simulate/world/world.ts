import type { UserId } from '../../../events/event.ts'
import { seededRandom } from '../../../kernel/random.ts'
import { chanceFor } from './chance.ts'
import { type Draw, topicBy, topicShare } from './mixture.ts'
import { type People, peopleOf } from './people.ts'
import type { WorldPlan } from './plan.ts'
import { chanceOf, responseOf } from './response.ts'
import { type Rows, rowsOf } from './rows.ts'
import { starsOf } from './stars.ts'
import { type Stay, stayOf } from './stay.ts'
import { hourMs, type Stock, stockOf } from './stock.ts'
import { pagesFor, type Visit, visitsOf } from './visits.ts'

/**
 * People with tastes, things to show them, and how the ones answer the others: all of it known, all
 * of it from a seed. The same options give the same world, and whoever serves it meets the same
 * visits, luck included; only what is shown, and what follows from it, differs.
 */
export interface World {
  readonly plan: WorldPlan
  readonly startsAt: number
  readonly days: number
  readonly people: People
  readonly stock: Stock
  readonly rows: Rows
  /** What comes and goes at the start of the hour (from 0, counted from the start of the world). */
  changes(hour: number): Changes
  /** The visits of a day, the earliest first. */
  visits(day: number): readonly Visit[]
  /** Somebody comes in. They stay until `leave`, or until they come again. */
  enter(visit: Visit): Stay
  leave(stay: Stay): void
  /** The visit that the user is on. */
  staying(user: UserId): Stay | undefined
  /** Was the item ever shown to the user? */
  wasShown(user: number, item: number): boolean
  /** May it be shown now, there? `channel` is '' for anywhere. */
  mayShow(item: number, channel: string, at: number): boolean
}

export interface Changes {
  readonly items: readonly number[]
  readonly withdrawn: readonly number[]
  readonly users: readonly number[]
}

export interface WorldOptions {
  readonly plan: WorldPlan
  /** Users at the start; more arrive. */
  readonly users: number
  /** Items at the start; more arrive. */
  readonly items: number
  readonly days: number
  readonly seed: number | string
  /** A midnight; 5 January 2026 unless told. */
  readonly startsAt?: number
}

/** Half of the moods follow the user's taste; the other half come from anywhere. */
const ownMoodShare = 0.5

export function createWorld(options: WorldOptions): World {
  const { plan, days, seed, startsAt = Date.UTC(2026, 0, 5) } = options
  const random = seededRandom(seed)
  const draw: Draw = (name) => chanceFor(random.fork(name).below(2 ** 32))
  const size = { userCount: options.users, itemCount: options.items, days, startsAt }
  const topicCount = plan.items.topics.length
  const starCount = Math.ceil((plan.items.starsPerThousand * size.itemCount) / 1_000)
  const stars = starsOf(starCount, topicCount, draw('star homes'))
  const stock = stockOf(plan, size, stars, draw)
  const people = peopleOf(plan, size, stars, draw)
  const rows = rowsOf(plan, { stock, people, stars }, draw)
  const response = responseOf(plan, people, stock, draw)
  const visits = visitsOf(plan.visits, people, startsAt, draw)
  const [moods, patience, luck] = [draw('moods'), draw('patience'), draw('luck')]
  const met = new Map<number, Set<number>>()
  const stays = new Map<UserId, Stay>()
  const hours = hoursOf(stock, startsAt)

  const channelBits = new Map(plan.items.topics.map(({ name }, topic) => [name, 1 << topic]))
  const inChannel = (item: number, channel: string): boolean =>
    plan.items.topicsAs === 'channels' &&
    (stock.named[item]! & (channelBits.get(channel) ?? 0)) !== 0

  const tasteFor = (user: number) => (topic: number) => people.tastes[user * stock.dims + topic]!
  const moodOf = ({ user, serial }: Visit): number => {
    const own = moods.uniform(user, serial, 0) < ownMoodShare
    return topicBy(moods.uniform(user, serial, 1), topicCount, own ? tasteFor(user) : topicShare)
  }

  return {
    ...{ plan, startsAt, days, people, stock, rows, visits },

    changes(hour) {
      const day = hour / 24
      const arrived = (user: number): boolean => people.arrivedOn[user] === day
      const users = Number.isInteger(day)
        ? Array.from({ length: people.count }, (_, user) => user).filter(arrived)
        : []
      return { ...(hours.get(hour) ?? { items: [], withdrawn: [] }), users }
    },

    enter(visit) {
      const { user, serial } = visit
      people.settle(user, Math.floor(serial / 64))
      const id = rows.userId(user)
      const mood = moodOf(visit)
      const toChannel = moods.uniform(user, serial, 2) < plan.visits.channelShare
      const before = met.get(user) ?? new Set()
      met.set(user, before)
      const appeals = new Map<number, { lure: number; pleased: number }>()
      const stay = stayOf(
        {
          ...visit,
          ...{ id, mood, topicCount },
          channel: toChannel ? plan.items.topics[mood]!.name : '',
          deeds: plan.response.deeds,
          pages: pagesFor(plan.visits.pagesMean, patience, visit),
          name: `${seed}.${user}.${serial}`,
        },
        {
          itemOf: rows.itemOf,
          topicOf: (item) => stock.topics[item]!,
          appeal(item) {
            let appeal = appeals.get(item)
            if (appeal === undefined) {
              const pleased = chanceOf(response.pleasure(user, item))
              appeal = { lure: response.lure(user, item, mood), pleased }
              appeals.set(item, appeal)
            }
            return appeal
          },
          looked: response.looked,
          fatigue: response.fatigue,
          luck: (item, question) => luck.uniform(user, item, question),
          again(item) {
            const repeated = before.has(item)
            before.add(item)
            return repeated
          },
        },
      )
      stays.set(id, stay)
      return stay
    },

    leave(stay) {
      if (stays.get(stay.id) === stay) stays.delete(stay.id)
    },
    staying: (user) => stays.get(user),
    wasShown: (user, item) => met.get(user)?.has(item) ?? false,
    mayShow: (item, channel, at) =>
      stock.available(item, at) && (channel === '' || inChannel(item, channel)),
  }
}

type Hour = { readonly items: number[]; readonly withdrawn: number[] }

/** Comings and goings by hour; what was there before the start comes with hour 0. */
function hoursOf(stock: Stock, startsAt: number): ReadonlyMap<number, Hour> {
  const hours = new Map<number, Hour>()
  const at = (time: number): Hour => {
    const hour = Math.max(0, Math.round((time - startsAt) / hourMs))
    let found = hours.get(hour)
    if (found === undefined) hours.set(hour, (found = { items: [], withdrawn: [] }))
    return found
  }
  for (let item = 0; item < stock.count; item++) {
    at(stock.from[item]!).items.push(item)
    if (Number.isFinite(stock.withdrawnAt[item]!)) at(stock.withdrawnAt[item]!).withdrawn.push(item)
  }
  return hours
}
