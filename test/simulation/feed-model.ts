import type { Page } from '../../src/engine/engine.ts'

const dayMs = 86_400_000
const memoryDays = 90

/** What a naive reader of the feed contract believes; it knows nothing of queues or recipes. */
export interface FeedModel {
  put(item: string, channels: readonly string[], until?: number): void
  withdraw(item: string): void
  block(items: readonly string[]): void
  act(user: string, item: string, dislikes: boolean): void
  merge(from: string, into: string): void
  resolve(user: string): string
  /** Judges a new page, and remembers it. Resolves to what is wrong with it. */
  served(ask: { user: string; scene: string; channel: string; size: number }, page: Page): string[]
  /** Judges a page that was paged back to. */
  again(ask: { user: string; scene: string; channel: string }, page: Page, now: number): string[]
  /** The newest page of a feed. */
  newest(user: string, scene: string, channel: string): number
}

interface Item {
  channels: readonly string[]
  until: number
  withdrawn: boolean
}

interface Person {
  /** Day an item was last served. */
  readonly served: Map<string, number>
  readonly acted: Set<string>
  readonly blocked: Set<string>
}

export function feedModel(): FeedModel {
  const items = new Map<string, Item>()
  const people = new Map<string, Person>()
  const pages = new Map<string, { batchId: number; items: readonly string[]; at: number }[]>()
  const aliases = new Map<string, string>()
  let blocked = new Set<string>()

  const resolve = (user: string): string => {
    const next = aliases.get(user)
    return next === undefined ? user : resolve(next)
  }

  const person = (user: string): Person => {
    const found = people.get(resolve(user))
    if (found !== undefined) return found
    const fresh = {
      served: new Map<string, number>(),
      acted: new Set<string>(),
      blocked: new Set<string>(),
    }
    people.set(resolve(user), fresh)
    return fresh
  }

  const feedOf = (user: string, scene: string, channel: string) => {
    const key = [resolve(user), scene, channel].join('|')
    const found = pages.get(key) ?? []
    pages.set(key, found)
    return found
  }

  const showable = (id: string, channel: string, now: number): boolean => {
    const item = items.get(id)
    if (item === undefined || item.withdrawn || now >= item.until || blocked.has(id)) return false
    return channel === '' || item.channels.includes(channel)
  }

  const isNew = (user: string, id: string, now: number): boolean => {
    const { served, acted, blocked: own } = person(user)
    const day = served.get(id)
    const recent = day !== undefined && Math.floor(now / dayMs) - day < memoryDays
    return !recent && !acted.has(id) && !own.has(id)
  }

  return {
    resolve,
    put: (item, channels, until = Number.POSITIVE_INFINITY) =>
      items.set(item, { channels, until, withdrawn: false }),
    withdraw(item) {
      const known = items.get(item)
      if (known !== undefined) known.withdrawn = true
    },
    block(ids) {
      blocked = new Set(ids)
    },
    act(user, item, dislikes) {
      person(user).acted.add(item)
      if (dislikes) person(user).blocked.add(item)
    },
    merge(from, into) {
      const [before, after] = [person(from), person(into)]
      for (const [item, day] of before.served) {
        after.served.set(item, Math.max(day, after.served.get(item) ?? 0))
      }
      for (const item of before.acted) after.acted.add(item)
      for (const item of before.blocked) after.blocked.add(item)
      people.delete(from)
      aliases.set(from, into)
    },
    served({ user, scene, channel, size }, page) {
      const now = page.servedAt
      const ids = page.items.map(({ id }) => id)
      const faults = ids.flatMap((id) => {
        if (!showable(id, channel, now)) return [`${id} may not be shown`]
        return isNew(user, id, now) ? [] : [`${id} is a repeat for ${user}`]
      })
      if (new Set(ids).size < ids.length) faults.push('the page repeats itself')
      if (page.items.some(({ token }) => token === '')) faults.push('no token')
      const feed = feedOf(user, scene, channel)
      const left = [...items.keys()].filter(
        (id) => !ids.includes(id) && showable(id, channel, now) && isNew(user, id, now),
      )
      if (ids.length < size && left.length > 0)
        faults.push(`${ids.length} of ${size}, with ${left[0]} left`)
      if (ids.length === 0) return faults
      if (page.batchId !== (feed.at(-1)?.batchId ?? 0) + 1) faults.push(`number ${page.batchId}`)
      feed.push({ batchId: page.batchId, items: ids, at: now })
      for (const id of ids) person(user).served.set(id, Math.floor(now / dayMs))
      return faults
    },
    again({ user, scene, channel }, page, now) {
      const shown = feedOf(user, scene, channel).find(({ batchId }) => batchId === page.batchId)
      const ids = page.items.map(({ id }) => id)
      const expired = shown === undefined || now - shown.at >= memoryDays * dayMs
      const expected = expired
        ? []
        : shown.items.filter((id) => {
            const item = items.get(id)!
            return !item.withdrawn && now < item.until
          })
      return ids.join() === expected.join()
        ? []
        : [`page ${page.batchId} was ${expected}, is ${ids}`]
    },
    newest: (user, scene, channel) => feedOf(user, scene, channel).at(-1)?.batchId ?? 0,
  }
}
