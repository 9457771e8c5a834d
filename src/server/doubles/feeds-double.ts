import type {
  Engine,
  FeedRequest,
  Page,
  PageItem,
  Shelves,
  ShelvesRequest,
} from '../../engine/engine.ts'
import { invalid, StarlingError } from '../../error.ts'
import { itemView, type Memory, type Shown } from './memory.ts'

type Feeds = Pick<Engine, 'recommend' | 'older' | 'batches' | 'similar' | 'shelves'>

/** Pages of what was acted on most, none of it twice. */
export function feedsDouble(memory: Memory): Feeds {
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
