import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { manualClock } from '../../events/clock.ts'
import type { Event } from '../../events/event.ts'
import { memoryLog } from '../../events/log/memory-log.ts'
import { openState } from '../../state/folded-state.ts'
import { openJournal } from '../../state/journal.ts'
import { batches, requests } from '../../state/projections/batches.ts'
import { parameters } from '../../state/projections/parameters.ts'
import { pulse } from '../../state/projections/pulse.ts'
import { seen } from '../../state/projections/seen.ts'
import { shelf } from '../../state/projections/shelf.ts'
import { memoryStore } from '../../state/store/memory-store.ts'
import { dropSeen } from '../filter/drop-seen.ts'
import type { Filter } from '../pipeline/filter.ts'
import { quota, recipe } from '../pipeline/made-up-recipe.suite.ts'
import type { Query } from '../pipeline/query.ts'
import type { Quota } from '../pipeline/recipe.ts'
import type { Trace } from '../pipeline/trace.ts'
import { logQueue } from '../queue/log-queue.ts'
import { type Delivered, deliverer } from './deliver.ts'
import type { PageAsk } from './page-ask.ts'
import type { Scene } from './scene.ts'

const start = 1_700_000_000_000
const minuteMs = 60_000

function span(from: number, to: number): readonly number[] {
  return Array.from({ length: to - from }, (_, index) => from + index)
}

/** A source that walks all items, and brings the first sixteen that are not left out. */
function sweeping(itemCount: number): Quota {
  const recall = ({ excluded }: Query) =>
    span(0, itemCount)
      .filter((item) => !excluded.has(item))
      .slice(0, 16)
  return { source: { name: 'all', recall }, limit: 100, deadlineMs: 10_000 }
}

/** A filter that keeps everything, unless it fails. */
function failingWhere(fails: () => boolean): Filter {
  return {
    name: 'rules',
    keep(_query, { items }) {
      if (fails()) throw new Error('no rules')
      return new Uint8Array(items.length).fill(1)
    },
  }
}

/** A house of 30 items. The recipe knows the first twelve, the last rung all of them. */
async function house() {
  const clock = manualClock(start)
  const log = memoryLog()
  const projections = [pulse, parameters, seen, shelf, batches, requests]
  const state = await openState({ store: memoryStore(), projections, tables: [] })
  const journal = openJournal({ log, state })
  let nextId = 0
  const newId = () => `id${nextId++}`
  const record = { attributes: {}, channels: [] }
  await journal.record(
    span(0, 30).map((item): Event => {
      return { type: 'item', id: newId(), at: start, item: `item${item}`, record }
    }),
  )

  const broken = { recipe: false, lastRung: false }
  const hidden = new Set<number>()
  const tastes = { best: span(0, 12) }
  const traces: Trace[] = []
  let runs = 0
  const known = recipe({
    name: 'known',
    recall: [
      quota('known', () => {
        runs++
        return tastes.best
      }),
    ],
    filter: [dropSeen(), failingWhere(() => broken.recipe)],
  })
  const lastRung = recipe({
    name: 'last-rung',
    recall: [sweeping(30)],
    filter: [dropSeen(), failingWhere(() => broken.lastRung)],
  })
  const { page, glance } = deliverer({
    ...{ clock, state, lastRung },
    queue: logQueue({ journal, state, newId, aliases: { resolve: (user) => user } }),
    showable: () => (item) => !hidden.has(item),
    rules: ['blend'],
    keep: (trace) => traces.push(trace),
  })
  const queued: Scene = {
    ...{ name: 'home', description: '', delivery: 'queued', recipe: known },
    ...{ repeatable: false, toleratesDeeds: false, waitMs: 10 * minuteMs },
  }
  const asked = (more: Partial<PageAsk> & { readonly size: number }): PageAsk => ({
    ...{ key: { user: 'u', scene: 'home', channel: '' }, request: newId() },
    ...{ excluded: new Set(), fields: {}, arms: [], signal: new AbortController().signal },
    ...more,
  })
  return {
    ...{ clock, broken, hidden, tastes, traces, queued, log },
    runs: () => runs,
    next: (size: number, more: Partial<PageAsk> & { scene?: Partial<Scene> } = {}) => {
      const { scene, ...ask } = more
      return page({ ...queued, ...scene }, asked({ size, ...ask }))
    },
    glance: (size: number) => glance(queued, asked({ size })),
    rule: (name: string, at: number) =>
      journal.record([{ type: 'parameter', id: newId(), at, name, value: at, by: 'operator' }]),
    act: (item: number) =>
      journal.record([
        { type: 'action', id: newId(), at: start, action: 'click', user: 'u', item: `item${item}` },
      ]),
  }
}

function shown({ batch }: Pick<Delivered, 'batch'>): readonly number[] {
  return batch.items.map(({ item }) => item)
}

