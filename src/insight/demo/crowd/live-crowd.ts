import type { Clock } from '../../../events/clock.ts'
import type { Random } from '../../../kernel/random.ts'
import { openGate } from '../../load/pace/gate.ts'
import type { Ticker } from '../../load/pace/ticker.ts'
import type { Deed, Feed } from '../../simulate/feed.ts'
import type { Guest, Guests } from './guests.ts'

/**
 * People who are there while a server runs, so that there is something to see. Each asks for a
 * page, looks at it for as long as people do, tells what they did when they did it, and asks for
 * another or leaves; a while after, somebody else comes. When they ask is for the clock to say, not
 * for the server: one that is slow is not asked less, up to a bound.
 */
export interface LiveCrowd {
  /** People there now. */
  readonly there: number
  readonly pages: number
  readonly deeds: number
  /** Requests that failed, or were never sent because too many waited. */
  readonly failures: number
  /** Nobody asks any more. Resolves when all that was asked is answered. */
  stop(): Promise<void>
}

export interface LiveCrowdOptions {
  readonly guests: Guests
  readonly feed: Pick<Feed, 'page' | 'track'>
  /** At most so many are there at a time. */
  readonly seats: number
  readonly clock: Clock
  readonly ticker: Ticker
  readonly random: Random
  /** A part of every deed's id: unlike that of any other crowd of the server, ever. */
  readonly name: string
  readonly onTrouble: (error: unknown) => void
}

/** A crowd is company, not a load: others must not wait for it. */
const underWayMax = 2

/** Until somebody sits down where another left: exponential with this mean. */
const pauseMs = 10_000

/** Deeds that can wait for company, as in an app: what is done next does not hang on them. */
const patient: ReadonlySet<string> = new Set(['impression'])

interface Part {
  readonly dueMs: number
  readonly deeds: readonly Deed[]
}

export function liveCrowd(options: LiveCrowdOptions): LiveCrowd {
  const { guests, feed, seats, clock, ticker, random, name, onTrouble } = options
  const gate = openGate({ underWayMax, waitingMax: 2 * seats })
  const counts = { there: 0, pages: 0, deeds: 0, failures: 0 }
  let stopped = false

  const later = (afterMs: number, call: () => void): void =>
    ticker.at(ticker.now() + afterMs, () => {
      if (!stopped) call()
    })
  const send = (run: () => Promise<void>, failed: () => void): void => {
    const fail = (error?: unknown): void => {
      counts.failures++
      if (error !== undefined && !stopped) onTrouble(error)
      failed()
    }
    gate.enter({ run: () => run().catch(fail), drop: fail })
  }

  const sitDown = (): void => later(-pauseMs * Math.log(1 - random.next()), comeIn)
  const comeIn = (): void => {
    counts.there++
    ask(guests.enter(clock.now()))
  }
  const leave = (guest: Guest): void => {
    guests.leave(guest)
    counts.there--
    sitDown()
  }

  const ask = (guest: Guest): void => {
    const run = async (): Promise<void> => {
      if (stopped) return
      const page = await feed.page(guest.id, guest.scene, guest.channel, guest.pageSize)
      counts.pages++
      const at = clock.now()
      const { deeds, endsAt, leaves } = guest.meet(page, at)
      for (const part of partsOf(deeds, at, endsAt)) {
        later(part.dueMs, () => tell(part.deeds))
      }
      later(endsAt - at, () => (leaves ? leave(guest) : ask(guest)))
    }
    send(run, () => leave(guest))
  }

  const tell = (deeds: readonly Deed[]): void => {
    const named = deeds.map((deed) => ({ ...deed, id: `${name}.${counts.deeds++}` }))
    const nothing = (): void => undefined
    send(() => feed.track(named), nothing)
  }

  for (let seat = 0; seat < seats; seat++) sitDown()
  return {
    get there() {
      return counts.there
    },
    get pages() {
      return counts.pages
    },
    get deeds() {
      return counts.deeds
    },
    get failures() {
      return counts.failures
    },
    async stop() {
      stopped = true
      gate.clear()
      await gate.idle()
    },
  }
}

/** What is told together, and how long after the page came: patient deeds wait for the next one. */
function partsOf(deeds: readonly Deed[], at: number, endsAt: number): readonly Part[] {
  const parts: Part[] = []
  let waiting: Deed[] = []
  for (const deed of deeds) {
    waiting.push(deed)
    if (patient.has(deed.type)) continue
    parts.push({ dueMs: deed.at - at, deeds: waiting })
    waiting = []
  }
  if (waiting.length > 0) parts.push({ dueMs: endsAt - at, deeds: waiting })
  return parts
}
