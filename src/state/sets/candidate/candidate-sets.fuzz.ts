import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Action, ActionEvent, Event } from '../../../events/event.ts'
import { hourMs, put, worldStart } from '../small-world.suite.ts'
import { declare, type SetWorld, setWorld } from './set-world.suite.ts'

const capacity = 4
const minuteMs = 60_000

const declared = {
  newest: { kind: 'newest', capacity },
  latest: { kind: 'newest', capacity, refreshMs: 1_000, hours: 5 },
  hot: {
    kind: 'hot',
    hours: 2,
    formula: { like: 1, comment: 2, share: 3 },
    capacity,
    refreshMs: 0,
  },
  rising: { kind: 'velocity', hours: 1, formula: { click: 1 }, capacity, refreshMs: 1_000 },
  faster: { kind: 'acceleration', hours: 1, formula: { click: 1 }, capacity, refreshMs: 1_000 },
  rated: { kind: 'high-rating', capacity, doubt: 3, refreshMs: 1_000 },
  chosen: { kind: 'operator', items: ['i3', 'i1', 'gone', 'i7', 'i1'], capacity, refreshMs: 0 },
  tens: { kind: 'operator', filter: 'i1', capacity, channels: ['a'], refreshMs: 0 },
} as const

type Name = keyof typeof declared

const steps = fc.array(
  fc.record({
    item: fc.nat(12).map((item) => `i${item}`),
    what: fc.constantFrom<Action | 'withdraw' | 'put' | 'look'>(
      ...(['click', 'click', 'like', 'comment', 'share', 'rate', 'dislike'] as const),
      ...(['withdraw', 'put', 'look'] as const),
    ),
    minutes: fc.nat(25),
    late: fc.constantFrom(0, 0, 0, 40, 90),
    value: fc.integer({ min: 1, max: 5 }),
  }),
  { minLength: 5, maxLength: 80, size: 'max' },
)

/** The score of an item, by going through all that ever happened to it. */
function scoreIn(
  name: Name,
  events: readonly ActionEvent[],
  world: SetWorld,
  item: number,
  at: number,
): number {
  const id = world.state.ordinals.id(item)
  const mine = events.filter((event) => event.item === id)
  const within = (fromMs: number, toMs: number, worth: (event: ActionEvent) => number): number =>
    mine
      .filter((event) => event.at >= fromMs && event.at < toMs)
      .reduce((sum, event) => sum + worth(event), 0)
  const clicks = ({ action }: ActionEvent) => (action === 'click' ? 1 : 0)
  const step = Math.floor(at / (5 * minuteMs)) * 5 * minuteMs
  const end = step + 5 * minuteMs
  const since = world.catalogue.availableFrom(item)
  switch (name) {
    case 'newest':
      return since <= at ? since : Number.NaN
    case 'latest':
      return since > at - 5 * hourMs ? since : Number.NaN
    case 'hot':
      return within(
        step - 2 * hourMs,
        end,
        ({ action }) => ({ like: 1, comment: 2, share: 3 })[action as string] ?? 0,
      )
    case 'rising':
      return within(step - hourMs, end, clicks) / ((at - step) / hourMs + 1)
    case 'faster':
      return (
        within(step - hourMs, end, clicks) / ((at - step) / hourMs + 1) -
        within(step - 2 * hourMs, step - hourMs, clicks)
      )
    case 'rated': {
      const ratings = (all: readonly ActionEvent[]) => all.filter(({ action }) => action === 'rate')
      const sum = (all: readonly ActionEvent[]) => all.reduce((total, e) => total + e.value!, 0)
      const [own, all] = [ratings(mine), ratings(events)]
      const mean = all.length === 0 ? 0 : sum(all) / all.length
      return own.length === 0 ? Number.NaN : (sum(own) + 3 * mean) / (own.length + 3)
    }
    case 'chosen': {
      const place = ['i3', 'i1', 'i7'].indexOf(id)
      return place < 0 ? Number.NaN : 3 - place
    }
    case 'tens':
      return id.startsWith('i1') ? since : Number.NaN
  }
}

