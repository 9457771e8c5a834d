import { fitFactors } from '../../src/engine/training/factors.ts'
import { type LearnSettings, learnSettings } from '../../src/engine/training/learn.ts'
import { readLikes } from '../../src/engine/training/likes.ts'
import { memoryLog } from '../../src/events/log/memory-log.ts'
import { globalTemporalSplit } from '../../src/models/evaluation/temporal-split.ts'
import { memoryStore } from '../../src/state/store/memory-store.ts'
import { type Contender, untrained } from './contender.ts'
import { factors } from './contenders/factors.ts'
import { type ItemKnnSettings, itemKnn } from './contenders/item-knn.ts'
import { recipe } from './contenders/recipe.ts'
import { meanOver, metrics } from './metric.ts'
import { ratingTimes } from './movielens.ts'
import { learnAt, type SetUp, setUp } from './set-up.ts'
import { type Verdict, verdictsOf } from './verdict.ts'
import { walk } from './walk.ts'

type Progress = (step: string, share: number) => void

/** One setting, and who enters with it; of a contender's rows the last is judged. */
interface Candidate {
  readonly settings: object
  readonly contender: Contender
}

/** One like in so many is a trial. */
const every = 4

/**
 * Chooses settings on the last fifth of the training part, by NDCG@10: the test part is not looked
 * at. Each model is searched by itself, the ranker over the factors in force. Resolves with a list
 * for each, the best first.
 */
export async function search(folder: string, progress: Progress): Promise<string> {
  const times = await ratingTimes(folder)
  const testAt = globalTemporalSplit(times, 0.8).at
  const { at } = globalTemporalSplit(
    times.filter((time) => time < testAt),
    0.8,
  )
  const lists: string[] = []
  for (const [name, candidatesOf] of Object.entries({
    neighborCandidates,
    factorCandidates,
    rankerCandidates,
  })) {
    const prepared = await setUp(folder, at, testAt)
    const candidates = await candidatesOf(prepared, progress)
    lists.push([name, ...(await ranked(prepared, candidates, progress))].join('\n'))
  }
  return lists.join('\n\n')
}

async function neighborCandidates({ likes }: SetUp, progress: Progress): Promise<Candidate[]> {
  const choices: ItemKnnSettings[] = []
  for (const neighbors of [50, 200, 1_000]) {
    for (const shrinkage of [5, 20, 50]) {
      for (const recent of [20, 1_000]) choices.push({ neighbors, shrinkage, recent })
    }
  }
  return each(choices, progress, (settings) => itemKnn(likes, settings))
}

async function factorCandidates({ split }: SetUp, progress: Progress): Promise<Candidate[]> {
  const likes = await readLikes(memoryLog(split.before), memoryStore())
  const choices: LearnSettings[] = []
  for (const dims of [16, 32, 64]) {
    for (const alpha of [2, 4, 8]) {
      for (const regularization of [0.01, 0.02, 0.04]) {
        choices.push({ ...learnSettings, dims, alpha, regularization })
      }
    }
  }
  return each(choices, progress, async (settings) => {
    const model = await fitFactors(likes, Number.POSITIVE_INFINITY, settings, { seed: 'search' })
    return factors(model, untrained)
  })
}

async function rankerCandidates(prepared: SetUp, progress: Progress): Promise<Candidate[]> {
  const choices = [0.1, 1, 10, 100].map((l2): LearnSettings => ({ ...learnSettings, l2 }))
  return each(choices, progress, async (settings) => {
    const learned = await learnAt(prepared, settings, () => undefined)
    prepared.world.expectBy(learned.factors)
    return recipe(prepared.world, learned.ranker, untrained)
  })
}

async function each<Settings extends object>(
  choices: readonly Settings[],
  progress: Progress,
  make: (settings: Settings) => Promise<Contender>,
): Promise<Candidate[]> {
  const candidates: Candidate[] = []
  for (const settings of choices) {
    candidates.push({ settings, contender: await make(settings) })
    progress('learning', candidates.length / choices.length)
  }
  return candidates
}

/** A line per candidate, the best first. */
async function ranked(
  prepared: SetUp,
  candidates: readonly Candidate[],
  progress: Progress,
): Promise<readonly string[]> {
  const contenders = candidates.map(({ contender }) => contender)
  const verdicts = candidates.map((): Verdict[] => [])
  const lastRows = contenders.map((_, index) => {
    return contenders.slice(0, index + 1).reduce((sum, { rows }) => sum + rows.length, 0) - 1
  })
  await walk({
    ...{ ...prepared, contenders, every },
    judge: (trial) => {
      const judged = verdictsOf(trial)
      for (const [index, row] of lastRows.entries()) verdicts[index]!.push(judged[row]!)
    },
    onProgress: (share) => progress('asking', share),
  })
  await prepared.world[Symbol.asyncDispose]()
  return candidates
    .map(({ settings }, index) => ({
      settings,
      gain: meanOver(verdicts[index]!, metrics.gain),
      hit: meanOver(verdicts[index]!, metrics.hit),
    }))
    .sort((one, other) => other.gain - one.gain)
    .map(({ settings, gain, hit }) => {
      return `NDCG@10 ${gain.toFixed(4)}  HR@10 ${hit.toFixed(4)}  ${JSON.stringify(settings)}`
    })
}
