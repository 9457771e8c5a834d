import { StarlingError } from '../error.ts'
import type { ItemId, RequestId, UserId } from '../events/event.ts'
import type { Scene } from '../feed/delivery/scene.ts'
import type { Trace } from '../feed/pipeline/trace.ts'
import { ruledOut } from '../feed/ruled-out.ts'
import { eventDoor } from '../feed/tracking/event-door.ts'
import { tokenSeal } from '../feed/tracking/token.ts'
import { type Explanation, explain, type Fate, fateOf } from '../insight/explain/explain.ts'
import { browsing } from './doors/browsing.ts'
import { hotValues } from './doors/hot-values.ts'
import { overviews } from './doors/overviews.ts'
import { pages } from './doors/pages.ts'
import { hotParameters } from './doors/parameters.ts'
import { people } from './doors/people.ts'
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
  const shown = { scenes, deliverer, queue, seal, clock, aliases, catalogue, ordinals }
  const views = { newRequestId: newId, itemViews: rows.itemViews }
  const rankers = namedRankers(residents, models, scenes)
  const feeds = pages({ ...shown, ...views, rankers })
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
    ...browsing({
      ...{ state, catalogue, clock, itemViews: rows.itemViews },
      blocked: hotValues(residents.parameters).blocked,
    }),
    ...overviews({
      ...{ state, aliases, catalogue, tasteAttribute: parts.attributes.groupBy },
      ...{ item: rows.item, history: persons.history },
      ...{ similar: feeds.similar, recommend: feeds.recommend },
    }),
    ...homes,
    explain: (request) => explainPage(parts, request),
    whyNot: (request) => whyNot(parts, request),
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

async function explainPage(
  { queue, traces, state, options }: Parts,
  request: RequestId,
): Promise<Explanation | undefined> {
  const batch = await queue.byRequest(request, options.clock.now())
  if (batch === undefined) return undefined
  const found = new Map<RequestId, Trace>()
  for (const run of new Set(batch.items.map((entry) => entry.run))) {
    const trace = await traces.find(run)
    if (trace !== undefined) found.set(run, trace)
  }
  return explain(batch, found, state.ordinals)
}

/**
 * Runs the scene's recipe for the user without showing anything, and tells what became of one item.
 */
async function whyNot(
  { scenes, deliverer, aliases, state, residents, options, newId }: Parts,
  { scene: name, user, item }: { scene: string; user: UserId; item: ItemId },
): Promise<Fate> {
  const scene = scenes.get(name)
  if (scene === undefined)
    throw new StarlingError('not_found', `no scene ${name}`, { field: 'scene' })
  const ordinal = state.ordinals.of(item)
  if (ordinal === undefined)
    return { id: item, outcome: 'unknown', reason: 'no event ever named it' }
  const key = { user: aliases.resolve(user), scene: name, channel: '' }
  const { slate } = await deliverer.glance(scene, {
    key,
    size: 100,
    request: newId(),
    excluded: new Set(),
    fields: {},
    arms: [],
    signal: new AbortController().signal,
  })
  const fate = fateOf(slate.trace, ordinal, item)
  if (fate.outcome !== 'not-recalled') return fate
  const { catalogue, parameters } = residents
  if (ruledOut(catalogue, state.ordinals, hotValues(parameters).blocked())(ordinal)) {
    return { id: item, outcome: 'dropped', by: 'drop-blocked', reason: 'blocked by an operator' }
  }
  if (!catalogue.servable(ordinal, options.clock.now())) {
    return {
      id: item,
      outcome: 'dropped',
      by: 'drop-withdrawn',
      reason: 'withdrawn, not described, or outside its time',
    }
  }
  return fate
}