function expected(
  name: Name,
  events: readonly ActionEvent[],
  world: SetWorld,
  at: number,
  channel: string,
): readonly number[] {
  const column = world.catalogue.tags('channels')!
  const isIn = (item: number, channel: string) => column.has(item, column.code(channel) ?? -1)
  if (name === 'tens' && channel === 'b') return []
  const positive = ['hot', 'rising', 'faster'].includes(name)
  return Array.from({ length: world.catalogue.size }, (_, item) => item)
    .filter((item) => world.catalogue.servable(item, at))
    .filter((item) => channel === '' || isIn(item, channel))
    .filter((item) => name !== 'tens' || isIn(item, 'a'))
    .map((item) => [item, scoreIn(name, events, world, item, at)] as const)
    .filter(([, score]) => (positive ? score > 1e-9 : !Number.isNaN(score)))
    .sort(([one, score], [other, otherScore]) =>
      Math.abs(score - otherScore) < 1e-9 ? one - other : otherScore - score,
    )
    .map(([item]) => item)
    .slice(0, capacity)
}

test('every set is the beginning of the whole order, of all and of each channel, whatever happens', async () => {
  const property = fc.asyncProperty(steps, async (steps) => {
    const channels = (item: string) => (Number(item.slice(1)) % 2 === 0 ? ['a', 'b'] : ['b'])
    const describe = (item: string, at: number) => put(item, { channels: channels(item) }, at)
    const past = Array.from({ length: 10 }, (_, item) => describe(`i${item}`, worldStart - item))
    const world = await setWorld({ declared, past })
    const events: ActionEvent[] = []
    let at = worldStart
    for (const [index, { item, what, minutes, late, value }] of steps.entries()) {
      at += minutes * minuteMs + 1_000
      if (what === 'look') {
        for (const channel of ['', 'a', 'b']) {
          for (const name of Object.keys(declared) as Name[]) {
            const found = world.ids(name, at, channel)
            const wanted = expected(name, events, world, at, channel)
            const ids = wanted.map((item) => world.state.ordinals.id(item))
            assert.deepEqual(found, ids, `${name} in "${channel}"`)
          }
        }
        continue
      }
      const id = `${index}`
      let event: Event = { type: 'withdraw', id, at, item }
      if (what === 'put') event = describe(item, at)
      else if (what !== 'withdraw') {
        const happened = at - late * minuteMs
        event = { type: 'action', id, at: happened, action: what, user: 'u', item }
        // Its own channel is what an item is in, whatever the event says (B-N29).
        event = { ...event, channel: 'a', ...(what === 'rate' && { value }) }
        events.push(event)
      }
      await world.fold(event)
    }
  })
  await fc.assert(property, { numRuns: 40 })
})

test('sets that are made in the background come to hold what those made on the spot hold', async () => {
  const property = fc.asyncProperty(fc.integer({ min: 1, max: 50 }), async (count) => {
    // More items than one turn looks at; every seventh is clicked.
    const past: Event[] = Array.from({ length: 12_000 }, (_, item) => put(`i${item}`, {}))
    for (let item = 0; item < 12_000; item += 7) {
      for (let click = 0; click <= (item * count) % 5; click++) {
        const id = `${item}.${click}`
        past.push({
          ...{ type: 'action', id, at: worldStart, action: 'click', user: 'u', item: `i${item}` },
        })
      }
    }
    const [live, whole] = [
      await setWorld({ declared, past, inBackground: true }),
      await setWorld({ declared, past }),
    ]
    const at = worldStart + minuteMs
    for (const name of Object.keys(declared)) live.ids(name, at)
    await settled()
    for (const name of Object.keys(declared)) {
      assert.deepEqual(live.scores(name, at), whole.scores(name, at), name)
    }
    await live.fold(declare({}))
    assert.equal(live.sets.look('hot', '', at), undefined)
  })
  await fc.assert(property, { numRuns: 1 })
})

async function settled(): Promise<void> {
  for (let turn = 0; turn < 50; turn++) await new Promise(setImmediate)
}
