import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Event } from '../../events/event.ts'
import { seededRandom } from '../../kernel/random.ts'
import { catalogueView } from '../catalogue/catalogue-view.ts'
import { openState } from '../folded-state.ts'
import { history } from '../projections/history.ts'
import { items } from '../projections/items.ts'
import { parameters } from '../projections/parameters.ts'
import { schema } from '../projections/schema.ts'
import { memoryStore } from '../store/memory-store.ts'
import { itemCounterColumn, itemCounters } from '../tables/item-counters.ts'
import { freshSet } from './fresh-set.ts'
import { popularSet } from './popular-set.ts'
import { rareSet } from './rare-set.ts'
import { act, hourMs, put, serve, worldStart } from './small-world.suite.ts'
import { trendingSet } from './trending-set.ts'

const projections = [schema, items, history, parameters]
const perScope = 4
const servedMax = 2

const item = fc.nat(9).map((number) => `i${number}`)
const channels = fc.subarray(['a', 'b'])
// The last lies beyond the end of every test: some items are always scheduled.
const hours = fc.constantFrom(-3, -1, 0, 1, 3, 99)
const event = fc.oneof(
  { weight: 3, arbitrary: fc.record({ type: fc.constant('put' as const), item, channels, hours }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('withdraw' as const), item }) },
  { weight: 4, arbitrary: fc.record({ type: fc.constant('like' as const), item }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('dislike' as const), item }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('served' as const), item }) },
)
const steps = fc.array(fc.oneof(event, fc.constant({ type: 'look' as const })), {
  maxLength: 90,
  size: 'max',
})

type Step = typeof event extends fc.Arbitrary<infer T> ? T : never

/** An item leaves a channel and is put off in one go: it once kept its place in a list, unseen. */
const putOff: readonly Step[] = [
  ...['i2', 'i8', 'i0', 'i3', 'i1'].map(
    (item): Step => ({ type: 'put', item, channels: ['a'], hours: -3 }),
  ),
  { type: 'withdraw', item: 'i8' },
  { type: 'withdraw', item: 'i0' },
  { type: 'put', item: 'i3', channels: [], hours: 3 },
]

function eventOf(step: Step, at: number): Event {
  switch (step.type) {
    case 'put': {
      const { item, channels, hours } = step
      return put(item, { channels, availableFrom: at + hours * hourMs }, at)
    }
    case 'withdraw':
      return { type: 'withdraw', id: `w${at}`, at, item: step.item }
    case 'served':
      return serve('u', [step.item], at)
    default:
      return act('u', step.type, step.item, at)
  }
}

async function world() {
  const state = await openState({ store: memoryStore(), projections, tables: [itemCounters] })
  const catalogue = catalogueView(state)
  const options = { perScope }
  return {
    state,
    catalogue,
    trending: trendingSet(state, catalogue, { ...options, heat: 'heatDay' }),
    popular: popularSet(state, catalogue, options),
    fresh: freshSet(state, catalogue, { ...options, at: worldStart }),
    rare: rareSet(state, catalogue, { servedMax }),
  }
}

type World = Awaited<ReturnType<typeof world>>
type Measure = 'trending' | 'popular' | 'fresh'

/** The whole order, by sorting all items that may be shown. */
function sorted({ state, catalogue }: World, at: number, channel: string, by: Measure): number[] {
  const { data, width } = state.rows(itemCounters)
  const cell = (item: number, name: keyof typeof itemCounterColumn): number =>
    data[item * width + itemCounterColumn[name]] ?? 0
  const measure = (item: number): number => {
    if (by === 'fresh') return catalogue.availableFrom(item)
    if (by === 'trending') return cell(item, 'heatDay') || Number.NaN
    const count = cell(item, 'positives') + cell(item, 'negatives')
    if (count === 0) return Number.NaN
    return (cell(item, 'signalSum') / (count + 10)) * Math.log1p(count)
  }
  const column = catalogue.tags('channels')!
  const code = column.code(channel)
  return Array.from({ length: catalogue.size }, (_, item) => item)
    .filter((item) => catalogue.servable(item, at))
    .filter((item) => channel === '' || (code !== undefined && column.has(item, code)))
    .filter((item) => !Number.isNaN(measure(item)))
    .sort((one, other) => measure(other) - measure(one) || one - other)
}

function checkSet(made: World, at: number, channel: string, by: Measure): void {
  const { catalogue } = made
  const [set, whole] = [made[by], sorted(made, at, channel, by)]
  const found = set.top(channel, at, 10, () => true)
  assert.deepEqual(found, whole.slice(0, found.length), 'not the beginning of the whole order')
  assert.ok(found.length <= perScope)
  const odd = (item: number): boolean => item % 2 === 1
  assert.deepEqual(set.top(channel, at, 1, odd), found.filter(odd).slice(0, 1))
  const scheduled = Array.from({ length: catalogue.size }, (_, item) => item).some(
    (item) => catalogue.availableFrom(item) > at,
  )
  // Only what is scheduled may hold places of others, and not among the newest.
  if (scheduled && by !== 'fresh') return
  assert.ok(found.length >= Math.min(perScope / 2, whole.length), 'too few')
}

test('ranked sets are the beginning of the whole order, whatever happens', async () => {
  const property = fc.asyncProperty(steps, async (steps) => {
    const made = await world()
    let at = worldStart
    for (const step of [...steps, { type: 'look' as const }]) {
      at += hourMs / 2
      if (step.type !== 'look') {
        await made.state.fold(made.state.offset, [eventOf(step, at)])
        continue
      }
      for (const channel of ['', 'a', 'b', 'none']) {
        for (const by of ['trending', 'popular', 'fresh'] as const) {
          checkSet(made, at, channel, by)
        }
      }
    }
  })
  await fc.assert(property, { numRuns: 150, examples: [[[...putOff]]] })
})

test('rare items are found by the score of servings, and every one of them', async () => {
  const property = fc.asyncProperty(steps, fc.nat(), async (steps, seed) => {
    const { state, catalogue, rare } = await world()
    let at = worldStart
    const served = new Map<string, number>()
    for (const step of steps) {
      at += hourMs / 2
      if (step.type === 'look') continue
      if (step.type === 'served') served.set(step.item, (served.get(step.item) ?? 0) + 1)
      await state.fold(state.offset, [eventOf(step, at)])
    }
    const expected = Array.from({ length: catalogue.size }, (_, item) => item).filter(
      (item) =>
        catalogue.servable(item, at) &&
        catalogue.tags('channels')!.has(item, catalogue.tags('channels')!.code('a') ?? -1) &&
        (served.get(state.ordinals.id(item)) ?? 0) < servedMax,
    )
    const sample = rare.sample('a', at, 100, seededRandom(seed), () => true)
    assert.deepEqual(sample.sort(), expected.sort())
    const few = rare.sample('a', at, 2, seededRandom(seed), () => true)
    assert.equal(few.length, Math.min(2, expected.length))
    assert.deepEqual(
      rare.sample('a', at, 2, seededRandom(seed), () => true),
      few,
    )
  })
  await fc.assert(property, { numRuns: 100 })
})