describe('a queued scene', () => {
  it('runs the recipe once, and takes the next pages from what waits', async () => {
    const { next, runs } = await house()
    const pages = [await next(4), await next(4), await next(4)]
    assert.deepEqual(pages.map(shown), [span(0, 4), span(4, 8), span(8, 12)])
    assert.deepEqual(
      pages.map(({ batch }) => batch.delivery),
      ['now', 'queued', 'queued'],
    )
    assert.equal(runs(), 1)
  })

  it('runs anew once the user did something, and leaves nothing waiting from before', async () => {
    const { next, act, runs, tastes } = await house()
    await next(4)
    await act(6)
    tastes.best = [11, 6, 10, 9, 8, 5, 7]
    assert.deepEqual(shown(await next(3)), [11, 10, 9])
    assert.equal(runs(), 2)
    assert.equal((await next(3)).batch.delivery, 'queued')
  })

  it('runs anew once an operator changed a rule that feeds are made by, and no other', async () => {
    const { next, rule, runs } = await house()
    await next(2)
    await rule('unrelated', 1)
    assert.equal((await next(2)).batch.delivery, 'queued')
    await rule('blend', 2)
    assert.equal((await next(2)).batch.delivery, 'now')
    assert.equal((await next(2)).batch.delivery, 'queued')
    assert.equal(runs(), 2)
  })

  it('that tolerates deeds shows what waits all the same', async () => {
    const { next, act, runs } = await house()
    const scene = { toleratesDeeds: true }
    await next(4, { scene })
    await act(20)
    assert.equal((await next(4, { scene })).batch.delivery, 'queued')
    assert.equal(runs(), 1)
  })

  it('fills a page that the recipe leaves short from all that may be shown', async () => {
    const { next } = await house()
    assert.deepEqual(shown(await next(10)), span(0, 10))
    assert.deepEqual(shown(await next(10)), span(10, 20))
    assert.deepEqual(shown(await next(100)), span(20, 30))
    assert.deepEqual(shown(await next(10)), [])
  })

  it('judges what waited once more when it is shown', async () => {
    const { next, hidden, clock } = await house()
    await next(2)
    hidden.add(2)
    const condition = (item: number) => item !== 3
    assert.deepEqual(shown(await next(2, { condition, excluded: new Set([4]) })), [5, 6])
    hidden.delete(2)
    // What was hidden is gone from the queue; what was only left out waits still.
    assert.deepEqual(shown(await next(3)), [3, 4, 7])
    clock.advance(11 * minuteMs)
    assert.equal((await next(2)).batch.delivery, 'now')
  })

  it('shows two phones different pages, whether they run the recipe or not', async () => {
    const { next } = await house()
    const pages = await Promise.all([next(5), next(5), next(5), next(5)])
    const items = pages.flatMap(shown)
    assert.equal(new Set(items).size, 20)
    assert.deepEqual(
      pages.map(({ batch }) => batch.batch).sort((a, b) => a - b),
      [1, 2, 3, 4],
    )
  })
})

describe('a scene that runs its recipe for every page', () => {
  it('runs it for every page, and never repeats one', async () => {
    const { next, runs } = await house()
    const scene = { delivery: 'now' } as const
    const pages = [await next(5, { scene }), await next(5, { scene })]
    assert.deepEqual(pages.map(shown), [span(0, 5), span(5, 10)])
    assert.equal(runs(), 2)
  })

  it('that stands beside an item is rather short than padded, and repeats', async () => {
    const { next } = await house()
    const scene = { delivery: 'now', repeatable: true } as const
    for (let round = 0; round < 2; round++) {
      assert.deepEqual(shown(await next(20, { scene })), span(0, 12))
    }
  })
})

describe('the ladder', () => {
  it('stands on what waits where the recipe fails, however old, and says why', async () => {
    const { next, act, broken } = await house()
    await next(4)
    await act(25)
    broken.recipe = broken.lastRung = true
    const { batch, degraded } = await next(4)
    assert.deepEqual(shown({ batch }), span(4, 8))
    assert.match(degraded!, /no rules/)
  })

  it('stands on the last rung where nothing waits', async () => {
    const { next, broken, traces } = await house()
    broken.recipe = true
    const { batch, degraded } = await next(4)
    assert.deepEqual(shown({ batch }), span(0, 4))
    assert.match(degraded!, /no rules/)
    assert.deepEqual(
      traces.map(({ run }) => run),
      [batch.items[0]!.run],
    )
  })

  it('shows nothing where nothing can be judged, and is no failure of the caller', async () => {
    const { next, broken } = await house()
    await next(10)
    broken.recipe = broken.lastRung = true
    const { batch, degraded } = await next(10)
    assert.deepEqual(shown({ batch }), [10, 11])
    assert.equal(degraded, 'no rules')
    assert.deepEqual(shown(await next(10)), [])
  })

  it('keeps a trace of every run that brought an item of the page', async () => {
    const { next, traces } = await house()
    const { batch } = await next(20)
    assert.deepEqual(
      traces.map(({ recipe }) => recipe),
      ['known', 'last-rung'],
    )
    const runs = new Set(traces.map(({ run }) => run))
    assert.equal(runs.size, 2)
    for (const { item, run } of batch.items) {
      const trace = traces.find((each) => each.run === run)
      assert.ok(trace!.items.includes(item), `item ${item} is not in the trace of ${run}`)
    }
  })

  it('ends where the caller has gone', async () => {
    const { next, broken } = await house()
    broken.recipe = true
    const signal = AbortSignal.abort(new Error('hung up'))
    await assert.rejects(next(4, { signal }), /hung up/)
  })
})

it('a glance shows what would come, and records nothing', async () => {
  const { glance, log, next } = await house()
  const before = log.head
  const { slate, at } = await glance(4)
  assert.deepEqual([slate.entries.length, at], [12, start])
  assert.equal(log.head, before)
  assert.equal((await next(1)).batch.batch, 1)
})
