import { defaultAttributes } from '../../src/engine/recipes/residents.ts'
import { type Learned, type LearnSettings, learn } from '../../src/engine/training/learn.ts'
import type { Timestamp } from '../../src/events/clock.ts'
import { memoryLog } from '../../src/events/log/memory-log.ts'
import { loadIals } from '../../src/models/als/ials-model.ts'
import { loadLogistic } from '../../src/models/logistic/logistic-model.ts'
import { memoryStore } from '../../src/state/store/memory-store.ts'
import { openWorld, type World } from '../harness/world.ts'
import { type Likes, likeTable } from './likes.ts'
import { readMovieLens } from './movielens.ts'
import { type Split, splitAt } from './split.ts'

/** A world that stands at the cut, and all that happened before and after it. */
export interface SetUp {
  readonly split: Split
  readonly world: World
  readonly likes: Likes
}

/** Reads the set and folds what came before `at`. */
export async function setUp(folder: string, at: Timestamp, until: Timestamp): Promise<SetUp> {
  const split = splitAt(await readMovieLens(folder, at), at, until)
  const world = await openWorld()
  const { state } = world
  await state.fold(0, split.before)
  const likes = likeTable(state.ordinals.size)
  for (const event of split.before) {
    if (event.type === 'action' && event.item !== undefined)
      likes.add(event, state.ordinals.of(event.item)!)
  }
  return { split, world, likes }
}

/** What the engine would have learned at the cut: factors, and a ranker where there is one. */
export async function learnAt(
  { split, world }: SetUp,
  settings: LearnSettings,
  onProgress: (step: string, share: number) => void,
) {
  const { features } = world.residents
  const learned: Learned = await learn({
    log: memoryLog(split.before),
    base: async () => memoryStore(),
    attributes: defaultAttributes,
    features,
    seed: 'quality',
    settings,
    onProgress,
  })
  const { factors, ranker, verdict } = learned
  if (factors === undefined || ranker === undefined) throw new Error(`nothing learned: ${verdict}`)
  const names = features.map(({ name }) => name)
  return {
    factors: loadIals(factors),
    ranker: { model: loadLogistic(ranker, names), version: 'bench' },
    verdict,
  }
}
