import { type Deliverer, deliverer } from '../feed/delivery/deliver.ts'
import type { Scene } from '../feed/delivery/scene.ts'
import type { Trace } from '../feed/pipeline/trace.ts'
import { poolKeeper } from '../feed/pyramid/pool-keeper.ts'
import type { FeedQueue } from '../feed/queue/feed-queue.ts'
import { logQueue } from '../feed/queue/log-queue.ts'
import { ruledOut } from '../feed/ruled-out.ts'
import { openTraceShelf, type TraceShelf } from '../insight/explain/trace-shelf.ts'
import type { ServedModels } from '../models/serving/shelf/served-models.ts'
import type { Ordinal } from '../state/projections/projection.ts'
import { openLmdbStore } from '../state/store/lmdb-store.ts'
import { recipeParameters } from './control/declared/all.ts'
import { hotValues } from './control/hot-values.ts'
import { type Ground, type GroundOptions, openGround, type Setting } from './ground.ts'
import { type LakeStream, openLakeStream } from './lake/lake-stream.ts'
import { type NearlinePart, openNearline } from './nearline/open-nearline.ts'
import { algorithms } from './recipes/algorithms.ts'
import { type Recipes, recipesOf } from './recipes/recipes.ts'
import type { Residents } from './recipes/residents.ts'
import { defaultScenes } from './recipes/scenes.ts'
import { scenesInForce } from './recipes/scenes-in-force.ts'
import { type ServedRankers, servedRankers } from './recipes/served-rankers.ts'
import { stageMakers, withOwn } from './recipes/stages.ts'
import { feedModels } from './serving/feed-models.ts'
import { openServing } from './serving/open-serving.ts'
import { type ReleaseDesk, releaseDesk } from './training/release/release-desk.ts'
import { openTrainings, type Trainings } from './training/trainings.ts'

/** Everything an engine is made of. */
export interface Parts extends Ground {
  readonly options: GroundOptions
  readonly trainings: Trainings
  readonly desk: ReleaseDesk
  readonly traces: TraceShelf
  readonly lakeStream: LakeStream
  readonly queue: FeedQueue
  readonly recipes: Recipes
  readonly scenes: ReadonlyMap<string, Scene>
  readonly deliverer: Deliverer
  readonly nearline: NearlinePart
  readonly served: ServedModels
  /** The same, as rankers of a feed. */
  readonly rankers: ServedRankers
}

export async function openParts(options: GroundOptions, setting: Setting): Promise<Parts> {
  const ground = await openGround(options, setting)
  const { state, journal, residents, models, newId, home, resources } = ground
  const features = residents.features
  const lakeStream = resources.add(await openLakeStream({ ...ground, options }))
  const hot = hotValues(residents.parameters)
  const { clock } = options
  const served = await openServing({ ground, options })
  const named = feedModels(served, residents.ground, hot.combinationOf)
  const desk = resources.add(
    releaseDesk({
      ...{ ...ground, clock, served, rules: hot.promotion, scorerNamed: named.named },
      features: features.map(({ name }) => name),
      isShown: (item) => residents.catalogue.servable(item, clock.now()),
    }),
  )
  await desk.resume()
  const trainings = resources.add(
    await openTrainings({
      ...{ ...options, ...ground, lakeStream, features, desk, served },
      onlineRules: hot.online,
    }),
  )
  const traces = resources.add(
    await openTraceShelf({ store: openLmdbStore({ folder: home.traces }) }),
  )
  const { grants } = hot
  const queue = logQueue({ journal, state, newId, grants, aliases: ground.aliases })
  const own = options.stages?.(stageMakers(state.ordinals)) ?? {}
  const recipes = withOwn(recipesOf(residents, models.ranker), own)
  const rankers = servedRankers(residents, models, named, desk.trials)
  const composed = algorithms({ residents, ...recipes, served: rankers })
  const scenes = scenesInForce((options.scenes ?? defaultScenes)(recipes), composed)
  const keep = (trace: Trace): void => {
    traces.keep(trace)
    lakeStream.keep(trace)
  }
  const prepare = poolKeeper({
    ...{ clock: options.clock, state, queue, newId, keep },
    ...{ pool: recipes.sets.pool, headOf: recipes.sets.pyramid },
  })
  const nearline = resources.add(
    await openNearline({ ground, options, queue, keep, prepare, algorithms: composed, scenes }),
  )
  return {
    ...ground,
    options,
    trainings,
    desk,
    traces,
    lakeStream,
    queue,
    recipes,
    scenes,
    nearline,
    served,
    rankers,
    deliverer: deliverer({
      clock: options.clock,
      state,
      queue,
      showable: showableBy(residents, options),
      lastRung: recipes.lastRung,
      rules: recipeParameters,
      keep,
      nearline: hot.nearline,
      prepare,
    }),
  }
}

/**
 * What is asked of entries that waited: the world may have changed since they were chosen. What
 * holds for all entries of a page is looked up once.
 */
function showableBy({ catalogue, state, parameters }: Residents, { clock }: GroundOptions) {
  const hot = hotValues(parameters)
  return ({ channel }: { readonly channel: string }) => {
    const at = clock.now()
    const isRuledOut = ruledOut(catalogue, state.ordinals, hot.blocked())
    const channels = catalogue.tags('channels')
    const code = channel === '' ? undefined : channels?.code(channel)
    const isOfChannel = (item: Ordinal): boolean =>
      channel === '' || (code !== undefined && channels!.has(item, code))
    return (item: Ordinal): boolean =>
      catalogue.servable(item, at) && !isRuledOut(item) && isOfChannel(item)
  }
}
