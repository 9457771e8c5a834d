import { manualClock } from '../../events/clock.ts'
import type { Event } from '../../events/event.ts'
import { memoryLog } from '../../events/log/memory-log.ts'
import { openConsumer } from '../../events/streams/consumer.ts'
import { openState } from '../../state/folded-state.ts'
import { openJournal } from '../../state/journal.ts'
import { granted } from '../../state/nearline/granted.ts'
import { settled, settledKey } from '../../state/nearline/settled.ts'
import { aliases, aliasView } from '../../state/projections/aliases.ts'
import { batches, requests } from '../../state/projections/batches.ts'
import { feeds } from '../../state/projections/feeds.ts'
import { parameters } from '../../state/projections/parameters.ts'
import { pulse } from '../../state/projections/pulse.ts'
import { seen } from '../../state/projections/seen.ts'
import { shelf, shelfKey } from '../../state/projections/shelf.ts'
import { memoryStore } from '../../state/store/memory-store.ts'
import { type Delivered, deliverer } from '../delivery/deliver.ts'
import type { Scene } from '../delivery/scene.ts'
import { dropSeen } from '../filter/drop-seen.ts'
import { defaultGrants, type GrantRules } from '../grants/grant-rules.ts'
import { recipe } from '../pipeline/made-up-recipe.suite.ts'
import type { Query } from '../pipeline/query.ts'
import type { Quota, Recipe } from '../pipeline/recipe.ts'
import { logQueue } from '../queue/log-queue.ts'
import { filler, type Writer } from './filler.ts'
import { type NearlineSettings, nearlineDefaults } from './nearline-settings.ts'
import { nearlineWorker } from './nearline-worker.ts'
import { triggers } from './triggers.ts'

export const houseOpensAt = 1_700_000_000_000
export const waitMs = 600_000

/** What a house of prepared pages is like, and what may change while it is open. */
export interface HouseOptions {
  readonly itemCount?: number
  /** Entries that a run comes to. */
  readonly slateSize?: number
  readonly log?: ReturnType<typeof memoryLog>
}

/**
 * A log, its state, a queue, a deliverer and a worker, with recipes that walk the items in order
 * and take a turn of the event loop for it: all real but the recipes.
 */
export async function nearlineHouse(options: HouseOptions = {}) {
  const { itemCount = 100, slateSize = 60, log = memoryLog() } = options
  const clock = manualClock(houseOpensAt)
  const projections = [
    ...[aliases, pulse, parameters, seen, shelf, batches, requests, feeds, granted, settled],
  ]
  const state = await openState({ store: memoryStore(), projections, tables: [] })
  const journal = openJournal({ log, state })
  await journal.catchUp(() => undefined)
  let nextId = log.head
  const newId = () => `id${nextId++}`
  const record = (events: readonly Event[]) => journal.record(events)
  if (log.head === 0) await record(itemEvents(itemCount, newId))

  const hot = { nearline: nearlineDefaults as NearlineSettings, grants: defaultGrants }
  const runs = { all: 0, now: 0, most: 0, last: 0 }
  /** Walks the items from the first that the user has not seen, `size` of them. */
  const walking = (name: string, size: number, from = 0): Recipe =>
    recipe({
      ...{ name, recall: [walk(name, itemCount, size, from, runs)], filter: [dropSeen()] },
      slateSizeMax: size,
    })
  const known = walking('known', slateSize)
  const lastRung = walking('last-rung', 100)
  const writers: Writer[] = [{ name: 'known', recipe: known, minIntervalMs: 0 }]
  const queue = logQueue({
    ...{ journal, state, newId, aliases: await aliasView(state) },
    grants: () => hot.grants as GrantRules,
  })
  const scene: Scene = {
    ...{ name: 'home', description: '', delivery: 'nearline', recipe: known },
    ...{ repeatable: false, toleratesDeeds: true, waitMs },
  }
  const delivery = deliverer({
    ...{ clock, state, queue, lastRung, rules: ['blend'], keep: () => undefined },
    showable: () => () => true,
    nearline: () => hot.nearline,
  })
  const row = (await state.read([{ projection: settled, key: settledKey }])).get(
    settled,
    settledKey,
  )
  const troubles: unknown[] = []
  const worker = nearlineWorker({
    ...{ clock, state, checkpoint: row ?? log.head, settings: () => hot.nearline },
    triggers: triggers({
      ...{ state, rules: ['blend'], isPrepared: (name) => name === 'home' },
      lowWater: () => hot.nearline.lowWater,
      activeMs: () => hot.nearline.activeMs,
    }),
    filler: filler({
      ...{ clock, state, queue, newId, keep: () => undefined, waitMs: () => waitMs },
      writersOf: () => writers,
    }),
    onTrouble: (_what, error) => troubles.push(error),
  })
  const consumer = openConsumer({
    ...{ log, clock, group: 'nearline', description: '', sink: worker.sink },
  })

  return {
    ...{
      log,
      clock,
      state,
      queue,
      worker,
      consumer,
      hot,
      runs,
      writers,
      walking,
      troubles,
      record,
    },
    ...{ newId, counts: delivery.counts },

    next: (user = 'u', size = 10): Promise<Delivered> =>
      delivery.page(scene, {
        ...{ key: { user, scene: 'home', channel: '' }, size, request: newId() },
        ...{ excluded: new Set(), fields: {}, arms: [], signal: new AbortController().signal },
      }),

    act: (user: string, item: number) =>
      record([
        {
          ...{ type: 'action', id: newId(), at: clock.now(), action: 'click' },
          user,
          item: `item${item}`,
        },
      ]),

    async prepared(): Promise<void> {
      await consumer.caughtUp()
      await worker.idle()
    },

    async shelfOf(user = 'u') {
      const key = shelfKey(user, 'home', '')
      return (await state.read([{ projection: shelf, key }])).get(shelf, key)
    },

    async close(): Promise<void> {
      await worker.close()
      await consumer[Symbol.asyncDispose]()
    },
  }
}

export function shownIn({ batch }: Delivered): readonly number[] {
  return batch.items.map(({ item }) => item)
}

function itemEvents(count: number, newId: () => string): readonly Event[] {
  const record = { attributes: {}, channels: [] }
  return Array.from({ length: count }, (_, item): Event => {
    return { type: 'item', id: newId(), at: houseOpensAt, item: `item${item}`, record }
  })
}

/** Looks at what the user has seen as sources do, and counts how many runs there are at once. */
function walk(
  name: string,
  itemCount: number,
  size: number,
  from: number,
  runs: { all: number; now: number; most: number; last: number },
): Quota {
  const recall = async (query: Query) => {
    runs.all++
    if (name === 'last-rung') runs.last++
    else runs.now++
    runs.most = Math.max(runs.most, runs.now)
    await new Promise(setImmediate)
    if (name !== 'last-rung') runs.now--
    const gone = query.known.get(seen, query.user)?.until
    const items: number[] = []
    for (let item = from; item < itemCount && items.length < size; item++) {
      if (!query.excluded.has(item) && !gone?.has(item)) items.push(item)
    }
    return items
  }
  const needs = ({ user }: { readonly user: string }) => [{ projection: seen, key: user }]
  return { source: { name, needs, recall }, limit: size, deadlineMs: 60_000 }
}
