import { type LoadParts, type LoadPlan, openLoop } from './open-loop.ts'
import type { Ticker } from './pace/ticker.ts'
import type { LoadResult, ProcessCost } from './result/load-result.ts'
import type { Gauge, Transport } from './transport.ts'

export interface RunParts extends LoadParts {
  /** What the load costs us: whoever measures must know whether they were the bottleneck. */
  readonly own: () => Gauge
  /** Ends it early: what was met with so far is the result. */
  readonly signal: AbortSignal
  /** Told after each second: which it is, and of how many. */
  readonly onSecond?: (second: number, of: number) => void
}

/** When the time is over, what is still in the line has this long to be sent. */
const graceMs = 1_000

/** Runs a load until all its requests have ended, and tells what it met with. */
export async function runLoad(plan: LoadPlan, parts: RunParts): Promise<LoadResult> {
  const { site, ticker, signal } = parts
  const faultsBefore = new Map(site.ledger.counts)
  const examplesBefore = site.ledger.examples.length
  const loop = openLoop(plan, parts)
  const { tally, gate } = loop
  signal.addEventListener('abort', loop.stop, { once: true })
  parts.onSecond && tellSeconds(plan, parts, parts.onSecond)
  await comes(ticker, loop.span.fromMs, signal)
  const before = await momentOf(parts)
  await comes(ticker, loop.span.toMs, signal)
  const after = await momentOf(parts)
  const generator = costOf(before, after, 'own')!
  const waitingAtEnd = gate.waiting
  if (!signal.aborted) ticker.at(loop.span.toMs + graceMs, gate.clear)
  else gate.clear()
  await gate.idle()
  signal.removeEventListener('abort', loop.stop)
  const seconds = Math.max(1, loop.span.toMs - loop.span.fromMs) / 1_000
  const sums = tally.sums(seconds)
  const server = costOf(before, after, 'server')
  return {
    ...{ feedsPerSecond: plan.feedsPerSecond, eventsPerSecond: plan.eventsPerSecond, seconds },
    ...sums,
    faults: Object.fromEntries(
      [...site.ledger.counts]
        .map(([fault, count]) => [fault, count - (faultsBefore.get(fault) ?? 0)] as const)
        .filter(([, count]) => count > 0),
    ),
    examples: [...site.ledger.examples.slice(examplesBefore), ...sums.examples],
    withdrawals: loop.withdrawals,
    waitingMost: gate.waitingMost,
    waitingAtEnd,
    ...(server && { server }),
    generator,
  }
}

/** Gauges, each with the time at which it was read: a server under load takes a while to tell. */
interface Moment {
  readonly own: Read
  readonly server: Read | undefined
}

type Read = Gauge & { readonly atMs: number }

async function momentOf({ transport, ticker, own }: RunParts): Promise<Moment> {
  const ours = { ...own(), atMs: ticker.now() }
  const theirs = await gaugeOf(transport)
  return { own: ours, server: theirs && { ...theirs, atMs: ticker.now() } }
}

function costOf(before: Moment, after: Moment, of: 'own' | 'server'): ProcessCost | undefined {
  const [first, last] = [before[of], after[of]]
  if (first === undefined || last === undefined) return undefined
  const seconds = Math.max(1, last.atMs - first.atMs) / 1_000
  return {
    cores: (last.cpuSeconds - first.cpuSeconds) / seconds,
    residentBytes: last.residentBytes,
  }
}

/** A server that does not tell, or is gone, costs what it costs. */
async function gaugeOf(transport: Transport): Promise<Gauge | undefined> {
  return transport.gauge().catch(() => undefined)
}

function comes(ticker: Ticker, atMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve()
    signal.addEventListener('abort', () => resolve(), { once: true })
    ticker.at(atMs, resolve)
  })
}

function tellSeconds(
  { warmUpSeconds, seconds }: LoadPlan,
  { ticker, signal }: RunParts,
  tell: (second: number, of: number) => void,
): void {
  const of = Math.round(warmUpSeconds + seconds)
  const startMs = ticker.now()
  const wait = (second: number): void => {
    ticker.at(startMs + second * 1_000, () => {
      if (signal.aborted) return
      tell(second, of)
      if (second < of) wait(second + 1)
    })
  }
  wait(1)
}
