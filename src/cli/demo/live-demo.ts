import type { Engine } from '../../engine/engine.ts'
import { engineFeed } from '../../engine/engine-feed.ts'
import { type Clock, systemClock } from '../../events/clock.ts'
import type { Guests } from '../../insight/demo/crowd/guests.ts'
import { type LiveCrowd, liveCrowd } from '../../insight/demo/crowd/live-crowd.ts'
import { tagGuests } from '../../insight/demo/crowd/tag-guests.ts'
import { worldGuests } from '../../insight/demo/crowd/world-guests.ts'
import type { DemoKind } from '../../insight/demo/demo-kind.ts'
import { newsroomOf } from '../../insight/demo/newsroom.ts'
import { seasonAt } from '../../insight/demo/season.ts'
import type { Ticker } from '../../insight/load/pace/ticker.ts'
import type { Feed } from '../../insight/simulate/feed.ts'
import { type Random, seededRandom } from '../../kernel/random.ts'
import { quietTicker } from './quiet-ticker.ts'

export interface LiveOptions {
  readonly engine: Engine
  /** The world that goes on; any other catalogue stays as it is. */
  readonly stage?: { readonly kind: DemoKind; readonly firstDay: number }
  /** People there at a time; 0 for none. */
  readonly crowd: number
  /** Told of what went wrong and was survived, not more often than once a minute. */
  readonly onTrouble: (what: string, error: unknown) => void
  readonly clock?: Clock
  readonly ticker?: Ticker
}

/** What goes on beside a server: new items come out, and people look at them. */
export interface Life {
  readonly crowd?: LiveCrowd
  /** Ends it, and waits for what it has begun. */
  stop(): Promise<void>
}

/** New items come out so often. */
const newsMs = 15_000

const troubleMs = 60_000

/** People of a catalogue that no world was made for. */
const strangers = 200

/** Brings a running engine to life. Resolves when what came out meanwhile is in its catalogue. */
export async function bringToLife(options: LiveOptions): Promise<Life> {
  const { engine, stage, crowd: seats } = options
  const { clock = systemClock, ticker = quietTicker } = options
  const random = seededRandom(`crowd/${clock.now()}`)
  const onTrouble = seldom(options.onTrouble, clock)
  const scene = homeOf(engine, stage?.kind)
  const theatre = stage && (await openTheatre(engine, stage, { clock, scene, random }))
  let stopped = false
  let publishing: Promise<void> = Promise.resolve()
  const goOn = (): void => {
    if (stopped || theatre === undefined) return
    publishing = theatre.goOn().catch((error) => onTrouble('bringing out what is new', error))
    void publishing.then(() => ticker.at(ticker.now() + newsMs, goOn))
  }
  if (theatre) ticker.at(ticker.now() + newsMs, goOn)
  const guests = theatre?.guests ?? tagGuests(strangers, scene, random.fork('guests'))
  const crowd =
    seats > 0
      ? liveCrowd({
          ...{ guests, seats, clock, ticker, random: random.fork('pace') },
          feed: crowdFeed(engine),
          name: `crowd.${clock.now()}`,
          onTrouble: (error) => onTrouble('the crowd', error),
        })
      : undefined
  return {
    ...(crowd && { crowd }),
    async stop() {
      stopped = true
      await Promise.all([crowd?.stop(), publishing])
    },
  }
}

/** The seasons of a world as they follow each other, and those who live in the one that is on. */
async function openTheatre(
  engine: Engine,
  { kind, firstDay }: NonNullable<LiveOptions['stage']>,
  { clock, scene, random }: { clock: Clock; scene: string; random: Random },
) {
  const feed = engineFeed(engine)
  const open = async (at: number) => {
    const season = seasonAt(kind, firstDay, at)
    const newsroom = newsroomOf(kind, season.world)
    const guests = worldGuests(season.world, scene, random.fork(`season ${season.number}`))
    await bringOutMissed(engine, feed, newsroom.due(Number.NEGATIVE_INFINITY, at))
    return { season, newsroom, guests }
  }
  let told = clock.now()
  let on = await open(told)
  const guests: Guests = {
    enter: (at) => on.guests.enter(at),
    // Who came in a season that is over is nobody in the one that is on.
    leave: (guest) => on.guests.leave(guest),
  }
  return {
    guests,
    async goOn() {
      const now = clock.now()
      if (now >= on.season.endsAt) on = await open(now)
      else await on.newsroom.bringOut(feed, told, now)
      told = now
    },
  }
}

/** What came out while nobody served. What is there already need not be told again. */
async function bringOutMissed(
  engine: Engine,
  feed: Feed,
  rows: Parameters<Feed['putItems']>[0],
): Promise<void> {
  const known = new Set((await engine.items(rows.map(({ id }) => id))).map(({ id }) => id))
  const missed = rows.filter(({ id }) => !known.has(id))
  if (missed.length > 0) await feed.putItems(missed)
}

/** A stream is prepared before it is asked for, where the engine does that. */
function homeOf(engine: Engine, kind: DemoKind | undefined): string {
  const wanted = kind?.home ?? 'home'
  return engine.scenes().some(({ name }) => name === wanted) ? wanted : 'home'
}

/** Pages come with their items: people for any catalogue go by what is said of them. */
function crowdFeed(engine: Engine): Pick<Feed, 'page' | 'track'> {
  return {
    page: (user, scene, channel, size) =>
      engine.recommend({ user, scene, size, withItems: true, ...(channel !== '' && { channel }) }),
    track: engineFeed(engine).track,
  }
}

function seldom(tell: LiveOptions['onTrouble'], clock: Clock): LiveOptions['onTrouble'] {
  let toldAt = Number.NEGATIVE_INFINITY
  return (what, error) => {
    if (clock.now() - toldAt < troubleMs) return
    toldAt = clock.now()
    tell(what, error)
  }
}
