import assert from 'node:assert/strict'
import type { Page } from '../../src/engine/engine.ts'

const dayMs = 86_400_000

/** Pages are kept, and what was only served is hidden, for so long. */
const rememberedDays = 90

export interface OracleItem {
  readonly channels: readonly string[]
  readonly until: number
  readonly withdrawn: boolean
}

/** On what day an item was last served, and under which name the person asked. */
interface Serving {
  readonly day: number
  readonly user: string
}

/** What one person must not be shown: served on a day, acted on, blocked by themselves. */
interface Person {
  readonly served: Map<string, Serving>
  readonly acted: Set<string>
  readonly blocked: Set<string>
}

/** Where a page was asked for. */
export interface Place {
  readonly user: string
  readonly scene: string
  readonly channel: string
}

/** What was so when a request began: answers are judged against what held then and holds still. */
export interface Moment {
  readonly at: number
  readonly place: Place
  readonly user: string
  readonly hidden: ReadonlySet<string>
  readonly unseen: ReadonlySet<string>
}

/** An answer, what the engine recorded of it, and what was so when it was asked for. */
export interface NewPage {
  readonly page: Page
  /** With what was withdrawn between the recording and the answer. */
  readonly recorded: readonly string[]
  readonly size: number
  readonly before: Moment
  /** True where nothing else happened meanwhile. */
  readonly alone: boolean
}

interface KeptPage extends Pick<Page, 'items' | 'servedAt'> {
  readonly recorded: readonly string[]
}

/**
 * The feed contract in the plainest words: sets and lists of all that ever happened, searched from
 * end to end. Whatever the engine answers must agree with it.
 */
