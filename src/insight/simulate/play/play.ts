import type { ManualClock } from '../../../events/clock.ts'
import { Agenda } from '../../../kernel/agenda.ts'
import type { Deed, Feed } from '../feed.ts'
import type { Meeting, Stay } from '../world/stay.ts'
import { hourMs } from '../world/stock.ts'
import type { Visit } from '../world/visits.ts'
import type { World } from '../world/world.ts'
import { worldShelf } from '../world/world-shelf.ts'
import { type Breaches, openReferee } from './referee.ts'
import { openTally, type Tally } from './tally.ts'

export interface Played extends Tally {
  readonly feed: string
  readonly breaches: Breaches
}

export interface PlayOptions {
  readonly world: World
  readonly feed: Feed
  /** The clock that the feed goes by. */
  readonly clock: ManualClock
  readonly signal?: AbortSignal
  readonly onProgress?: (share: number) => void
}

/** When those who learn by night do, from midnight. */
const restHour = 4

/** Items or users of one call. */
const batchSize = 5_000

/** Every so many pages, somebody pages back. */
const backEvery = 20

/** Somebody on a visit, and what happens next: they have done with a page, or ask for the first. */
interface Turn {
  readonly visit: Visit
  stay?: Stay
  meeting?: Meeting
}

/** Lets a feed serve a world from its first day to its last, with one thing after the other. */
export async function play(options: PlayOptions): Promise<Played> {
  const { world, feed, clock, signal, onProgress = () => undefined } = options
  const tally = openTally(world)
  const referee = openReferee(world, feed)
  const shelf = worldShelf(world)
  const agenda = new Agenda()
  const turns = new Map<number, Turn>()
  let [turnCount, pageCount] = [0, 0]
  const { plan, startsAt, days } = world

  const showPage = async (name: number, turn: Turn, day: number, at: number): Promise<void> => {
    turn.stay ??= world.enter(turn.visit)
    const { stay } = turn
    const size = plan.visits.pageSize
    const page = await feed.page(stay.id, stay.scene, stay.channel, size)
    referee.page(stay, page, size, at)
    const items = page.items.flatMap(({ id }) => world.rows.itemOf(id) ?? [])
    const possible = stay.worth(shelf.best(stay, size, at))
    const meeting = stay.meet(page, at)
    turn.meeting = meeting
    tally.add({ day, at, stay, items, meeting, possible })
    if (++pageCount % backEvery === 0 && feed.older) await referee.history(stay, page, at)
    agenda.add(meeting.endsAt, name)
  }

  const step = async (name: number, day: number): Promise<void> => {
    const turn = turns.get(name)!
    const at = turn.meeting?.endsAt ?? turn.visit.at
    clock.set(at)
    if (turn.meeting !== undefined) {
      if (turn.meeting.deeds.length > 0) await feed.track(turn.meeting.deeds)
      if (turn.meeting.leaves) {
        world.leave(turn.stay!)
        turns.delete(name)
        return
      }
    }
    await showPage(name, turn, day, at)
  }

  for (let day = 0; day < days; day++) {
    const visits = world.visits(day)
    let next = 0
    for (let hour = 24 * day; hour < 24 * (day + 1); hour++) {
      signal?.throwIfAborted()
      const from = startsAt + hour * hourMs
      clock.set(from)
      for (const item of world.changes(hour).items) shelf.put(item)
      await bring(world, feed, hour)
      if (hour % 24 === restHour) await feed.rest?.()
      for (; next < visits.length && visits[next]!.at < from + hourMs; next++) {
        const visit = visits[next]!
        turns.set(turnCount, { visit })
        agenda.add(visit.at, turnCount++)
      }
      // Up to the next full hour, but not into it.
      for (let due = agenda.due(from + hourMs - 1); due !== undefined; ) {
        await step(due, day)
        due = agenda.due(from + hourMs - 1)
      }
      onProgress((hour + 1) / (24 * days))
    }
  }
  return { ...tally.take(), feed: feed.name, breaches: referee.breaches }
}

/** Tells the feed what comes and goes. */
export async function bring(world: World, feed: Feed, hour: number): Promise<void> {
  const { rows, people, plan } = world
  const { items, withdrawn, users } = world.changes(hour)
  for (let start = 0; start < items.length; start += batchSize) {
    await feed.putItems(items.slice(start, start + batchSize).map(rows.item))
  }
  if (withdrawn.length > 0) await feed.withdraw(withdrawn.map(rows.itemId))
  for (let start = 0; start < users.length; start += batchSize) {
    const part = users.slice(start, start + batchSize)
    await feed.putUsers?.(part.map(rows.user))
    const follows = part.flatMap((user) =>
      people.followed(user).map((star): Deed => {
        const [id, text] = [rows.userId(user), `${plan.items.starAs}:${rows.starName(star)}`]
        const at = world.startsAt + hour * hourMs
        return { id: `${id}.follows.${star}`, type: 'follow', user: id, at, text }
      }),
    )
    if (follows.length > 0) await feed.track(follows)
  }
}
