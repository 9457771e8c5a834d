import type {
  Engine,
  FeedRequest,
  ItemView,
  Page,
  PageItem,
  ParameterView,
  Shelves,
  ShelvesRequest,
  Tracked,
} from '../engine/engine.ts'
import { invalid, StarlingError } from '../error.ts'
import type { Clock } from '../events/clock.ts'
import { decodeAction, decodeItem, decodeUser, encodeAttributes } from '../events/decode.ts'
import type { ActionEvent, Attributes, ItemRecord, Json } from '../events/event.ts'
import { browsingDouble } from './browsing-double.ts'
import { overviewsDouble } from './overviews-double.ts'

interface Shown extends Page {
  readonly user: string
}

interface Memory {
  readonly clock: Clock
  readonly items: Map<string, { record: ItemRecord; withdrawn: boolean }>
  readonly users: Map<string, { attributes: Attributes; mergedInto?: string }>
  readonly events: Map<string, ActionEvent>
  readonly parameters: Map<string, ParameterView>
  readonly pages: Shown[]
}

/**
 * A small engine in memory for the tests of the server: it keeps the contract of a feed (best
 * first, no repeat, paging back shows what was shown) with the number of actions as its only score.
 */
export function engineDouble(clock: Clock): Engine {
  const memory: Memory = {
    clock,
    items: new Map(),
    users: new Map(),
    events: new Map(),
    parameters: new Map(),
    pages: [],
  }
  const quota = { name: 'blend.quota', value: 20, version: 0, description: 'Hot items per page.' }
  memory.parameters.set(quota.name, quota)
  const parts = { ...catalogue(memory), ...people(memory), ...feeds(memory), ...reasons(memory) }
  return {
    ...parts,
    ...overviewsDouble(memory.events, parts),
    ...browsingDouble(() => [...memory.items.keys()].map((id) => itemView(memory.items, id)!)),
    ...control(memory),
    [Symbol.asyncDispose]: async () => {},
  }
}

type Catalogue = Pick<Engine, 'putItems' | 'item' | 'items' | 'withdrawItem'>

function catalogue({ clock, items }: Memory): Catalogue {
  return {
    putItems: async (rows) =>
      each(rows, (row) => {
        const { item, record } = decodeItem(row, clock.now())
        items.set(item, { record, withdrawn: false })
        return true
      }),
    item: async (id) => itemView(items, id),
    items: async (ids) => [...new Set(ids)].flatMap((id) => itemView(items, id) ?? []),
    async withdrawItem(id) {
      const known = items.get(id)
      if (known) items.set(id, { ...known, withdrawn: true })
      return known !== undefined
    },
  }
}

type People = Pick<
  Engine,
  'putUsers' | 'user' | 'mergeUsers' | 'history' | 'exportUser' | 'eraseUser' | 'track' | 'record'
>

function people({ clock, items, users, events, pages }: Memory): People {
  const eventsOf = (id: string) => [...events.values()].filter(({ user }) => user === id)
  return {
    putUsers: async (rows) =>
      each(rows, (row) => {
        const { user, attributes } = decodeUser(row, clock.now())
        users.set(user, { attributes })
        return true
      }),
    async user(id) {
      const known = users.get(id)
      return known && { ...known, id, attributes: encodeAttributes(known.attributes) }
    },
    async mergeUsers(from, into) {
      if (from === into) throw invalid('from', 'must be another user')
      for (const [key, event] of events) {
        if (event.user === from) events.set(key, { ...event, user: into })
      }
      users.set(from, { attributes: {}, mergedInto: into })
    },
    history: async (id, limit, withItems) =>
      eventsOf(id)
        .reverse()
        .slice(0, limit)
        .map(({ item = '', action, value, at }) => {
          const view = withItems ? itemView(items, item) : undefined
          return { item, action, at, ...(value !== undefined && { value }), ...(view && { view }) }
        }),
    exportUser: async (id) => ({
      user: id,
      attributes: encodeAttributes(users.get(id)?.attributes ?? {}),
      events: eventsOf(id).map((event) => ({ ...event }) as unknown as Json), // Plain data.
      state: { pages: pages.filter(({ user }) => user === id).length },
    }),
    async eraseUser(id) {
      const gone = eventsOf(id)
      for (const event of gone) events.delete(event.id)
      users.delete(id)
      const receipt = `receipt-${id}`
      const erasedAt = clock.now()
      return { receipt, erasedAt, eventsErased: gone.length, stateRemoved: [], modelsMarked: [] }
    },
    record: async (facts) =>
      facts.map((fact) => {
        if (fact.type !== 'action' || events.has(fact.id)) return 'repeated'
        events.set(fact.id, fact)
        return 'new'
      }),
    track: async (rows) =>
      each(rows, (row) => {
        const newId = () => `event-${events.size + 1}`
        const { event } = decodeAction(row, { now: clock.now(), newId })
        if (events.has(event.id)) return false
        events.set(event.id, event)
        return true
      }),
  }
}

