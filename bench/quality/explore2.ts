// scratch search
import { memoryLog } from '../../src/events/log/memory-log.ts'
import { readLikes, cellsBefore } from '../../src/engine/training/likes.ts'
import { memoryStore } from '../../src/state/store/memory-store.ts'
import { fitIals } from '../../src/models/als/ials.ts'
import { interactionsOf } from '../../src/models/interactions.ts'
import { globalTemporalSplit } from '../../src/models/evaluation/temporal-split.ts'
import { readMovieLens, ratingTimes } from './movielens.ts'
import { splitAt } from './split.ts'
import { openWorld } from './world.ts'
import { walk, type Trial } from './walk.ts'
import { itemKnn } from './contenders/item-knn.ts'
import { factors } from './contenders/factors.ts'
import type { Moment, Contender } from './contender.ts'
import { metrics, perUser, verdicts, type Verdict } from './judge.ts'

const folder = '../shared/data/ml-latest-small'
const every = Number(process.argv[3] ?? 4)
const times = await ratingTimes(folder)
const testAt = globalTemporalSplit(times, 0.8).at
const at = globalTemporalSplit(times.filter((t) => t < testAt), 0.8).at
const events = await readMovieLens(folder, at)
const split = splitAt(events, at, testAt)
const log = memoryLog(split.before)
const likes = await readLikes(log, memoryStore())
const { cells, shape } = cellsBefore(likes, Infinity)
await using world = await openWorld()
await world.state.fold(0, split.before)
const moments: [Moment, Omit<Trial, 'rankings'>][] = []
let held: Moment
const recorder: Contender = { rows: [], training: { seconds: 0, peakBytes: 0 }, rank: (m) => { held = m; return [] } }
await walk({ world, split, contenders: [recorder], every, judge: (t) => moments.push([held, { ...t, acted: new Set(t.acted) }]), onProgress: () => {} })
console.log('moments', moments.length)
async function score(c: Contender, what: unknown) {
  const vs: Verdict[] = []
  for (const [m, t] of moments) vs.push(verdicts({ ...t, rankings: await c.rank(m) })[0]!)
  console.log(JSON.stringify(what), metrics.map((m) => { const p = perUser(vs, m); return `${m.name} ${(p.reduce((a, b) => a + b, 0) / p.length).toFixed(4)}` }).join(' '), c.training.seconds.toFixed(1))
}
if (process.argv[2] === 'knn') {
  for (const neighbors of [50, 200, 1000]) for (const shrinkage of [0, 5, 20, 50]) for (const recent of [20, 1000]) { const s = { neighbors, shrinkage, recent }; await score(await itemKnn(cells, shape, s), s) }
} else {
  const grid = JSON.parse(process.argv[4]!)
  for (const dims of grid.dims) for (const sweeps of grid.sweeps) for (const regularization of grid.regularization) for (const frequencyPower of grid.frequencyPower ?? [1]) for (const alpha of grid.alpha) {
    const s = { dims, sweeps, regularization, frequencyPower, alpha }
    const t = performance.now()
    const model = await fitIals(interactionsOf(cells, shape, 'max'), { ...s, seed: 1 })
    const touched = new Set(cells.items)
    for (let i = 0; i < model.itemCount; i++) if (!touched.has(i)) model.items.fill(0, i * dims, (i + 1) * dims)
    await score(factors(model, { seconds: (performance.now() - t) / 1000, peakBytes: 0 }), s)
  }
}
