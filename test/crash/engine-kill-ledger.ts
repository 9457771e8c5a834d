import assert from 'node:assert/strict'
import { join } from 'node:path'
import { createEngine } from '../../src/engine/create-engine.ts'
import type { Engine } from '../../src/engine/engine.ts'
import type { Event, ItemId, UserId } from '../../src/events/event.ts'
import { type Line, pageScenes, type ShownPage, userNames } from './engine-kill-lines.ts'
import { compareWithLog } from './engine-kill-rows.ts'

/** What an engine's folder is known to hold, from what the children said. */
export interface Ledger {
  /** Acknowledged so far. */
  readonly counts: { readonly events: number; readonly pages: number }
  /** The track call that the present child began last. */
  readonly lastBatch: number
  /** Takes note of what the present child said. */
  hear(line: Line): void
  /** Opens the folder as the kill left it, compares it with all that is known, and closes it. */
  check(folder: string): Promise<void>
}

export function ledger(): Ledger {
  const events = new Map<UserId, Set<string>>(userNames.map((user) => [user, new Set<string>()]))
  const pages: ShownPage[] = []
  const put = new Set<ItemId>()
  const withdrawn = new Set<ItemId>()
  const wrong: string[] = []
  let lastBatch = 0

  async function checkItems(engine: Engine): Promise<void> {
    for (const item of put) assert.ok(await engine.item(item), `item ${item} was lost`)
    for (const item of withdrawn) {
      assert.equal((await engine.item(item))?.withdrawn, true, `${item} came back`)
    }
  }

  /** Against the log itself, where pages that nobody heard of count as well. */
  async function checkUser(engine: Engine, user: UserId): Promise<void> {
    // The events of an export are the log's.
    const logged = (await engine.exportUser(user)).events as unknown as readonly Event[]
    const ids = logged.flatMap((event) => (event.type === 'action' ? [event.id] : []))
    assert.deepEqual(repeated(ids), [], `events of ${user} happened twice`)
    const kept = new Set(ids)
    const lost = [...events.get(user)!].filter((id) => !kept.has(id))
    assert.deepEqual(lost, [], `events of ${user} were acknowledged, and lost`)
    const served = logged.flatMap((event) => (event.type === 'served' ? event.items : []))
    assert.deepEqual(repeated(served.map(({ item }) => item)), [], `${user} saw items twice`)
  }

  async function checkPages(engine: Engine): Promise<void> {
    for (const { user, scene, batchId, items } of pages) {
      const page = await engine.older({ user, scene, cursor: batchId })
      const shown = page.items.map(({ id }) => id)
      // The engine's word is taken: a withdrawal may have happened before it was acknowledged.
      const gone = new Set<ItemId>()
      for (const item of items) if ((await engine.item(item))?.withdrawn) gone.add(item)
      const expected = items.filter((item) => !gone.has(item))
      assert.deepEqual(shown, expected, `page ${batchId} of ${user} in ${scene} has changed`)
    }
  }

  /** Life goes on: the next page of everybody holds nothing that they saw. */
  async function goOn(engine: Engine): Promise<void> {
    for (const [index, user] of userNames.entries()) {
      const scene = pageScenes[(pages.length + index) % pageScenes.length]!
      const { batchId, items } = await engine.recommend({ user, scene, size: 5 })
      const shown = items.map(({ id }) => id)
      const before = new Set(pages.flatMap((page) => (page.user === user ? page.items : [])))
      const again = shown.filter((item) => before.has(item))
      assert.deepEqual(again, [], `${user} is shown again what they saw`)
      if (shown.length > 0) pages.push({ user, scene, batchId, items: shown })
    }
  }

  return {
    get counts() {
      const eventCount = [...events.values()].reduce((sum, ids) => sum + ids.size, 0)
      return { events: eventCount, pages: pages.length }
    },
    get lastBatch() {
      return lastBatch
    },
    hear(line) {
      if (line.said === 'open') lastBatch = 0
      if (line.said === 'put') put.add(line.item)
      if (line.said === 'withdrawn') withdrawn.add(line.item)
      if (line.said === 'tracking') lastBatch = line.batch
      if (line.said === 'tracked') for (const id of line.ids) events.get(line.user)!.add(id)
      if (line.said === 'page') pages.push(line)
      if (line.said === 'wrong') wrong.push(line.what)
    },
    async check(folder) {
      assert.deepEqual(wrong, [])
      assert.deepEqual(repeatedToSomebody(pages), [], 'acknowledged pages repeat')
      {
        await using engine = await createEngine({ folder, retrain: false })
        await checkItems(engine)
        for (const user of userNames) await checkUser(engine, user)
        await checkPages(engine)
        await goOn(engine)
      }
      await compareWithLog(join(folder, 'log'), join(folder, 'state'))
    },
  }
}

function repeatedToSomebody(pages: readonly ShownPage[]): readonly string[] {
  return repeated(pages.flatMap(({ user, items }) => items.map((item) => `${user} ${item}`)))
}

function repeated(ids: readonly string[]): readonly string[] {
  const met = new Set<string>()
  return ids.filter((id) => met.size === met.add(id).size)
}