type Feeds = Pick<Engine, 'recommend' | 'older' | 'batches' | 'similar' | 'shelves'>

function feeds(memory: Memory): Feeds {
  const { pages, items, clock } = memory
  const feedOf = (user: string, scene: string, channel = ''): readonly Shown[] =>
    pages.filter((p) => p.user === user && p.scene === scene && p.channel === channel)
  const show = (request: FeedRequest, ids: readonly string[]): Page => {
    const { user, scene, channel = '', withItems } = request
    const [newest] = feedOf(user, scene, channel).slice(-1)
    const batchId = (newest?.batchId ?? 0) + 1
    const requestId = `request-${pages.length + 1}`
    const shown = ids.map((id, position) => pageItem(memory, requestId, id, position, withItems))
    const older = newest ? `older-${newest.batchId}` : null
    const servedAt = Math.max(clock.now(), (newest?.servedAt ?? 0) + 1)
    const page = { requestId, batchId, scene, channel, items: shown, older, user, servedAt }
    const delivery = 'now'
    // An empty page is no page: it shows nothing that could be paged back to.
    if (shown.length === 0) return { ...page, delivery, batchId: batchId - 1 }
    pages.push({ ...page, delivery })
    return pages.at(-1)!
  }
  return {
    async recommend(request) {
      request.signal?.throwIfAborted()
      return show(request, candidates(memory, request).slice(0, request.size ?? 10))
    },
    async older({ user, scene, channel, cursor }) {
      const batchId = Number(String(cursor).replace('older-', ''))
      const page = feedOf(user, scene, channel).find((shown) => shown.batchId === batchId)
      if (page === undefined) throw invalid('cursor', 'is not one that a page of this feed gave')
      return { ...page, delivery: 'history' }
    },
    batches: async ({ user, scene, channel, notAfter = Number.POSITIVE_INFINITY, limit }) =>
      feedOf(user, scene, channel)
        .map(({ batchId, servedAt, items }) => ({ batchId, at: servedAt, size: items.length }))
        .filter(({ at }) => at <= notAfter)
        .reverse()
        .slice(0, limit),
    async similar({ item, user = 'nobody', size = 10, ...request }) {
      const known = items.get(item)
      if (known === undefined) throw new StarlingError('not_found', `no item ${item} is known`)
      const scene = 'item:similar'
      const all = candidates(memory, { ...request, user: '', scene, exclude: [item] })
      return show({ ...request, user, scene }, all.slice(0, size))
    },
    shelves: async (request) =>
      shelved(memory, request, (ids) => show({ ...request, scene: 'shelves' }, ids)),
  }
}

/** The most acted-on first, then a shelf for each first tag of the rest. */
function shelved(
  memory: Memory,
  { attribute = 'genres', count = 8, size = 12 }: ShelvesRequest,
  show: (ids: readonly string[]) => Page,
): Shelves {
  const all = candidates(memory, { user: '', scene: 'shelves' }).slice(0, count * size)
  const { requestId, servedAt, items } = show(all)
  const tagOf = (id: string): string | undefined => {
    const value = memory.items.get(id)?.record.attributes[attribute]
    return value !== undefined && 'tags' in value ? value.tags[0] : undefined
  }
  const rest = items.slice(size)
  const values = [...new Set(rest.flatMap(({ id }) => tagOf(id) ?? []))]
  const rows = values.slice(0, count - 1).map((value) => ({
    ...({ kind: 'value', value } as const),
    items: rest.filter(({ id }) => tagOf(id) === value),
  }))
  return { requestId, servedAt, shelves: [{ kind: 'top', items: items.slice(0, size) }, ...rows] }
}

type Reasons = Pick<Engine, 'recentPages' | 'explain' | 'whyNot'>

