import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import {
  type Attributes,
  type AttributeValue,
  attributeType,
  type Event,
  type ItemRecord,
} from '../../events/event.ts'
import { openState } from '../folded-state.ts'
import { items } from '../projections/items.ts'
import { schema } from '../projections/schema.ts'
import { memoryStore } from '../store/memory-store.ts'
import { type CatalogueView, catalogueView } from './catalogue-view.ts'

// Times are whole seconds: counts are exact at a second's distance.
const second = fc.nat(20).map((seconds) => seconds * 1_000)

const value: fc.Arbitrary<AttributeValue> = fc.oneof(
  fc.record({ number: fc.constantFrom(0, 1.5, -3, 1e300) }),
  fc.record({ text: fc.constantFrom('', 'a', 'Pan') }),
  fc.record({ tags: fc.uniqueArray(fc.constantFrom('x', 'y', 'z', 'constructor')) }),
  fc.record({ time: second }),
  fc.record({
    geo: fc
      .tuple(fc.constantFrom(-90, 0, 52.5), fc.constantFrom(0, 180))
      .map(([latitude, longitude]) => ({ latitude, longitude })),
  }),
  fc.record({ vector: fc.array(fc.constantFrom(0, 0.5, -1), { minLength: 1, maxLength: 3 }) }),
)

const names = ['one', 'two', 'three', 'constructor', 'publishedAt', 'channels'] as const

const record: fc.Arbitrary<ItemRecord> = fc.record(
  {
    attributes: fc
      .array(fc.tuple(fc.constantFrom(...names), value), { maxLength: 5 })
      .map((entries): Attributes => Object.fromEntries(entries)),
    channels: fc.uniqueArray(fc.constantFrom('0', '18', 'x')),
    availableFrom: second,
    availableUntil: second,
  },
  { requiredKeys: ['attributes', 'channels'] },
)

const item = fc.constantFrom('i', 'h', 'g', 'f', '007', '7', 'z')
const step = fc.oneof(
  { weight: 8, arbitrary: fc.record({ type: fc.constant('item' as const), item, record }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('withdraw' as const), item }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('action' as const), item }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('restart' as const) }) },
  { weight: 3, arbitrary: fc.record({ type: fc.constant('check' as const), at: second }) },
)

function eventOf(step: Exclude<Step, { type: 'restart' | 'check' }>, offset: number): Event {
  const fact = { id: `e${offset}`, at: offset * 1_000 }
  return step.type === 'action'
    ? { ...fact, ...step, action: 'click', user: 'u' }
    : { ...fact, ...step }
}

type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

/** The catalogue computed anew from all events at every question. */
function naiveCatalogue(events: readonly Event[]) {
  const ordinals = new Map<string, number>()
  const types = new Map<string, AttributeValue>()
  const stored = new Map<number, { record: ItemRecord; withdrawn: boolean; firstAt: number }>()
  for (const event of events) {
    if (event.type !== 'item' && event.type !== 'withdraw' && event.type !== 'action') continue
    const name = event.item ?? ''
    if (!ordinals.has(name)) ordinals.set(name, ordinals.size)
    const ordinal = ordinals.get(name)!
    const before = stored.get(ordinal)
    if (event.type === 'withdraw' && before !== undefined) before.withdrawn = true
    if (event.type !== 'item') continue
    const firstAt = before?.firstAt ?? event.at
    stored.set(ordinal, { record: event.record, withdrawn: false, firstAt })
    for (const [name, value] of Object.entries(event.record.attributes)) {
      if (name !== 'channels' && !types.has(name)) types.set(name, value)
    }
  }
  return { size: ordinals.size, types, stored }
}

type Naive = ReturnType<typeof naiveCatalogue>

function sameShape(a: AttributeValue, b: AttributeValue): boolean {
  if ('vector' in a && 'vector' in b) return a.vector.length === b.vector.length
  return attributeType(a) === attributeType(b)
}

