import { monitorEventLoopDelay } from 'node:perf_hooks'
import { loadAnyDeepRanker } from '../../src/models/deep/deep-families.ts'
import { openHere } from '../../src/models/deep/serving/network.ts'
import { deepTrainer } from '../../src/models/deep/training/deep-trainer.ts'
import { wideDeep } from '../../src/models/deep/wide-deep.ts'
import type { Artifact } from '../../src/models/model.ts'
import { plantedFields, plantedRows } from '../../src/models/ranking/planted-rows.suite.ts'
import type { Ranker } from '../../src/models/ranking/ranker.ts'
import type { Rows } from '../../src/models/ranking/rows.ts'
import { networksOver } from '../../src/models/serving/onnx/networks.ts'
import { scoringTeam } from '../../src/models/serving/onnx/scoring-team.ts'
import type { Figure } from '../harness/figure.ts'
import { interleaved, median } from '../harness/rounds.ts'

const candidates = 500
/** Between two feeds. */
const pauseMs = 20

/**
 * By how much all else that the process has to do is late while a deep ranker orders feeds: in the
 * thread that answers requests, and in threads of its own.
 */
export async function deepLateness(quick: boolean): Promise<readonly Figure[]> {
  const artifact = await largeRanker()
  await using team = scoringTeam()
  const networks = networksOver(team)
  const here = loadAnyDeepRanker(artifact, openHere)
  const away = loadAnyDeepRanker(artifact, networks.open)
  const rows = feedRows()
  const feeds = quick ? 30 : 100
  const contestants = {
    here: () => late(here, rows, feeds),
    away: () => late(away, rows, feeds),
    // What the machine itself makes late.
    idle: () => late({ predict: pause }, rows, feeds),
  }
  await interleaved(contestants, 1)
  const rounds = await interleaved(contestants, quick ? 2 : 5)
  await networks.close()
  const middle = (of: readonly Late[], what: keyof Late) => median(of.map((each) => each[what]))
  const shape = `a deep ranker of ${hidden.join('-')} orders ${candidates} candidates`
  const compared = (name: string, of: keyof Late, unit: string): Figure => ({
    ...{ target: 14, what: `${name}, while ${shape} in threads`, unit },
    value: middle(rounds.away, of),
    baseline: { what: 'in the thread that answers', value: middle(rounds.here, of) },
    judged: middle(rounds.away, of),
  })
  const idle = `p99 ${middle(rounds.idle, 'p99Ms').toFixed(1)} ms late while nothing is scored`
  return [
    { ...compared('p99 of the event loop', 'p99Ms', 'ms late'), note: idle },
    compared('one such order', 'orderMs', 'ms'),
  ]
}

interface Late {
  readonly p99Ms: number
  readonly orderMs: number
}

async function late(ranker: Pick<Ranker, 'predict'>, rows: Rows, feeds: number): Promise<Late> {
  await ranker.predict(rows)
  const delay = monitorEventLoopDelay({ resolution: 1 })
  const taken: number[] = []
  delay.enable()
  for (let feed = 0; feed < feeds; feed++) {
    const startedMs = performance.now()
    await ranker.predict(rows)
    taken.push(performance.now() - startedMs)
    await pause()
  }
  delay.disable()
  return { p99Ms: delay.percentile(99) / 1e6, orderMs: median(taken) }
}

const pause = (): Promise<readonly Float32Array[]> =>
  new Promise((resolve) => setTimeout(() => resolve([]), pauseMs))

const hidden = [1_024, 512, 256]

/** What a run costs does not depend on what was learned: a few rows do. */
async function largeRanker(): Promise<Artifact> {
  const trainer = deepTrainer(wideDeep, { hidden, width: 64, epochs: 1, batch: 50 })
  const { labels, ...train } = plantedRows(100, { seed: 1 })
  const data = { fields: plantedFields, train: { ...train, labels } }
  return (await trainer.fit(data, { seed: 1 })).save()
}

/** One user, and many items. */
function feedRows(): Rows {
  const columns = new Map(plantedRows(candidates, { seed: 2 }).columns)
  columns.set('user', Uint32Array.of(4))
  columns.set('history', Uint32Array.of(0, 2, 4, 6))
  return { rowCount: candidates, columns }
}
