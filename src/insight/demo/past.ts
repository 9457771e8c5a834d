import type { ManualClock } from '../../events/clock.ts'
import { Agenda } from '../../kernel/agenda.ts'
import type { Deed, Feed } from '../simulate/feed.ts'
import type { Stay } from '../simulate/world/stay.ts'
import { dayMs, hourMs } from '../simulate/world/stock.ts'
import type { Visit } from '../simulate/world/visits.ts'
import type { World } from '../simulate/world/world.ts'
import type { Newsroom } from './newsroom.ts'

export interface PastOptions {
  readonly newsroom: Newsroom
  readonly feed: Feed
  /** The clock that the feed goes by. */
  readonly clock: ManualClock
  /** A full hour: what was before has been lived already. */
  readonly from: number
  readonly until: number
  readonly signal: AbortSignal
  /** Called after each hour, with its end. */
  readonly lived: (until: number) => Promise<void>
}

/** People whom a first look is given as examples: they come thrice a day. */
export const regulars: readonly number[] = Array.from({ length: 10 }, (_, place) => place + 1)

/** When the first of them come, in hours; the others a while after. */
const regularHours = [5, 12, 19]

/** Their visits have numbers that no other visit of a day has. */
const regularTurn = 40

interface Turn {
  readonly visit: Visit
  stay?: Stay
  deeds: readonly Deed[]
  leaves: boolean
}

/**
 * Lets a world live through some days in the time that it takes: pages are served, looked at and
 * answered one after the other, as they would have been on those days.
 */
export async function livePast(options: PastOptions): Promise<void> {
  const { newsroom, feed, clock, from, until, signal, lived } = options
  const { world } = newsroom
  const agenda = new Agenda()
  const turns = new Map<number, Turn>()
  let turnCount = 0

  const step = async (name: number): Promise<void> => {
    const turn = turns.get(name)!
    if (turn.deeds.length > 0) await feed.track(turn.deeds)
    if (turn.leaves) {
      world.leave(turn.stay!)
      turns.delete(name)
      return
    }
    turn.stay ??= world.enter(turn.visit)
    const { stay } = turn
    const page = await feed.page(stay.id, stay.scene, stay.channel, world.plan.visits.pageSize)
    const { deeds, leaves, endsAt } = stay.meet(page, clock.now())
    Object.assign(turn, { deeds, leaves })
    agenda.add(endsAt, name)
  }

  let before = from === world.startsAt ? Number.NEGATIVE_INFINITY : from
  for (let hour = from; hour < until; hour += hourMs) {
    const end = Math.min(hour + hourMs, until)
    clock.set(hour)
    await newsroom.bringOut(feed, before, hour)
    if (hour % dayMs === 0 || hour === from) await welcome(world, feed, hour)
    before = hour
    for (const visit of visitsWithin(world, hour, end)) {
      turns.set(turnCount, { visit, deeds: [], leaves: false })
      agenda.add(visit.at, turnCount++)
    }
    for (let due = agenda.peek(end - 1); due !== undefined; due = agenda.peek(end - 1)) {
      signal.throwIfAborted()
      clock.set(Math.max(clock.now(), due))
      await step(agenda.due(due)!)
    }
    await lived(end)
  }
  await newsroom.bringOut(feed, before, until)
}

function visitsWithin(world: World, from: number, to: number): readonly Visit[] {
  const day = Math.floor((from - world.startsAt) / dayMs)
  const midnight = world.startsAt + day * dayMs
  const extra = regulars.flatMap((user) =>
    regularHours.map((hour, turn) => ({
      user,
      at: midnight + Math.floor(((hour + 1.5 * user) % 24) * hourMs),
      serial: day * 64 + regularTurn + turn,
    })),
  )
  return [...world.visits(day), ...extra].filter(({ at }) => at >= from && at < to)
}

/** Those who arrived by now, and whom they follow. Told again, it is the same. */
async function welcome(world: World, feed: Feed, at: number): Promise<void> {
  const { people, rows, plan } = world
  const day = Math.floor((at - world.startsAt) / dayMs)
  const users = [...people.arrivedOn.keys()].filter((user) => {
    const arrived = people.arrivedOn[user]!
    return arrived === day || (at === world.startsAt && arrived <= day)
  })
  if (users.length > 0) await feed.putUsers?.(users.map(rows.user))
  const follows = users.flatMap((user) =>
    people.followed(user).map((star): Deed => {
      const [id, text] = [rows.userId(user), `${plan.items.starAs}:${rows.starName(star)}`]
      return { id: `${plan.name}.${id}.follows.${star}`, type: 'follow', user: id, at, text }
    }),
  )
  if (follows.length > 0) await feed.track(follows)
}
