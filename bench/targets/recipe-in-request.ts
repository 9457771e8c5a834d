import type { OpenEngine } from '../../src/engine/engine-of.ts'
import { rankerName } from '../../src/engine/training/models-in-force.ts'
import { seededRandom } from '../../src/kernel/random.ts'
import type { RankingModel } from '../../src/models/model.ts'
import { type Size, userId } from '../harness/catalogue.ts'
import { cpuUs } from '../harness/cpu.ts'
import type { Figure } from '../harness/figure.ts'
import { memoryOf } from '../harness/memory.ts'
import { openPrepared } from '../harness/prepared.ts'
import { publishRanker } from '../harness/publish-ranker.ts'
import { interleaved, median } from '../harness/rounds.ts'
import type { Run, Target } from '../harness/target.ts'

const rowCount = 500

/** Pages after which what is compiled while a program runs is compiled. */
const warmCount = 2_000

/**
 * A page for which the whole recipe runs, recorded and durable, in a program that embeds the
 * engine: soon after its start, and after some thousand pages. Beside it what a linear ranker alone
 * takes for as many rows. What the first page of a user costs more than the next is told apart: it
 * reads and decodes what is known of them.
 */
export const recipeInRequest: Target = {
  number: 2,
  name: 'the whole recipe in the request',
  async measure({ quick, folder, tell }) {
    const size = quick
      ? { itemCount: 2_000, userCount: 400, deedsPerUser: 25 }
      : { itemCount: 20_000, userCount: 3_000, deedsPerUser: 40 }
    const ranker = await trained(folder, size, tell)
    const [requestCount, roundCount] = quick ? [100, 3] : [400, 7]
    const predict = predictOf(ranker)
    const figures = await (async () => {
      await using engine = await openPrepared(folder, size)
      const random = seededRandom('requests')
      const ask = () => pageFor(engine, random.below(size.userCount))
      const rounds = () =>
        interleaved(
          {
            recipe: () => cpuMsPer(requestCount, ask),
            predict: () => cpuMsPer(requestCount, predict),
          },
          roundCount,
        )
      tell('asking for pages')
      await cpuMsPer(requestCount, ask)
      const note = await whatRan(engine)
      const early = figureOf('whole recipe in the request', await rounds(), note)
      tell(`asking for ${warmCount} more`)
      await cpuMsPer(warmCount, ask)
      const late = figureOf('whole recipe in the request, warm', await rounds(), note)
      return [early, late]
    })()
    tell('asking for first pages')
    return [...figures, await firstPages(folder, size, requestCount)]
  },
}

interface Rounds {
  readonly recipe: readonly number[]
  readonly predict: readonly number[]
}

function figureOf(what: string, { recipe, predict }: Rounds, note: string): Figure {
  const value = median(recipe)
  return {
    ...{ target: 2, what, value, unit: 'ms CPU' },
    baseline: { what: `bare predict, ${rowCount} rows`, value: median(predict) },
    judged: value,
    bound: { most: 3 },
    memory: memoryOf(),
    note,
  }
}

/**
 * Pages of users whom the engine has not met since it was opened, beside their next. Others come
 * first, for what is made once an engine.
 */
async function firstPages(folder: string, size: Size, userCount: number): Promise<Figure> {
  await using engine = await openPrepared(folder, size)
  const random = seededRandom('others')
  for (let count = 0; count < warmCount / 2; count++) {
    await pageFor(engine, userCount + random.below(size.userCount - userCount))
  }
  const pages = () => {
    let user = 0
    return cpuMsPer(userCount, () => pageFor(engine, user++))
  }
  const first = await pages()
  const next = await pages()
  return {
    ...{ target: 2, what: 'the first page of a user since the start', value: first },
    ...{ unit: 'ms CPU', judged: first },
    baseline: { what: 'their next', value: next },
  }
}

async function pageFor(engine: OpenEngine, user: number): Promise<void> {
  await engine.recommend({ user: userId(user), scene: 'for-you' })
}

/** CPU time of the process per call, all threads, in ms. */
async function cpuMsPer(callCount: number, call: () => Promise<void> | void): Promise<number> {
  const begun = cpuUs()
  for (let index = 0; index < callCount; index++) await call()
  return (cpuUs() - begun) / 1_000 / callCount
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
