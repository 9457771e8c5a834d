import type { Found } from '../find-rate.ts'
import { type Fault, faults } from '../ledger/ledger.ts'
import { isHeld, type LaneResult, type LoadResult, p99MsMax, troubles } from './load-result.ts'

/** What a load met with, in words for people. */
export function described(result: LoadResult): string {
  const { feeds, reports, byKind, feedsPerSecond, eventsPerSecond, eventsAccepted } = result
  const head = ['', 'asked/s', 'answered/s', 'p50 ms', 'p95 ms', 'p99 ms', 'max ms', 'failed']
  const kinds = Object.entries(byKind).map(([kind, lane]) => laneCells(`  ${kind}`, '', lane))
  const rows = [
    head,
    laneCells('feeds', spell(feedsPerSecond), feeds),
    ...(kinds.length > 1 ? kinds : []),
    laneCells('reports', '', reports),
    ['  their events', spell(eventsPerSecond), spell(eventsAccepted)],
  ]
  const wrong = troubles(result)
  const verdict = isHeld(result)
    ? `held: p99 within ${p99MsMax} ms, no error, no broken promise, no growing line`
    : `NOT HELD: ${wrong.join('; ')}`
  return [
    ...table(rows),
    '',
    `pages: ${deliveriesOf(result)}; ${result.degraded} degraded`,
    `promises broken: ${faultsOf(result)}`,
    ...result.examples.map((example) => `  ${example}`),
    `line: at most ${result.waitingMost} waited to be sent, ${result.waitingAtEnd} at the end`,
    costsOf(result),
    ...workOf(result),
    `measured over ${result.seconds.toFixed(0)} s; ${verdict}`,
  ].join('\n')
}

/** A search, a line per try. */
export function searchDescribed({ best, steps }: Found): string {
  const head = ['feeds/s', 'events/s', 'p99 ms', 'reports p99 ms', 'server cores', '']
  const rows = steps.map((step) => [
    spell(step.feedsPerSecond),
    spell(step.eventsPerSecond),
    spell(step.feeds.p99Ms),
    spell(step.reports.p99Ms),
    step.server === undefined ? '' : step.server.cores.toFixed(2),
    isHeld(step) ? 'held' : troubles(step).join('; '),
  ])
  const words =
    best === undefined
      ? 'no rate was held'
      : `largest rate held: ${spell(best.feedsPerSecond)} feeds/s + ` +
        `${spell(best.eventsPerSecond)} events/s`
  return [...table([head, ...rows]), '', words].join('\n')
}

function laneCells(name: string, asked: string, lane: LaneResult): readonly string[] {
  const failed = Object.entries(lane.failures).map(([reason, count]) => `${count} ${reason}`)
  const { rate, p50Ms, p95Ms, p99Ms, maxMs } = lane
  const latencies = [p50Ms, p95Ms, p99Ms, maxMs].map(spell)
  return [name, asked, spell(rate), ...latencies, failed.join(', ')]
}

function deliveriesOf({ deliveries }: LoadResult): string {
  if (Object.keys(deliveries).length === 0) return 'none came'
  const total = Object.values(deliveries).reduce((sum, count) => sum + count, 0)
  const words: Readonly<Record<string, string>> = {
    now: 'made in their request',
    queued: 'had waited',
    history: 'shown before',
  }
  return Object.entries(deliveries)
    .map(([name, count]) => `${((100 * count) / total).toFixed(0)} % ${words[name] ?? name}`)
    .join(', ')
}

const faultWords: Readonly<Record<Fault, string>> = {
  repeat: 'items shown again',
  withdrawn: 'items shown though withdrawn',
  history: 'pages back that differ',
  empty: 'empty pages',
}

function faultsOf(result: LoadResult): string {
  const broken = faults.filter((fault) => result.faults[fault] !== undefined)
  const counts = broken.map((fault) => `${result.faults[fault]} ${faultWords[fault]}`)
  const meanwhile = `${result.withdrawals} items were withdrawn meanwhile`
  return `${broken.length === 0 ? 'none' : counts.join(', ')}; ${meanwhile}`
}

function costsOf({ server, generator, lateP99Ms }: LoadResult): string {
  const theirs = server === undefined ? 'server does not tell its cost' : `server ${costOf(server)}`
  const late = `requests begun late by ${spell(lateP99Ms)} ms (p99)`
  return `${theirs}; generator ${costOf(generator)}, ${late}`
}

/** What a page costs with all that goes with it: the same whoever else wants the processor. */
function workOf({ server, feeds }: LoadResult): readonly string[] {
  if (server === undefined || feeds.rate === 0) return []
  const cpuMs = (1_000 * server.cores) / feeds.rate
  return [`the server's CPU time per page, its events included: ${cpuMs.toFixed(1)} ms`]
}

function costOf({ cores, residentBytes }: NonNullable<LoadResult['server']>): string {
  return `${cores.toFixed(2)} cores, ${(residentBytes / 1e6).toFixed(0)} MB`
}

function spell(number: number): string {
  return number.toFixed(number < 100 ? 1 : 0)
}

/** The first column to the left, the others to the right, as numbers stand. */
function table(rows: readonly (readonly string[])[]): readonly string[] {
  const columns = Math.max(...rows.map((row) => row.length))
  const widths = Array.from({ length: columns }, (_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  )
  return rows.map((row) =>
    row
      .map((cell, column) => {
        if (column === columns - 1) return cell
        return column === 0 ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!)
      })
      .join('  ')
      .trimEnd(),
  )
}
