import { errorCodes, fromErrorBody } from '../api/error-codes.ts'
import type { Engine, Tracked } from '../engine/engine.ts'
import { invalid } from '../error.ts'
import { found } from './found.ts'
import type { Caller, Handlers } from './handler.ts'
import { jobHandlers } from './job-handlers.ts'
import { streamHandlers } from './stream-handlers.ts'

export function handlers(engine: Engine): Handlers {
  return {
    ...feedHandlers(engine),
    ...catalogueHandlers(engine),
    ...userHandlers(engine),
    ...overviewHandlers(engine),
    ...controlHandlers(engine),
    ...jobHandlers(engine),
    ...streamHandlers(engine),
  }
}

type FeedNames = 'feed' | 'similar' | 'shelves' | 'track' | 'explain' | 'whyNot'

function feedHandlers(engine: Engine): Pick<Handlers, FeedNames> {
  return {
    feed: ({ cursor, items, vectors, ...request }, caller) => {
      if (cursor === undefined) {
        return engine.recommend(
          Object.assign(new LateSignal(caller), request, {
            withItems: items === true,
            withVectors: vectors === true,
          }),
        )
      }
      const { user, scene, channel, filter, exclude, model } = request
      const extras = { filter, exclude: exclude?.length, model }
      const extra = Object.entries(extras).find(([_name, value]) => value)?.[0]
      if (extra) throw invalid(extra, 'has no place beside cursor: an older page is as it was')
      return engine.older({
        user,
        scene,
        cursor,
        ...(channel !== undefined && { channel }),
        ...(items && { withItems: true }),
      })
    },
    similar: ({ id, items, ...request }) =>
      engine.similar({ item: id, ...request, ...(items && { withItems: true }) }),
    shelves: ({ items, ...request }) =>
      engine.shelves({ ...request, ...(items && { withItems: true }) }),
    track: ({ events }) => engine.track(events),
    explain: async ({ requestId, item, items }) =>
      found(
        await engine.explain(requestId, {
          ...(item !== undefined && { item }),
          ...(items && { withItems: true }),
        }),
        'requestId',
        `no page of request ${requestId} is known`,
      ),
    whyNot: (request) => engine.whyNot(request),
  }
}

/**
 * The signal is read when it is needed: making one costs as much as a page from the queue. A
 * class, since an object with a getter of its own takes ten times as long to make.
 */
class LateSignal {
  readonly #caller: Caller

  constructor(caller: Caller) {
    this.#caller = caller
  }

  get signal(): AbortSignal {
    return this.#caller.signal
  }
}

type CatalogueNames =
  | 'putItem'
  | 'getItem'
  | 'deleteItem'
  | 'putItems'
  | 'getItems'
  | 'listItems'
  | 'search'

function catalogueHandlers(engine: Engine): Pick<Handlers, CatalogueNames> {
  return {
    putItem: async (item) => whole(await engine.putItems([item])),
    getItem: async ({ id }) => found(await engine.item(id), 'id', `no item ${id} is known`),
    deleteItem: async ({ id }) => {
      found((await engine.withdrawItem(id)) || undefined, 'id', `no item ${id} is known`)
      return { id, withdrawn: true }
    },
    putItems: ({ items }) => engine.putItems(items),
    listItems: (request) => engine.listItems(request),
    search: (request) => engine.search(request),
    getItems: async ({ ids }) => ({ items: await engine.items(ids) }),
  }
}

type UserNames =
  | 'putUser'
  | 'getUser'
  | 'putUsers'
  | 'mergeUsers'
  | 'userHistory'
  | 'userPages'
  | 'exportUser'
  | 'eraseUser'

function userHandlers(engine: Engine): Pick<Handlers, UserNames> {
  return {
    putUser: async (user) => whole(await engine.putUsers([user])),
    getUser: async ({ id }) => found(await engine.user(id), 'id', `no user ${id} is known`),
    putUsers: ({ users }) => engine.putUsers(users),
    mergeUsers: async ({ id, from }) => {
      await engine.mergeUsers(from, id)
      return { from, into: id }
    },
    userHistory: async ({ id, size = 100, items }) => ({
      actions: await engine.history(id, size, items),
    }),
    userPages: async ({ id, ...request }) => ({
      pages: await engine.recentPages({ user: id, ...request }),
    }),
    exportUser: ({ id }) => engine.exportUser(id),
    eraseUser: ({ id }) => engine.eraseUser(id),
  }
}

type OverviewNames = 'itemOverview' | 'userOverview'

function overviewHandlers(engine: Engine): Pick<Handlers, OverviewNames> {
  return {
    itemOverview: async ({ id, ...request }) =>
      found(await engine.itemOverview({ item: id, ...request }), 'id', `no item ${id} is known`),
    userOverview: ({ id, ...request }) => engine.userOverview({ user: id, ...request }),
  }
}

type ControlNames =
  | 'listParameters'
  | 'setParameter'
  | 'checkParameter'
  | 'parameterHistory'
  | 'rollbackParameter'
  | 'listModels'
  | 'trainModel'
  | 'listScenes'
  | 'status'

function controlHandlers(engine: Engine): Pick<Handlers, ControlNames> {
  return {
    listParameters: async () => ({ parameters: await engine.parameters() }),
    setParameter: ({ name, value, by }, caller) =>
      engine.setParameter(name, value, by ?? caller.name),
    checkParameter: async ({ name, value }) => ({
      changes: await engine.checkParameter(name, value),
    }),
    parameterHistory: async ({ name }) => ({ versions: await engine.parameterHistory(name) }),
    rollbackParameter: ({ name, version, by }, caller) =>
      engine.rollbackParameter(name, version, by ?? caller.name),
    listModels: async () => ({ models: await engine.models() }),
    // What is learned is for everyone, so it goes on when the one who asked has gone away.
    trainModel: ({ name }) => engine.train(name),
    listScenes: async () => ({ scenes: engine.scenes() }),
    status: async () => engine.status(),
  }
}

/** The outcome of a list of one, where a rejection is the answer to the whole request. */
function whole(tracked: Tracked): Tracked {
  const [rejection] = tracked.rejected
  if (rejection) throw fromErrorBody({ error: rejection }, errorCodes.internal.http)
  return tracked
}
