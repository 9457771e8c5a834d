import type { Scene } from '../feed/delivery/scene.ts'
import { eventDoor } from '../feed/tracking/event-door.ts'
import { tokenSeal } from '../feed/tracking/token.ts'
import { browsing } from './doors/browsing.ts'
import { explanations } from './doors/explanations.ts'
import { hotValues } from './doors/hot-values.ts'
import { overviews } from './doors/overviews.ts'
import { pageVectors } from './doors/page-vectors.ts'
import { pages } from './doors/pages.ts'
import { hotParameters } from './doors/parameters.ts'
import { people } from './doors/people.ts'
import { recentPages } from './doors/recent-pages.ts'
import { records } from './doors/records.ts'
import { shelves } from './doors/shelves.ts'
import type { Engine, EngineStatus, SceneView } from './engine.ts'
import type { Home } from './home.ts'
import type { Parts } from './parts.ts'
import { namedRankers } from './recipes/named-rankers.ts'
import { factorsName, rankerName } from './training/models-in-force.ts'

/** An engine and where it lives. */
export interface OpenEngine extends Engine {
  readonly home: Home
}

/** The parts, put behind the one interface. */
export function engineOf(parts: Parts): OpenEngine {
  const { options, home, log, state, journal, once, aliases, residents, models, trainings } = parts
  const { traces, queue, scenes, deliverer, newId, resources, retention } = parts
  const { clock } = options
  const { catalogue } = residents
  const { ordinals } = state
  const seal = tokenSeal(home.secret)
  const shared = { state, journal, clock, newId, aliases }
  const rows = records({ ...shared, catalogue, queue })
  const door = eventDoor({ clock, newId, seal, queue, once, aliases, ordinals })
  const hot = hotParameters({ state, journal, clock, newId })
  const persons = people({
    ...shared,
    log,
    traces,
    retention,
    markModels: async () => taintedNames(parts),
    itemViews: rows.itemViews,
  })
  const recent = recentPages({ state, queue, aliases, clock })
  const shown = { scenes, deliverer, queue, seal, clock, aliases, catalogue, ordinals }
  const views = { newRequestId: newId, itemViews: rows.itemViews }
  const rankers = namedRankers(residents, models, scenes)
  const vectors = pageVectors({ state, models, residents, clock })
  const feeds = pages({ ...shown, ...views, rankers, vectors })
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
    ...browsing({
      ...{ state, catalogue, clock, itemViews: rows.itemViews },
      blocked: hotValues(residents.parameters).blocked,
    }),
    ...homes,
    ...browsing({
      ...{ state, catalogue, clock, itemViews: rows.itemViews },
      blocked: hotValues(residents.parameters).blocked,
    }),
    ...explanations({ parts, recent, itemViews: rows.itemViews }),
    recentPages: recent.list,
    parameters: hot.list,
    setParameter: hot.set,
    models: models.list,
    train: trainings.train,
    scenes: () => [...scenes.values()].map(sceneView),
    status: () => statusOf(parts),
    record: once.record,
    [Symbol.asyncDispose]: () => resources[Symbol.asyncDispose](),
  }
}

function sceneView({ name, delivery, recipe, description }: Scene): SceneView {
  return { name, delivery, recipe: recipe.name, description }
}

function taintedNames({ models }: Parts): readonly string[] {
  return models.through === undefined ? [] : [factorsName, rankerName]
}

function statusOf({ log, journal, residents, options }: Parts): EngineStatus {
  const catalogue = options.about?.()
  return {
    items: residents.catalogue.servableCount(options.clock.now()),
    events: log.head,
    logBytes: log.sizeBytes,
    lag: journal.lag,
    ...(catalogue !== undefined && { catalogue }),
  }
}
