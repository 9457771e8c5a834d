import type { Fault } from '../ledger/ledger.ts'
import type { Lane } from './lane.ts'

/** What a load of a stated rate met with, as machines read it. */
export interface LoadResult {
  /** What was asked for. */
  readonly feedsPerSecond: number
  readonly eventsPerSecond: number
  /** How long it was measured, without warming up. */
  readonly seconds: number
  readonly feeds: LaneResult
  /** Requests with events, each with those of one page. */
  readonly reports: LaneResult
  readonly byKind: Readonly<Record<string, LaneResult>>
  /** Events that the server took in, per second. */
  readonly eventsAccepted: number
  /** Events that it knew already or refused, by code. */
  readonly eventsRefused: Readonly<Record<string, number>>
  /** Pages by how they came about, and those that were degraded. */
  readonly deliveries: Readonly<Record<string, number>>
  readonly degraded: number
  readonly faults: Readonly<Partial<Record<Fault, number>>>
  readonly examples: readonly string[]
  readonly withdrawals: number
  /** The longest line of requests that waited to be sent, and how many did at the end. */
  readonly waitingMost: number
  readonly waitingAtEnd: number
  readonly server?: ProcessCost
  readonly generator: ProcessCost
  /** How late requests were begun, 99 of 100: what the generator itself adds to latencies. */
  readonly lateP99Ms: number
  readonly perSecond: readonly SecondRow[]
}

export interface LaneResult {
  readonly count: number
  /** Answers per second. */
  readonly rate: number
  readonly p50Ms: number
  readonly p95Ms: number
  readonly p99Ms: number
  readonly maxMs: number
  readonly failures: Readonly<Record<string, number>>
}

export interface ProcessCost {
  /** Processors kept busy: 1 is one of them all the time. */
  readonly cores: number
  readonly residentBytes: number
}

/** One second of a run, by what was answered in it. */
export interface SecondRow {
  readonly feeds: number
  readonly p50Ms: number
  readonly p99Ms: number
  readonly maxMs: number
  readonly reports: number
  readonly reportsP99Ms: number
  readonly underWay: number
  readonly waiting: number
}

/** A rate is held where 99 of 100 wait no longer than this, for pages and reports alike. */
export const p99MsMax = 100

/** Was it held: nothing failed, no promise broken, and no line that grows? */
export function isHeld(result: LoadResult): boolean {
  return troubles(result).length === 0
}

/** Why a rate was not held; empty where it was. */
export function troubles(result: LoadResult): readonly string[] {
  const { feeds, reports, faults, waitingAtEnd, feedsPerSecond, eventsRefused } = result
  const found: string[] = []
  for (const [name, { p99Ms, failures }] of Object.entries({ feeds, reports })) {
    if (p99Ms > p99MsMax) found.push(`${name}: p99 ${p99Ms.toFixed(0)} ms`)
    for (const [reason, count] of Object.entries(failures))
      found.push(`${name}: ${count} ${reason}`)
  }
  for (const [fault, count] of Object.entries(faults)) found.push(`${fault}: ${count}`)
  for (const [code, count] of Object.entries(eventsRefused)) found.push(`events: ${count} ${code}`)
  // A tenth of a second's worth: more is a line that grows.
  if (waitingAtEnd > feedsPerSecond / 10) found.push(`${waitingAtEnd} still waited at the end`)
  return found
}

/** Did something go wrong that no rate excuses: an error, a refusal, or a broken promise? */
export function isFaulty({ feeds, reports, faults, eventsRefused }: LoadResult): boolean {
  return [feeds.failures, reports.failures, faults, eventsRefused].some(
    (counts) => Object.keys(counts).length > 0,
  )
}

export function laneResult({ latency, failures, inTime }: Lane, seconds: number): LaneResult {
  const ms = (share: number): number => latency.quantile(share) / 1_000
  return {
    count: latency.count,
    rate: inTime / seconds,
    p50Ms: ms(0.5),
    p95Ms: ms(0.95),
    p99Ms: ms(0.99),
    maxMs: latency.max / 1_000,
    failures: Object.fromEntries(failures),
  }
}
