import { type Consumer, openConsumer } from '../../events/streams/consumer.ts'
import type { Scene } from '../../feed/delivery/scene.ts'
import { filler } from '../../feed/nearline/filler.ts'
import { type NearlineStatus, nearlineWorker } from '../../feed/nearline/nearline-worker.ts'
import { triggers } from '../../feed/nearline/triggers.ts'
import type { Ask } from '../../feed/pipeline/pipeline.ts'
import type { Recipe } from '../../feed/pipeline/recipe.ts'
import type { Trace } from '../../feed/pipeline/trace.ts'
import type { FeedQueue } from '../../feed/queue/feed-queue.ts'
import { settled, settledKey } from '../../state/nearline/settled.ts'
import { recipeParameters } from '../control/declared/all.ts'
import { hotValues } from '../control/hot-values.ts'
import type { Ground, GroundOptions } from '../ground.ts'
import type { Algorithms } from '../recipes/algorithms.ts'

export interface OpenNearlineOptions {
  readonly ground: Ground
  readonly options: GroundOptions
  readonly queue: FeedQueue
  readonly keep: (trace: Trace) => void
  /** Sees to what has to be there before a recipe runs. */
  readonly prepare: (recipe: Recipe, query: Ask) => Promise<void>
  readonly algorithms: Algorithms
  readonly scenes: ReadonlyMap<string, Scene>
}

/** Whoever fills queues behind the log. */
export interface NearlinePart extends AsyncDisposable {
  status(): NearlineStatus
  /** Resolves when all that was in the log at the call is answered, as far as settings let it. */
  prepared(): Promise<void>
}

/** Begins where the state says that everything before has been answered. */
export async function openNearline(parts: OpenNearlineOptions): Promise<NearlinePart> {
  const { ground, options, queue, keep, prepare, algorithms, scenes } = parts
  const { state, log, residents, newId } = ground
  const { clock, onTrouble } = options
  const settings = hotValues(residents.parameters).nearline
  const sceneOf = (name: string) => {
    const scene = scenes.get(name)
    return scene?.delivery === 'nearline' ? scene : undefined
  }
  const known = await state.read([{ projection: settled, key: settledKey }])
  const worker = nearlineWorker({
    ...{ clock, state, settings, onTrouble },
    // Where nobody has asked yet, there is nothing behind; what was forgotten asks no more.
    checkpoint: Math.max(log.tail, known.get(settled, settledKey) ?? log.head),
    triggers: triggers({
      state,
      rules: recipeParameters,
      isPrepared: (scene) => sceneOf(scene) !== undefined,
      lowWater: () => settings().lowWater,
      activeMs: () => settings().activeMs,
    }),
    filler: filler({
      ...{ clock, state, queue, newId, keep, prepare },
      waitMs: (name) => sceneOf(name)?.waitMs ?? 0,
      writersOf(name) {
        const own = sceneOf(name)?.recipe
        const writers = algorithms.of(name)
        if (writers.length > 0 || own === undefined) return writers
        return [{ name: own.name, recipe: own, minIntervalMs: 0 }]
      },
    }),
  })
  const consumer: Consumer = openConsumer({
    ...{ log, clock, sink: worker.sink },
    group: 'nearline',
    description: 'Queues that are filled before their users come back.',
    onTrouble: (error) => onTrouble('the nearline worker stumbled', error),
  })
  ground.streams.add('nearline', consumer)
  return {
    status: () => worker.status(),

    async prepared() {
      await consumer.caughtUp()
      await worker.idle()
    },

    async [Symbol.asyncDispose]() {
      // The worker first: its sink may wait for a state that folds nothing more.
      await worker.close()
      await consumer[Symbol.asyncDispose]()
    },
  }
}
