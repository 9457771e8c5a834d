/**
 * What it is worth that rankers learn by the minute: over the last fifth of data in the order of
 * time, the ranker of its beginning, the same kept up, and one learned anew before each part from
 * all that came before. Rates of the logistic one are chosen by the fifth before (`--search`).
 * Run it with: node --import tsx bench/online/rankers.ts [--data FOLDER] [--set NAME]
 * [--model NAME] [--parts N] [--search]
 */
import { parseArgs } from 'node:util'
import { onlineDefaults } from '../../src/engine/control/declared/online.ts'
import { logisticRates } from '../../src/engine/training/online/kept-rankers.ts'
import { seededRandom } from '../../src/kernel/random.ts'
import { auc } from '../../src/models/evaluation/auc.ts'
import { bootstrapInterval } from '../../src/models/evaluation/bootstrap.ts'
import { logloss } from '../../src/models/evaluation/logloss.ts'
import type { OnlineLogisticOptions } from '../../src/models/logistic/online-logistic.ts'
import { cpuUs } from '../harness/cpu.ts'
import { byIds, type Contestant, ftrl, logistic, machine } from './contestants.ts'
import { movieRatings, newsImpressions, type TimedRow, type TimedSet } from './timed-rows.ts'

const { values: asked } = parseArgs({
  options: {
    data: { type: 'string', default: '../shared/data' },
    set: { type: 'string' },
    model: { type: 'string' },
    parts: { type: 'string', default: '8' },
    search: { type: 'boolean', default: false },
  },
})

/** What is judged, and what comes before it that rates are chosen by. */
const [testShare, validationShare] = [0.2, 0.2]
/** Trainings anew; 0 for none. */
const partCount = Number(asked.parts)
const minuteMs = 60_000

type Way = 'at first' | 'by the minute' | 'anew'
const ways: readonly Way[] = ['at first', 'by the minute', 'anew']

interface Run {
  readonly rows: readonly TimedRow[]
  readonly chances: Readonly<Record<Way, Float64Array>>
  readonly cpuMs: Readonly<Record<Way, number>>
}

/** The last share of the rows is judged; `anew` is left out where a search asks. */
async function played(
  contestant: Contestant,
  rows: readonly TimedRow[],
  share: number,
  parts: number,
): Promise<Run> {
  const begin = Math.floor(rows.length * (1 - share))
  const judged = rows.slice(begin)
  const chances = {} as Record<Way, Float64Array>
  for (const way of ways) chances[way] = new Float64Array(judged.length)
  const cpuMs: Record<Way, number> = { 'at first': 0, 'by the minute': 0, anew: 0 }
  const timed = async (way: Way, work: () => Promise<void>): Promise<void> => {
    const begun = cpuUs()
    await work()
    cpuMs[way] += (cpuUs() - begun) / 1_000
  }
  let fitted = await contestant.fit(rows.slice(0, begin))
  await timed('at first', async () => {
    chances['at first'].set(await fitted.stale(judged))
  })
  await timed('by the minute', async () => {
    for (const [from, to] of minutesOf(judged)) {
      // What a minute brings is foretold by what was known before it, all of it alike.
      const some = judged.slice(from, to)
      chances['by the minute'].set(await fitted.now(some), from)
      fitted.learn(some)
    }
  })
  for (let part = 0; part < parts; part++) {
    const [from, to] = [part, part + 1].map((at) => Math.floor((judged.length * at) / parts))
    await timed('anew', async () => {
      fitted = await contestant.fit(rows.slice(0, begin + from!))
      chances.anew.set(await fitted.stale(judged.slice(from, to)), from)
    })
  }
  return { rows: judged, chances, cpuMs }
}

/** Where each minute begins and ends. */
function minutesOf(rows: readonly TimedRow[]): readonly (readonly [number, number])[] {
  const starts = rows.flatMap(({ at }, row) =>
    row === 0 || Math.floor(at / minuteMs) !== Math.floor(rows[row - 1]!.at / minuteMs) ? row : [],
  )
  return starts.map((start, index) => [start, starts[index + 1] ?? rows.length] as const)
}

