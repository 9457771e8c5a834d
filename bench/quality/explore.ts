// scratch
import { memoryLog } from '../../src/events/log/memory-log.ts'
import { readLikes, cellsBefore } from '../../src/engine/training/likes.ts'
import { learn } from '../../src/engine/training/learn.ts'
import { memoryStore } from '../../src/state/store/memory-store.ts'
import { loadIals } from '../../src/models/als/ials-model.ts'
import { loadLogistic } from '../../src/models/logistic/logistic-model.ts'
import { seededRandom } from '../../src/kernel/random.ts'
import { globalTemporalSplit } from '../../src/models/evaluation/temporal-split.ts'
import { bootstrapInterval } from '../../src/models/evaluation/bootstrap.ts'
import { defaultAttributes } from '../../src/engine/residents.ts'
import { readMovieLens, ratingTimes } from './movielens.ts'
import { splitAt } from './split.ts'
import { openWorld } from './world.ts'
import { trained } from './trained.ts'
import { walk } from './walk.ts'
import { byChance } from './contenders/by-chance.ts'
import { popularity } from './contenders/popularity.ts'
import { itemKnn } from './contenders/item-knn.ts'
import { factors } from './contenders/factors.ts'
import { recipe } from './contenders/recipe.ts'
import { metrics, perUser, verdicts, type Verdict } from './judge.ts'

const folder = '../shared/data/ml-latest-small'
const part = process.argv[2] ?? 'validation'
const every = Number(process.argv[3] ?? 4)
const settings = JSON.parse(process.argv[4] ?? '{}')
const times = await ratingTimes(folder)
const testAt = globalTemporalSplit(times, 0.8).at
const at = part === 'test' ? testAt : globalTemporalSplit(times.filter((t) => t < testAt), 0.8).at
const until = part === 'test' ? Infinity : testAt
const events = await readMovieLens(folder, at)
const split = splitAt(events, at, until)
console.log(split.before.length, split.after.length)
const log = memoryLog(split.before)
await using world = await openWorld()
const t0 = performance.now()
const { model: learned, training } = await trained(() => learn({ log, base: async () => memoryStore(), attributes: defaultAttributes, features: world.residents.features, seed: 1, settings, onProgress: () => {} }))
console.log(learned.verdict, learned.metrics, training.seconds)
const names = world.residents.features.map((f) => f.name)
const ials = loadIals(learned.factors!)
const ranker = learned.ranker && { model: loadLogistic(learned.ranker, names), version: 'x' }
world.serve(ials, ranker)
if (ranker && process.env.W) {
  const m = ranker.model as any
  names.forEach((n, i) => console.log(n.padEnd(24), m.slope?.[i]?.toFixed(3)))
}
const t1 = performance.now()
await world.state.fold(0, split.before)
console.log('fold', performance.now() - t1, split.before.length)
const likes = await readLikes(log, memoryStore())
const { cells, shape } = cellsBefore(likes, Infinity)
const knn = JSON.parse(process.env.KNN ?? '{"neighbors":100,"shrinkage":10,"recent":1000}')
const contenders = [
  byChance(shape.itemCount, seededRandom('x')),
  popularity(cells, shape.itemCount),
  await itemKnn(cells, shape, knn),
  factors(ials, training),
  recipe(world, training, 'q'),
]
const rows = contenders.flatMap((c) => c.rows)
const found: Verdict[][] = rows.map(() => [])
const t2 = performance.now()
await walk({ world, split, contenders, every, judge: (trial) => verdicts(trial).forEach((v, i) => found[i]!.push(v)), onProgress: () => {} })
console.log('walk', performance.now() - t2, found[0]!.length)
const warm = new Set(split.before.flatMap((e) => e.type === 'action' ? [e.user] : []))
for (const [seg, filter] of Object.entries<(v: Verdict) => boolean>({ all: () => true, warm: (v) => warm.has(v.user), cold10: (v) => !warm.has(v.user) && v.pastCount < 10 })) {
  console.log(seg)
  for (const [i, row] of rows.entries()) {
    const vs = found[i]!.filter(filter)
    console.log('  ', row.padEnd(18), metrics.map((m) => { const b = bootstrapInterval(perUser(vs, m), { random: seededRandom('b'), rounds: 500 }); return `${m.name} ${b.mean.toFixed(4)} [${b.low.toFixed(4)} ${b.high.toFixed(4)}]` }).join('  '))
  }
}