function reasons({ pages, items }: Memory): Reasons {
  return {
    recentPages: async ({ user, size = 20, scene }) =>
      pages
        .filter((page) => page.user === user && (scene === undefined || page.scene === scene))
        .reverse()
        .slice(0, size)
        .map(({ items, ...page }) => ({
          ...{ requestId: page.requestId, scene: page.scene, channel: page.channel },
          ...{ batchId: page.batchId, servedAt: page.servedAt, itemCount: items.length },
          delivery: 'now',
        })),
    async explain(request, { item, withItems } = {}) {
      const page = pages.find(({ requestId }) => requestId === request)
      if (page === undefined) return undefined
      const stage = { run: request, stage: 'rank', name: 'action-count' } as const
      return {
        ...page,
        at: page.servedAt,
        delivery: 'now',
        recipe: 'popular',
        model: 'none',
        stages: [{ ...stage, rowCount: page.items.length, dropped: 0, durationMs: 0.5 }],
        runs: [],
        items: page.items.map(({ id, position, score }) => ({
          ...{ id, title: id, position, score, run: request, features: [], moves: [], shares: [] },
          ...{ because: 'Many people like it.', reason: 'regard', evidence: [] },
          sources: [{ name: 'popular', rank: position }],
        })),
        lost: [],
        ...(item !== undefined && { asked: { id: item, outcome: 'not-recalled' } }),
        ...(withItems && {
          views: page.items.flatMap(({ id }) => itemView(items, id) ?? []),
        }),
      }
    },
    async whyNot({ user, scene, item }) {
      if (!items.has(item)) return { id: item, outcome: 'unknown' }
      const shown = pages
        .filter((page) => page.user === user && page.scene === scene)
        .some((page) => page.items.some(({ id }) => id === item))
      return { id: item, outcome: shown ? 'shown' : 'outranked' }
    },
  }
}

/** The unseen items, most acted-on first. */
function candidates({ items, events, pages }: Memory, request: FeedRequest): readonly string[] {
  const { user, scene, channel, exclude = [], filter, fits = () => true } = request
  const tag = /^(\w+) has "(.*)"$/.exec(filter ?? '')
  if (filter !== undefined && tag === null) throw invalid('filter', 'must be: name has "tag"')
  const hidden = new Set(exclude)
  for (const page of pages) {
    if (page.user === user && user !== '') for (const { id } of page.items) hidden.add(id)
  }
  const counts = new Map<string, number>()
  for (const { item = '' } of events.values()) counts.set(item, (counts.get(item) ?? 0) + 1)
  return [...items]
    .filter(([id, { record, withdrawn }]) => {
      const value = record.attributes[tag?.[1] ?? '']
      const tagged = tag === null || (value && 'tags' in value && value.tags.includes(tag[2] ?? ''))
      const here = scene !== 'channel' || record.channels.includes(channel ?? '')
      return !withdrawn && !hidden.has(id) && tagged && here && fits(id)
    })
    .map(([id]) => id)
    .sort((a, b) => (counts.get(b) ?? 0) - (counts.get(a) ?? 0) || (a < b ? -1 : 1))
}

function pageItem(
  memory: Memory,
  requestId: string,
  id: string,
  position: number,
  withItems = false,
): PageItem {
  const score = [...memory.events.values()].filter(({ item }) => item === id).length
  const view = withItems ? itemView(memory.items, id) : undefined
  const token = `${requestId}.${position}`
  return { id, position, token, score, sources: ['popular'], ...(view && { item: view }) }
}

function itemView(items: Memory['items'], id: string): ItemView | undefined {
  const known = items.get(id)
  if (known === undefined) return undefined
  const { record, withdrawn } = known
  return { ...record, id, attributes: encodeAttributes(record.attributes), withdrawn }
}

type Control = Pick<
  Engine,
  'parameters' | 'setParameter' | 'models' | 'train' | 'scenes' | 'status'
>

function control({ clock, items, events, parameters }: Memory): Control {
  return {
    parameters: async () => [...parameters.values()],
    async setParameter(name, value, by) {
      const known = parameters.get(name)
      if (known === undefined) throw new StarlingError('not_found', `no parameter ${name} is known`)
      if (typeof value !== 'number') throw invalid('value', 'must be a number')
      const changed = { ...known, value, by, version: known.version + 1, changedAt: clock.now() }
      parameters.set(name, changed)
      return changed
    },
    models: async () => [],
    async train(model) {
      throw new StarlingError('not_found', `no model ${model} is known`)
    },
    scenes: () =>
      ['home', 'channel'].map((name) => ({
        ...{ name, delivery: 'now', recipe: 'popular', description: 'Most acted-on first.' },
      })),
    status: () => ({
      items: items.size,
      events: events.size,
      logBytes: 0,
      lag: 0,
      catalogue: 'put by a test',
    }),
  }
}

/** Judges each row by itself, as the engine does. `put` answers false for a duplicate. */
function each(rows: readonly unknown[], put: (row: unknown) => boolean): Tracked {
  let accepted = 0
  let duplicates = 0
  const rejected: Tracked['rejected'][number][] = []
  rows.forEach((row, index) => {
    try {
      if (put(row)) accepted++
      else duplicates++
    } catch (error) {
      if (!(error instanceof StarlingError)) throw error
      const { code, message, field } = error
      rejected.push({ index, code, message, ...(field !== undefined && { field }) })
    }
  })
  return { accepted, duplicates, rejected }
}