function checkItem(view: CatalogueView, { types, stored }: Naive, item: number): void {
  const known = stored.get(item)
  for (const [name, first] of types) {
    const raw = known?.record.attributes[name]
    const has = known !== undefined && Object.hasOwn(known.record.attributes, name)
    const value = has && sameShape(first, raw!) ? raw! : undefined
    const hint = `${name} of ${item}`
    const number = value && ('number' in value ? value.number : 'time' in value ? value.time : NaN)
    if (view.numbers(name)) assert.equal(view.numbers(name)![item], number ?? NaN, hint)
    assert.equal(view.text(name, item), value && 'text' in value ? value.text : undefined, hint)
    assert.deepEqual(view.geo(name, item), value && 'geo' in value ? value.geo : undefined, hint)
    const tags = view.tags(name)
    const codes = tags?.of(item) ?? new Uint32Array()
    assert.deepEqual(
      Array.from(codes, (code) => tags?.names[code]),
      value && 'tags' in value ? value.tags : [],
      hint,
    )
    const vectors = view.vectors(name)
    if (vectors === undefined) continue
    const row = vectors.data.subarray(item * vectors.dimensions, (item + 1) * vectors.dimensions)
    const expected = value && 'vector' in value ? value.vector : Array(vectors.dimensions).fill(0)
    assert.deepEqual([...row], expected, hint)
    assert.equal(vectors.has(item), value !== undefined, hint)
  }
}

function checkTags(view: CatalogueView, naive: Naive): void {
  const { types, stored, size } = naive
  for (const name of ['channels', ...types.keys()]) {
    const column = view.tags(name)
    const first = types.get(name)
    assert.equal(column !== undefined, name === 'channels' || 'tags' in first!)
    if (column === undefined) continue
    for (const [code, tag] of column.names.entries()) {
      assert.equal(column.code(tag), code)
      const having: number[] = []
      for (let item = 0; item < size; item++) {
        const record = stored.get(item)?.record
        const value = name === 'channels' ? { tags: record?.channels } : record?.attributes[name]
        const has = value !== undefined && 'tags' in value && value.tags?.includes(tag) === true
        assert.equal(column.has(item, code), has)
        if (has) having.push(item)
      }
      assert.deepEqual([...column.items(code)], having)
    }
  }
}

function checkAll(view: CatalogueView, naive: Naive, at: number): void {
  const { size, types, stored } = naive
  assert.equal(view.size, size)
  const expected = [...types].map(([name, value]) => [name, attributeType(value)] as const)
  assert.deepEqual(new Map(view.schema), new Map(expected))
  let servableCount = 0
  for (let item = 0; item < size; item++) {
    const known = stored.get(item)
    const { availableFrom: from, availableUntil: until, attributes } = known?.record ?? {}
    const servable = !(known?.withdrawn ?? true) && !(from! > at) && !(until! <= at)
    assert.equal(view.servable(item, at), servable)
    if (servable) servableCount++
    const published = attributes?.['publishedAt']
    const publishedAt = published && 'time' in published ? published.time : undefined
    assert.equal(view.availableFrom(item), from ?? publishedAt ?? known?.firstAt ?? Number.NaN)
    checkItem(view, naive, item)
  }
  assert.equal(view.servableCount(at), servableCount)
  checkTags(view, naive)
}

test('every accessor equals recomputation, live and after restarts', async () => {
  const property = fc.asyncProperty(
    fc.array(step, { maxLength: 60, size: 'max' }),
    async (steps) => {
      const store = memoryStore()
      const options = { store, projections: [schema, items], tables: [] }
      let state = await openState(options)
      let view = catalogueView(state)
      const events: Event[] = []
      for (const step of steps) {
        if (step.type === 'check') checkAll(view, naiveCatalogue(events), step.at)
        else if (step.type === 'restart') {
          await state.checkpoint()
          state = await openState(options)
          view = catalogueView(state)
          await view.load()
        } else {
          const event = eventOf(step, events.length)
          await state.fold(events.length, [event])
          events.push(event)
        }
      }
      checkAll(view, naiveCatalogue(events), 10_000)
    },
  )
  // fast-check prints the seed and the path of a failure.
  await fc.assert(property, { numRuns: 80 })
})
