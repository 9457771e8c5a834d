import { StarlingError } from '../../error.ts'
import type { Clock } from '../../events/clock.ts'
import type { Random } from '../../kernel/random.ts'
import type { Stay } from '../simulate/world/stay.ts'
import type { Asking } from './crowd/crowd.ts'
import { type Mix, shareOf } from './crowd/mix.ts'
import { reportsOf } from './crowd/reports.ts'
import type { Site } from './crowd/site.ts'
import { arrivals } from './pace/arrivals.ts'
import { type Gate, openGate } from './pace/gate.ts'
import type { Ticker } from './pace/ticker.ts'
import { openTally, type Tally } from './result/tally.ts'
import type { AskedPage, Transport } from './transport.ts'

/** A load of a stated rate for a stated time. */
export interface LoadPlan {
  readonly feedsPerSecond: number
  readonly eventsPerSecond: number
  /** Measured, after warming up. */
  readonly seconds: number
  readonly warmUpSeconds: number
  readonly mix: Mix
  /** Requests under way at a time; others wait, and their waiting counts. */
  readonly underWayMax: number
  /** Items taken away per second; each must then be gone from all pages. */
  readonly withdrawalsPerSecond: number
  /** A part of every event's id: no two loads on one server may have the same. */
  readonly name: string
}

export interface LoadParts {
  readonly site: Site
  readonly transport: Transport
  readonly ticker: Ticker
  readonly clock: Clock
  readonly random: Random
}

/** A load that goes on. */
export interface OpenLoop {
  readonly tally: Tally
  readonly gate: Gate
  readonly withdrawals: number
  /** From when to when it is measured. The end moves to now where it is stopped before. */
  readonly span: { readonly fromMs: number; readonly toMs: number }
  /** No more requests are begun. */
  stop(): void
}

/** Reading a page takes this long, and then a while that is exponential with this mean. */
const readingMs = { least: 1_000, more: 2_000 } as const

/** What would wait longer than about this in the line is dropped at once. */
const lineSeconds = 20

/**
 * Asks at the times that a clock says, however the server does. Each page is read by somebody of
 * the world, who then reports what they saw and did, and asks for more or leaves. Reading times are
 * independent, so reports arrive as a Poisson process too, displaced from that of the pages.
 */
export function openLoop(plan: LoadPlan, parts: LoadParts): OpenLoop {
  const { site, transport, ticker, clock, random } = parts
  const { feedsPerSecond, eventsPerSecond } = plan
  const startMs = ticker.now()
  const fromMs = startMs + plan.warmUpSeconds * 1_000
  let toMs = fromMs + plan.seconds * 1_000
  let withdrawals = 0
  const span = () => ({ fromMs, toMs })
  const tally = openTally(span)
  const { underWayMax } = plan
  const gate = openGate({ underWayMax, waitingMax: Math.ceil(2 * feedsPerSecond * lineSeconds) })
  const readShare = 1 - shareOf(plan.mix, 'older')
  const reports = reportsOf(eventsPerSecond / (feedsPerSecond * readShare), plan.name)
  const pace = random.fork('reading')

  const send = (run: () => Promise<void>, fail: (reason: string) => void): void => {
    const failed = (error: unknown): void => {
      if (!(error instanceof StarlingError)) throw error
      tally.example(error.message)
      fail(error.code)
    }
    gate.enter({ run: () => run().catch(failed), drop: () => fail('never sent') })
  }

  const ask = (meantMs: number): void => {
    const asking = site.crowd.next()
    const { asked, stay } = asking
    const lanes = [tally.feeds, tally.kind(asked.kind)]
    const fail = (reason: string): void => {
      for (const lane of lanes) lane.failed(meantMs, ticker.now(), reason)
      if (stay) site.crowd.leave(stay)
    }
    const run = async (): Promise<void> => {
      const sentMs = ticker.now()
      const page = await transport.page(asked)
      for (const lane of lanes) lane.answered(meantMs, ticker.now())
      tally.delivered(page)
      judge(asking, page, sentMs)
      if (stay) read(stay, page, meantMs)
    }
    send(run, fail)
  }

  const judge = ({ asked }: Asking, page: AskedPage, sentMs: number): void => {
    site.ledger.judge(asked, page, sentMs)
    if (asked.kind !== 'similar') site.kept.keep(asked, page)
  }

  /** Nobody reports what they have not seen: where the page is late, so is the report. */
  const read = (stay: Stay, page: AskedPage, meantMs: number): void => {
    const takesMs = readingMs.least - readingMs.more * Math.log(1 - pace.next())
    const doneMs = Math.max(meantMs + takesMs, ticker.now())
    ticker.at(doneMs, () => {
      if (doneMs < toMs) tell(stay, page, doneMs)
      else site.crowd.leave(stay)
    })
  }

  const tell = (stay: Stay, page: AskedPage, meantMs: number): void => {
    const { events, leaves } = reports.of(stay, page, clock.now())
    if (leaves) site.crowd.leave(stay)
    else site.crowd.ready(stay)
    if (events.length === 0) return
    const fail = (reason: string): void => tally.reports.failed(meantMs, ticker.now(), reason)
    const run = async (): Promise<void> => {
      const outcome = await transport.report(events)
      tally.reports.answered(meantMs, ticker.now())
      tally.reported(outcome, ticker.now())
    }
    send(run, fail)
  }

  const withdraw = (): void => {
    const item = site.nextToGo()
    if (item === undefined) return
    const run = async (): Promise<void> => {
      await transport.withdraw(site.world.rows.itemId(item))
      site.ledger.withdrawn(item, ticker.now())
      withdrawals++
    }
    const fail = (reason: string): void => {
      tally.reports.failed(ticker.now(), ticker.now(), `withdrawal: ${reason}`)
    }
    send(run, fail)
  }

  /** Calls at the times of a Poisson process until the load is over. */
  const repeat = (perSecond: number, name: string, call: (meantMs: number) => void): void => {
    if (perSecond <= 0) return
    const next = arrivals(perSecond, random.fork(name))
    let dueMs = startMs + next()
    const pump = (): void => {
      for (; dueMs <= ticker.now() && dueMs < toMs; dueMs = startMs + next()) {
        tally.begun(dueMs, ticker.now())
        call(dueMs)
      }
      if (dueMs < toMs) ticker.at(dueMs, pump)
    }
    ticker.at(dueMs, pump)
  }

  const second = (atMs: number): void => {
    if (atMs > toMs) return
    ticker.at(atMs, () => {
      tally.second(gate)
      second(atMs + 1_000)
    })
  }

  repeat(feedsPerSecond, 'feeds', ask)
  repeat(plan.withdrawalsPerSecond, 'withdrawals', withdraw)
  second(startMs + 1_000)
  return {
    ...{ tally, gate },
    get withdrawals() {
      return withdrawals
    },
    get span() {
      return span()
    },
    stop() {
      toMs = Math.min(toMs, ticker.now())
    },
  }
}
