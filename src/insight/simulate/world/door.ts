import type { UserId } from '../../../events/event.ts'
import { type Draw, topicBy, topicShare } from './mixture.ts'
import type { People } from './people.ts'
import type { WorldPlan } from './plan.ts'
import { chanceOf, type Response } from './response.ts'
import type { Rows } from './rows.ts'
import { type Reader, type Stay, stayOf } from './stay.ts'
import type { Stock } from './stock.ts'
import { pagesFor, type Visit } from './visits.ts'

/** Where people come in and leave; it remembers what they were shown. */
export interface Door {
  /** Somebody comes in. They stay until `leave`, or until they come again. */
  enter(visit: Visit): Stay
  leave(stay: Stay): void
  /** The visit that the user is on. */
  staying(user: UserId): Stay | undefined
  /** What the user was shown is forgotten: for worlds that go on for longer than memory lasts. */
  forget(user: number): void
  /** Was the item ever shown to the user? */
  wasShown(user: number, item: number): boolean
}

export interface DoorOptions {
  readonly plan: WorldPlan
  readonly seed: number | string
  readonly stock: Stock
  readonly people: People
  readonly rows: Rows
  readonly response: Response
}

/** Half of the moods follow the user's taste; the other half come from anywhere. */
const ownMoodShare = 0.5

export function doorOf(options: DoorOptions, draw: Draw): Door {
  const { plan, seed, stock, people, rows, response } = options
  const topicCount = plan.items.topics.length
  const [moods, patience, luck] = [draw('moods'), draw('patience'), draw('luck')]
  const met = new Map<number, Set<number>>()
  const stays = new Map<UserId, Stay>()

  const tasteFor = (user: number) => (topic: number) => people.tastes[user * stock.dims + topic]!
  const moodOf = ({ user, serial }: Visit): number => {
    const own = moods.uniform(user, serial, 0) < ownMoodShare
    return topicBy(moods.uniform(user, serial, 1), topicCount, own ? tasteFor(user) : topicShare)
  }

  const readerFor = (user: number, mood: number): Reader => {
    const before = met.get(user) ?? new Set()
    met.set(user, before)
    const appeals = new Map<number, ReturnType<Reader['appeal']>>()
    return {
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
    }
  }

  return {
    enter(visit) {
      const { user, serial } = visit
      people.settle(user, Math.floor(serial / 64))
      const mood = moodOf(visit)
      const toChannel = moods.uniform(user, serial, 2) < plan.visits.channelShare
      const stay = stayOf(
        {
          ...visit,
          ...{ id: rows.userId(user), mood, topicCount },
          channel: toChannel ? plan.items.topics[mood]!.name : '',
          deeds: plan.response.deeds,
          pages: pagesFor(plan.visits.pagesMean, patience, visit),
          name: `${seed}.${user}.${serial}`,
        },
        readerFor(user, mood),
      )
      stays.set(stay.id, stay)
      return stay
    },
    leave(stay) {
      if (stays.get(stay.id) === stay) stays.delete(stay.id)
    },
    staying: (user) => stays.get(user),
    forget: (user) => void met.delete(user),
    wasShown: (user, item) => met.get(user)?.has(item) ?? false,
  }
}
