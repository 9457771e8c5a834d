import type { Scene } from '../feed/delivery/scene.ts'
import { type Quota, quotasOf } from '../feed/pipeline/recipe.ts'
import { eventDoor } from '../feed/tracking/event-door.ts'
import { tokenSeal } from '../feed/tracking/token.ts'
import type { EngineNames } from './control/declared/declared-parameter.ts'
import { hotValues } from './control/hot-values.ts'
import { hotParameters } from './control/parameters.ts'
import { browsing } from './doors/browsing.ts'
import { candidateSetDoor } from './doors/candidate-sets.ts'
import { explanations } from './doors/explanations.ts'
import { lakeDoor } from './doors/lake.ts'
import { metricsDoor } from './doors/metrics.ts'
import { overviews } from './doors/overviews.ts'
import { pageVectors } from './doors/page-vectors.ts'
import { pages } from './doors/pages.ts'
import { people } from './doors/people.ts'
import { profiles } from './doors/profile/profiles.ts'
import { queues } from './doors/queues.ts'
import { recentPages } from './doors/recent-pages.ts'
import { records } from './doors/records.ts'
import { shelves } from './doors/shelves.ts'
import type { Engine, EngineStatus, SceneView } from './engine.ts'
import type { Home } from './home.ts'
import type { Parts } from './parts.ts'
import { namedRankers } from './recipes/named-rankers.ts'
import { modelServing } from './serving/model-door.ts'
import { predictLog } from './serving/predict-log.ts'
import { jobDoor } from './training/job-door.ts'
import { factorsName, rankerName } from './training/models-in-force.ts'
import { withStandings } from './training/online/with-standings.ts'
import type { Releases } from './views/releases.ts'

/** An engine and where it lives. */
export interface OpenEngine extends Engine {
  readonly home: Home
  /**
   * Resolves when the queues that are filled behind the log are as full as what was in the log at
   * the call wants them.
   */
  prepared(): Promise<void>
  /** Does now what is done once a minute: old events are forgotten, trials judged, models made. */
  keepUp(): Promise<void>
}

/** The parts, put behind the one interface. */
export function engineOf(parts: Parts): OpenEngine {
  const { options, home, log, state, journal, once, aliases, residents, models, trainings } = parts
  const { traces, queue, scenes, deliverer, newId, resources, retention, lakeStream } = parts
  const { clock } = options
  const { catalogue } = residents
  const { ordinals } = state
  const seal = tokenSeal(home.secret)
  const shared = { state, journal, clock, newId, aliases }
  const rows = records({ ...shared, catalogue, queue })
  const door = eventDoor({ clock, newId, seal, queue, once, aliases, ordinals })
  const hot = hotParameters({ state, journal, clock, newId, names: namesIn(parts) })
  const persons = people({
    ...{ ...shared, log, queue, traces, retention, lakeStream },
    markModels: async () => {
      await trainings.beginAnew()
      return taintedNames(parts)
    },
    itemViews: rows.itemViews,
  })
  const recent = recentPages({ state, queue, aliases, clock })
  const shown = { scenes, deliverer, queue, seal, clock, aliases, catalogue, ordinals }
  const views = { newRequestId: newId, itemViews: rows.itemViews }
  const rankers = namedRankers(residents, models, scenes, parts.rankers)
  const vectors = pageVectors({ state, models, residents, clock })
  const { armsOf } = parts.desk
  const feeds = pages({ ...shown, ...views, rankers, vectors, armsOf })
  const homes = shelves({
    ...{ ...shown, ...views },
    recipe: parts.recipes.shelves,
    attributes: residents.attributes.tags,
  })

  return {
    home,
    putItems: rows.putItems,
    item: rows.item,
    items: rows.items,
    withdrawItem: rows.withdrawItem,
    putUsers: rows.putUsers,
    user: rows.user,
    mergeUsers: rows.mergeUsers,
    ...persons,
    track: door.track,
    ...feeds,
    ...overviews({
      ...{ state, aliases, catalogue, tasteAttribute: parts.attributes.groupBy },
      ...{ item: rows.item, history: persons.history },
      ...{ similar: feeds.similar, recommend: feeds.recommend },
    }),
    ...homes,
    ...browsing({
      ...{ state, catalogue, clock, itemViews: rows.itemViews },
      blocked: hotValues(residents.parameters).blocked,
    }),
    ...explanations({ parts, recent, itemViews: rows.itemViews }),
    recentPages: recent.list,
    ...streamSide(parts),
    ...hot,
    models: async () => withStandings(await models.list(), trainings.standings()),
    ...jobDoor(parts),
    ...releaseDoor(parts),
    train: trainings.train,
    scenes: () => [...scenes.values()].map(sceneView),
    status: () => statusOf(parts),
    record: once.record,
    [Symbol.asyncDispose]: () => resources[Symbol.asyncDispose](),
  }
}

/** Whoever follows the log, and what came of it. */
function streamSide({ options, ...parts }: Parts) {
  const { clock } = options
  return {
    streams: parts.streams.list,
    ...profiles({ ...parts, clock }),
    ...lakeDoor({ ...parts, clock }),
    ...metricsDoor({ ...parts, clock }),
    ...candidateSetDoor({ ...parts, clock }),
    ...queues({ ...parts, clock, book: parts.grantBook }),
    prepared: parts.nearline.prepared,
    ...servingSide({ options, ...parts }),
    keepUp: parts.trainings.look,
  }
}

/** Models for whoever has features of their own. */
function servingSide({ options, served, residents, lakeStream, newId }: Parts) {
  const { clock } = options
  const { predictLog: settings } = hotValues(residents.parameters)
  const log = predictLog(lakeStream.keepRows, settings, clock)
  return modelServing({ served, log, clock, newId })
}

function sceneView({ name, delivery, recipe, description }: Scene): SceneView {
  return { name, delivery, recipe: recipe.name, description }
}

function releaseDoor({ desk }: Parts): Releases {
  const { release, promoteModel, rejectModel, rollbackModel, tryModel } = desk
  return { release, promoteModel, rejectModel, rollbackModel, tryModel }
}

/** What the values of parameters may name. */
function namesIn({ recipes, scenes, rankers }: Parts): EngineNames {
  return {
    // Candidate sets come and go.
    get sources() {
      return namesOf([...quotasOf(recipes.feed), ...recipes.beside()])
    },
    get blended() {
      const shown = [...scenes.values()].flatMap(({ recipe }) => quotasOf(recipe))
      return namesOf([...quotasOf(recipes.feed), ...recipes.beside(), ...shown])
    },
    scenes: [...scenes.keys()],
    rankers: { names: rankers.names, named: (name) => rankers.find(name, '') },
  }
}

function namesOf(quotas: readonly Quota[]): readonly string[] {
  return [...new Set(quotas.map(({ source }) => source.name))]
}

function taintedNames({ models }: Parts): readonly string[] {
  return [factorsName, rankerName].filter((name) => models.versionOf(name) !== undefined)
}

function statusOf(parts: Parts): EngineStatus {
  const { log, journal, residents, options, deliverer, nearline } = parts
  const catalogue = options.about?.()
  return {
    items: residents.catalogue.servableCount(options.clock.now()),
    events: log.head,
    logBytes: log.sizeBytes,
    lag: journal.lag,
    ...(catalogue !== undefined && { catalogue }),
    nearline: { ...deliverer.counts(), ...nearline.status() },
  }
}