/** By user, what a figure of their rows is: those it can not be told of are left out. */
function figures({ rows, chances }: Run, way: Way, of: 'logloss' | 'auc'): Map<string, number> {
  const byUser = new Map<string, number[]>()
  for (const [row, { user }] of rows.entries()) {
    const own = byUser.get(user)
    if (own === undefined) byUser.set(user, [row])
    else own.push(row)
  }
  const found = new Map<string, number>()
  for (const [user, own] of byUser) {
    const labels = own.map((row) => rows[row]!.label)
    const scores = own.map((row) => chances[way][row]!)
    const value = of === 'logloss' ? logloss(scores, labels) : auc(scores, labels)
    if (value !== undefined) found.set(user, value)
  }
  return found
}

const random = () => seededRandom('online')
const shown = ({ mean, low, high }: { mean: number; low: number; high: number }): string =>
  `${mean.toFixed(4)} [${low.toFixed(4)}, ${high.toFixed(4)}]`

function report(name: string, run: Run): void {
  const labels = run.rows.map(({ label }) => label)
  const made = ways.filter((way) => way !== 'anew' || partCount > 0)
  for (const way of made) {
    const [loss, order] = (['logloss', 'auc'] as const).map((of) =>
      bootstrapInterval([...figures(run, way, of).values()], { random: random() }),
    )
    const pooled = [logloss(run.chances[way], labels), auc(run.chances[way], labels)!]
    console.log(
      `  ${name.padEnd(9)} ${way.padEnd(14)} logloss ${shown(loss!)}  AUC ${shown(order!)}  ` +
        `pooled ${pooled.map((value) => value.toFixed(4)).join(' / ')}  ` +
        `CPU ${(run.cpuMs[way] / 1_000).toFixed(2)} s`,
    )
  }
  for (const other of made.filter((way) => way !== 'by the minute')) {
    const gaps = (['logloss', 'auc'] as const).map((of) => {
      const [own, its] = [figures(run, 'by the minute', of), figures(run, other, of)]
      const gap = [...own].flatMap(([user, value]) =>
        its.has(user) ? [value - its.get(user)!] : [],
      )
      return shown(bootstrapInterval(gap, { random: random() }))
    })
    console.log(`            by the minute - ${other}: logloss ${gaps[0]}  AUC ${gaps[1]}`)
  }
}

/**
 * What rates do in the fifth before the one that is judged, by user: a feed is an order for one
 * user, and what follows whoever is active just now says nothing of that.
 */
async function search({ name, numberNames, rows }: TimedSet): Promise<void> {
  const earlier = rows.slice(0, Math.floor(rows.length * (1 - testShare)))
  const share = validationShare / (1 - testShare)
  const withRates = logistic(numberNames)
  for (const rate of [0.02, 0.05, 0.1, 0.2])
    for (const warmth of [100, 1_000, 10_000, 100_000])
      for (const l2 of [1, 10, 100]) {
        const rates: OnlineLogisticOptions = { rate, warmth, l2, driftMax: logisticRates.driftMax }
        const run = await played(withRates(rates), earlier, share, 0)
        const told = (['logloss', 'auc'] as const).map((of) => {
          const [stale, now] = [figures(run, 'at first', of), figures(run, 'by the minute', of)]
          const gaps = [...now].map(([user, value]) => value - stale.get(user)!)
          return shown(bootstrapInterval(gaps, { random: random() }))
        })
        console.log(
          `  ${name} rate ${rate} warmth ${warmth} l2 ${l2}: by the minute - at first: ` +
            `logloss ${told[0]}  AUC ${told[1]}`,
        )
      }
}

for (const read of [newsImpressions, movieRatings]) {
  const set = await read(asked.data)
  if (asked.set !== undefined && asked.set !== set.name) continue
  if (asked.search) {
    await search(set)
    continue
  }
  const judged = Math.round(set.rows.length * testShare)
  console.log(`${set.name}: ${set.rows.length} rows, the last ${judged} in ${partCount} parts`)
  const contestants = [
    logistic(set.numberNames)({ ...logisticRates, rate: onlineDefaults.rate }),
    byIds('ftrl', ftrl, set.numberNames),
    byIds('fm', machine, set.numberNames),
  ]
  for (const contestant of contestants) {
    if (asked.model !== undefined && asked.model !== contestant.name) continue
    report(contestant.name, await played(contestant, set.rows, testShare, partCount))
  }
}
