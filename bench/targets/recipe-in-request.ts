import type { OpenEngine } from '../../src/engine/engine-of.ts'
import { rankerName } from '../../src/engine/training/models-in-force.ts'
import { seededRandom } from '../../src/kernel/random.ts'
import type { RankingModel } from '../../src/models/model.ts'
import { type Size, userId } from '../harness/catalogue.ts'
import { memoryOf } from '../harness/memory.ts'
import { openPrepared } from '../harness/prepared.ts'
import { publishRanker } from '../harness/publish-ranker.ts'
import { interleaved, median } from '../harness/rounds.ts'
import type { Run, Target } from '../harness/target.ts'

const rowCount = 500

/**
 * A page for which the whole recipe runs, recorded and durable, in a program that embeds the
 * engine. Beside it what a linear ranker alone takes for as many rows.
 */
export const recipeInRequest: Target = {
  number: 2,
  name: 'the whole recipe in the request',
  async measure({ quick, folder, tell }) {
    const size = quick
      ? { itemCount: 2_000, userCount: 400, deedsPerUser: 25 }
      : { itemCount: 20_000, userCount: 3_000, deedsPerUser: 40 }
    const ranker = await trained(folder, size, tell)
    await using engine = await openPrepared(folder, size)
    const requestCount = quick ? 100 : 400
    const random = seededRandom('requests')
    const recipe = () =>
      cpuMsPer(requestCount, async () => {
        await engine.recommend({ user: userId(random.below(size.userCount)), scene: 'for-you' })
      })
    const predict = predictOf(ranker)
    const contestants = { recipe, predict: () => cpuMsPer(requestCount, predict) }
    tell('asking for pages')
    await recipe()
    const rounds = await interleaved(contestants, quick ? 3 : 7)
    const [value, baseline] = [median(rounds.recipe), median(rounds.predict)]
    return [
      {
        target: 2,
        what: 'whole recipe in the request',
        value,
        unit: 'ms CPU',
        baseline: { what: `bare predict, ${rowCount} rows`, value: baseline },
        judged: value,
        bound: { most: 3 },
        memory: memoryOf(),
        note: await whatRan(engine),
      },
    ]
  },
}

/** CPU time of the process per call, all threads, in ms. */
async function cpuMsPer(callCount: number, call: () => Promise<void> | void): Promise<number> {
  const before = process.cpuUsage()
  for (let index = 0; index < callCount; index++) await call()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1_000 / callCount
}

/** A folder with a catalogue, a past and models; resolves with the ranker. */
async function trained(folder: string, size: Size, tell: Run['tell']): Promise<RankingModel> {
  tell('making a catalogue')
  await using engine = await openPrepared(folder, size, { settings: { groupCount: 100 } })
  tell('training')
  await engine.train(rankerName)
  return publishRanker(engine.home.models)
}

function predictOf(ranker: RankingModel): () => void {
  const random = seededRandom('rows')
  const columns = ranker.features.map(() =>
    Float32Array.from({ length: rowCount }, () => random.next()),
  )
  return () => void ranker.predict(columns, rowCount)
}

/** Sources, candidates and features of one run: what the figure is a figure of. */
async function whatRan(engine: OpenEngine): Promise<string> {
  const { requestId } = await engine.recommend({ user: userId(1), scene: 'for-you' })
  const { stages, items } = (await engine.explain(requestId))!
  const sources = stages.filter(({ stage, rowCount }) => stage === 'recall' && rowCount > 0)
  const ranked = stages.find(({ stage }) => stage === 'rank')!
  const features = items[0]!.features.length
  return `${sources.length} sources, ${ranked.rowCount} candidates, ${features} features, linear`
}
