import type { ItemId, UserId } from '../../../events/event.ts'
import type { Feed, FeedPage } from '../feed.ts'
import type { Stay } from '../world/stay.ts'
import type { World } from '../world/world.ts'

/** Holds a feed to its promises, by books of its own. */
export interface Referee {
  /** Looks at a page before its user does. */
  page(stay: Stay, page: FeedPage, size: number, at: number): void
  /** Pages back from the newest page of the feed, and holds what comes against what was shown. */
  history(stay: Stay, page: FeedPage, at: number): Promise<void>
  readonly breaches: Breaches
}

export const promises = [
  'repeat',
  'not available',
  'off channel',
  'empty',
  'short',
  'other history',
] as const

export type Promised = (typeof promises)[number]

export interface Breaches {
  readonly count: number
  readonly byKind: Readonly<Record<Promised, number>>
  /** The first few, in words. */
  readonly first: readonly string[]
}

const toldMax = 10

/** So far is paged back. */
const depthMax = 3

export function openReferee(world: World, feed: Pick<Feed, 'older'>): Referee {
  const byKind = Object.fromEntries(promises.map((kind) => [kind, 0])) as Record<Promised, number>
  const first: string[] = []
  const pages = new Map<string, (readonly ItemId[])[]>()
  const { rows, stock } = world

  const breach = (kind: Promised, at: number, user: UserId, what: string): void => {
    byKind[kind] += 1
    if (first.length < toldMax) {
      first.push(`${new Date(at).toISOString()} ${user}: ${kind}: ${what}`)
    }
  }

  const judge = (stay: Stay, id: ItemId, before: ReadonlySet<ItemId>, at: number): void => {
    const item = rows.itemOf(id)
    if (item === undefined || !stock.available(item, at)) {
      breach('not available', at, stay.id, id)
    } else if (!world.mayShow(item, stay.channel, at)) {
      breach('off channel', at, stay.id, `${id} in ${stay.channel}`)
    }
    if (before.has(id) || (item !== undefined && world.wasShown(stay.user, item))) {
      breach('repeat', at, stay.id, id)
    }
  }

  /** One that could have been shown besides; looked for where a page is not full. */
  const leftOut = (stay: Stay, ids: ReadonlySet<ItemId>, at: number): ItemId | undefined => {
    for (let item = 0; item < stock.count; item++) {
      if (!world.mayShow(item, stay.channel, at) || world.wasShown(stay.user, item)) continue
      const id = rows.itemId(item)
      if (!ids.has(id)) return id
    }
    return undefined
  }

  return {
    page(stay, { items }, size, at) {
      const ids = new Set<ItemId>()
      for (const { id } of items) {
        judge(stay, id, ids, at)
        ids.add(id)
      }
      if (items.length < size) {
        const missing = leftOut(stay, ids, at)
        if (missing !== undefined) {
          const what = `${items.length} of ${size}, without ${missing}`
          breach(items.length === 0 ? 'empty' : 'short', at, stay.id, what)
        }
      }
      if (feed.older === undefined || items.length === 0) return
      const key = `${stay.id} ${stay.scene} ${stay.channel}`
      const shown = pages.get(key) ?? []
      pages.set(key, shown)
      shown.push(items.map(({ id }) => id))
    },

    async history(stay, page, at) {
      const shown = pages.get(`${stay.id} ${stay.scene} ${stay.channel}`) ?? []
      let cursor = page.older
      // The newest page is the one that is on the screen.
      for (let back = 2; back <= Math.min(shown.length, depthMax + 1); back++) {
        const was = shown.at(-back)!
        if (cursor === undefined || cursor === null) {
          breach('other history', at, stay.id, `nothing before page ${shown.length - back + 2}`)
          return
        }
        const older = await feed.older!(stay.id, stay.scene, stay.channel, cursor)
        // What was taken away meanwhile may not be shown again, not even as the past.
        const due = was.filter((id) => stock.available(rows.itemOf(id) ?? -1, at))
        const got = older.items.map(({ id }) => id)
        if (got.join(' ') !== due.join(' ')) {
          breach('other history', at, stay.id, `[${got}] where [${due}] was shown`)
        }
        cursor = older.older
      }
    },

    get breaches() {
      const count = promises.reduce((sum, kind) => sum + byKind[kind], 0)
      return { count, byKind: { ...byKind }, first: [...first] }
    },
  }
}