export function feedOracle() {
  const items = new Map<string, OracleItem>()
  const aliases = new Map<string, string>()
  const people = new Map<string, Person>()
  const feeds = new Map<string, Map<number, KeptPage>>()
  let blocked = { items: [] as readonly string[], channels: [] as readonly string[] }

  const resolve = (user: string): string => {
    const into = aliases.get(user)
    return into === undefined ? user : resolve(into)
  }
  const personOf = (user: string): Person => {
    const name = resolve(user)
    let person = people.get(name)
    if (person === undefined) {
      people.set(name, (person = { served: new Map(), acted: new Set(), blocked: new Set() }))
    }
    return person
  }
  const feedOf = ({ user, scene, channel }: Place): Map<number, KeptPage> => {
    const name = `${resolve(user)} ${scene} ${channel}`
    let feed = feeds.get(name)
    if (feed === undefined) feeds.set(name, (feed = new Map()))
    return feed
  }
  const servable = (id: string, at: number): boolean => {
    const item = items.get(id)
    return item !== undefined && !item.withdrawn && at < item.until
  }
  const showable = (id: string, at: number, channel: string): boolean => {
    const { channels } = items.get(id)!
    if (blocked.items.includes(id) || blocked.channels.some((name) => channels.includes(name))) {
      return false
    }
    return servable(id, at) && (channel === '' || channels.includes(channel))
  }
  const isSeen = (person: Person, id: string, at: number): boolean => {
    return isRemembered(person.served.get(id), at) || person.acted.has(id)
  }
  const idsWhere = (holds: (id: string) => boolean) => new Set([...items.keys()].filter(holds))

  return {
    items,
    resolve,
    servable,

    put: (id: string, item: OracleItem) => items.set(id, item),
    withdraw: (id: string) => items.set(id, { ...items.get(id)!, withdrawn: true }),
    block: (value: typeof blocked) => {
      blocked = value
    },
    act: (user: string, id: string, blocks: boolean) => {
      personOf(user).acted.add(id)
      if (blocks) personOf(user).blocked.add(id)
    },

    /** All that `from` saw and did, `into` did; the pages of `from` are nobody's any more. */
    merge(from: string, into: string): void {
      const [before, after] = [personOf(from), personOf(into)]
      for (const [id, serving] of before.served) {
        const other = after.served.get(id)
        if (other === undefined || other.day < serving.day) after.served.set(id, serving)
      }
      for (const id of before.acted) after.acted.add(id)
      for (const id of before.blocked) after.blocked.add(id)
      for (const name of feeds.keys()) if (name.startsWith(`${resolve(from)} `)) feeds.delete(name)
      aliases.set(from, resolve(into))
    },

    /** What holds as a request begins. Beside an item, what was seen may be shown. */
    moment(place: Place, at: number, repeatable: boolean): Moment {
      const person = personOf(place.user)
      const mayShow = (id: string): boolean =>
        showable(id, at, place.channel) &&
        !person.blocked.has(id) &&
        (repeatable || !isSeen(person, id, at))
      const unseen = idsWhere(mayShow)
      return {
        at,
        place,
        unseen,
        user: resolve(place.user),
        hidden: idsWhere((id) => !unseen.has(id)),
      }
    },

    /** Judges a new page, and remembers what it showed. */
    shown({ page, recorded, size, before, alone }: NewPage): void {
      const { place, at } = before
      const ids = page.items.map(({ id }) => id)
      assert.equal(new Set(recorded).size, recorded.length, 'an item stands twice on a page')
      assert.equal(page.degraded, undefined)
      assert.ok(recorded.length <= size)
      for (const { id, position } of page.items) assert.equal(recorded[position], id)
      const person = personOf(place.user)
      const after = this.moment(place, at, false)
      for (const id of ids) {
        const hidden = before.hidden.has(id) && after.hidden.has(id)
        assert.ok(!hidden, `${id} was shown to ${place.user} and must not be`)
      }
      for (const id of recorded) {
        // Pages of one name that were asked for at once; merging names takes hold between pages.
        const other = person.served.get(id)
        const again = isRemembered(other, at) && other?.user === before.user
        assert.ok(!again, `${id} was shown to ${place.user} before`)
        person.served.set(id, { day: Math.floor(page.servedAt / dayMs), user: before.user })
      }
      if (!alone) return
      assert.deepEqual(ids, recorded)
      if (ids.length < size) {
        assert.equal(before.unseen.size, ids.length, 'a page is short while more could be shown')
      }
    },

    /** Remembers a page as one of its owner's; those of an owner who was merged are nobody's. */
    keep(page: Page, recorded: readonly string[], { scene, channel }: Place, owner: string): void {
      if (resolve(owner) !== owner) return
      const feed = feedOf({ user: owner, scene, channel })
      assert.ok(!feed.has(page.batchId), `batch ${page.batchId} was given twice`)
      feed.set(page.batchId, { recorded, servedAt: page.servedAt, items: page.items })
    },

    /** Judges a page that stands beside an item. */
    shownBeside(page: Page, item: string, before: Moment): void {
      const after = this.moment(before.place, before.at, true)
      for (const { id } of page.items) {
        assert.notEqual(id, item)
        assert.ok(!(before.hidden.has(id) && after.hidden.has(id)), `${id} must not be shown`)
      }
    },

    /** The numbers of a feed's pages have no gaps, and their times rise. */
    checkNumbers(): void {
      for (const [name, feed] of feeds) {
        const pages = [...feed.entries()].sort(([a], [b]) => a - b)
        for (const [index, [batch, page]] of pages.entries()) {
          assert.equal(batch, index + 1, `a number is missing from ${name}`)
          if (index > 0) assert.ok(page.servedAt > pages[index - 1]![1].servedAt)
        }
      }
    },

    /** The newest number of a feed; 0 before its first page. */
    newest: (place: Place): number => feedOf(place).size,

    /** Judges a page that was paged back to: what was shown, without what may not be any more. */
    shownAgain(page: Page, place: Place, batch: number, at: number): void {
      const shown = feedOf(place).get(batch)!
      const kept = at - shown.servedAt < rememberedDays * dayMs
      const older = feedOf(place).get(batch - 1)
      const olderIsKept = older !== undefined && at - older.servedAt < rememberedDays * dayMs
      const expected = shown.recorded
        .map((id, position) => ({ id, position }))
        .filter(({ id }) => kept && servable(id, at))
      assert.deepEqual(
        page.items.map(({ id, position }) => ({ id, position })),
        expected,
        `page ${batch} of ${JSON.stringify(place)} is not what was shown`,
      )
      for (const { id, token } of page.items) {
        const before = shown.items.find((item) => item.id === id)
        if (before !== undefined) assert.equal(token, before.token)
      }
      assert.equal(page.older, kept && olderIsKept ? `b${batch - 1}` : null)
    },
  }
}

export type FeedOracle = ReturnType<typeof feedOracle>

function isRemembered(serving: Serving | undefined, at: number): boolean {
  return serving !== undefined && Math.floor(at / dayMs) - serving.day < rememberedDays
}
