import { type Deliverer, deliverer } from '../feed/delivery/deliver.ts'
import type { Scene } from '../feed/delivery/scene.ts'
import type { FeedQueue } from '../feed/queue/feed-queue.ts'
import { logQueue } from '../feed/queue/log-queue.ts'
import { ruledOut } from '../feed/ruled-out.ts'
import { openTraceShelf, type TraceShelf } from '../insight/explain/trace-shelf.ts'
import { openLmdbStore } from '../state/store/lmdb-store.ts'
import { hotValues } from './doors/hot-values.ts'
import { recipeParameters } from './doors/parameters.ts'
import { type Ground, type GroundOptions, openGround, type Setting } from './ground.ts'
import { type Recipes, recipesOf } from './recipes/recipes.ts'
import type { Residents } from './recipes/residents.ts'
import { defaultScenes } from './recipes/scenes.ts'
import { stageMakers, withOwn } from './recipes/stages.ts'
import { openTrainings, type Trainings } from './training/trainings.ts'

/** Everything an engine is made of. */
export interface Parts extends Ground {
  readonly options: GroundOptions
  readonly trainings: Trainings
  readonly traces: TraceShelf
  readonly queue: FeedQueue
  readonly recipes: Recipes
  readonly scenes: ReadonlyMap<string, Scene>
  readonly deliverer: Deliverer
}

export async function openParts(options: GroundOptions, setting: Setting): Promise<Parts> {
  const ground = await openGround(options, setting)
  const { state, journal, residents, models, newId, home, resources } = ground
  const features = residents.features
  const trainings = resources.add(openTrainings({ ...options, ...ground, features }))
  const traces = resources.add(
    await openTraceShelf({ store: openLmdbStore({ folder: home.traces }) }),
  )
  const queue = logQueue({ journal, state, newId, aliases: ground.aliases })
  const own = options.stages?.(stageMakers(state.ordinals)) ?? {}
  const recipes = withOwn(recipesOf(residents, models.ranker), own)
  const scenes = (options.scenes ?? defaultScenes)(recipes)
  return {
    ...ground,
    options,
    trainings,
    traces,
    queue,
    recipes,
    scenes: new Map(scenes.map((scene) => [scene.name, scene] as const)),
    deliverer: deliverer({
      clock: options.clock,
      state,
      queue,
      showable: showableBy(residents, options),
      lastRung: recipes.lastRung,
      rules: recipeParameters,
      keep: traces.keep,
    }),
  }
}

/** What is asked of an entry that waited: the world may have changed since it was chosen. */
function showableBy({ catalogue, state, parameters }: Residents, { clock }: GroundOptions) {
  const hot = hotValues(parameters)
  return (item: number, { channel }: { readonly channel: string }): boolean => {
    if (!catalogue.servable(item, clock.now())) return false
    if (ruledOut(catalogue, state.ordinals, hot.blocked())(item)) return false
    const channels = catalogue.tags('channels')
    const code = channels?.code(channel)
    return channel === '' || (code !== undefined && channels!.has(item, code))
  }
}
