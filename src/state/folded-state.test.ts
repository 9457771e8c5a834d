import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Event } from '../events/event.ts'
import { seededRandom } from '../kernel/random.ts'
import { openState } from './folded-state.ts'
import { history } from './projections/history.ts'
import { parameters } from './projections/parameters.ts'
import { isSeen, seen } from './projections/seen.ts'
import type { State } from './state.ts'
import { memoryStore } from './store/memory-store.ts'
import type { Store } from './store/store.ts'
import { itemCounterColumn, itemCounters } from './tables/item-counters.ts'

const folds = { projections: [history, seen, parameters], tables: [itemCounters] }

function click(id: number, user: string, item: string): Event {
  return { type: 'action', id: `e${id}`, at: 1e12 + id, action: 'click', user, item }
}

/** A made-up past: clicks, pages, merges and erasures of a few users. */
function madeUp(count: number, seed: number): readonly Event[] {
  const random = seededRandom(seed)
  const user = () => `u${random.below(12)}`
  const item = () => `i${random.below(40)}`
  return Array.from({ length: count }, (_, id): Event => {
    const fact = { id: `e${id}`, at: 1e12 + id * 60_000 }
    const kind = random.below(100)
    if (kind < 2) return { ...fact, type: 'erase', user: user() }
    if (kind < 5) return { ...fact, type: 'merge', from: user(), into: user() }
    if (kind < 6) return { ...fact, type: 'parameter', name: 'p', value: id, by: 'test' }
    if (kind > 80) {
      const entry = { score: 1, sources: [], run: 'r', model: '', expiresAt: 0 }
      const items = [{ ...entry, item: item() }]
      const page = {
        scene: 's',
        channel: '',
        request: 'r',
        batch: 1,
        recipe: '',
        arms: [],
        repeatable: false,
      }
      return { ...fact, ...page, type: 'served', user: user(), delivery: 'now', items, dropped: [] }
    }
    return {
      ...fact,
      type: 'action',
      action: 'rate',
      value: random.below(6),
      user: user(),
      item: item(),
    }
  })
}

async function dump(store: Store): Promise<string> {
  const lines: string[] = []
  for await (const batch of store.scan('')) {
    for (const [key, value] of batch) lines.push(`${key} ${Buffer.from(value).toString('hex')}`)
  }
  return lines.join('\n')
}

describe('folded state', () => {
  it('shows an event as soon as it is folded', async () => {
    await using state = await openState({ store: memoryStore(), ...folds })
    await state.fold(0, [click(0, 'u', 'a'), undefined, click(2, 'u', 'b')])
    assert.equal(state.offset, 3)
    const known = await state.read([
      { projection: history, key: 'u' },
      { projection: seen, key: 'u' },
    ])
    const deeds = known.get(history, 'u') ?? []
    assert.deepEqual(
      deeds.map((deed) => state.ordinals.id(deed.item)),
      ['a', 'b'],
    )
    assert.equal(isSeen(known.get(seen, 'u'), state.ordinals.of('a')!, 11_574), true)
    assert.equal(state.rows(itemCounters).data[itemCounterColumn.clicks], 1)
  })

  it('refuses to fold out of order, and to read what was not announced', async () => {
    await using state = await openState({ store: memoryStore(), ...folds })
    await assert.rejects(state.fold(1, [click(0, 'u', 'a')]), /fold of 1 when 0 is next/)
    const known = await state.read([])
    assert.throws(() => known.get(history, 'u'), /without being announced/)
  })

  it('is the same bytes however it was folded: at once, in pieces, over crashes', async () => {
    const events = madeUp(800, 7)
    const once = memoryStore()
    const whole = await openState({ store: once, ...folds })
    await whole.fold(0, events)
    await whole.checkpoint()

    const pieces = memoryStore()
    const random = seededRandom(8)
    let state: State = await openState({ store: pieces, ...folds, cacheBytes: 0 })
    while (state.offset < events.length) {
      // A crash: what was not checkpointed is gone, and is folded again.
      if (random.below(4) === 0)
        state = await openState({ store: pieces, ...folds, cacheBytes: 4_000 })
      const first = state.offset
      await state.fold(first, events.slice(first, first + 1 + random.below(60)))
      if (random.below(2) === 0) await state.checkpoint()
    }
    await state.checkpoint()
    assert.equal(await dump(pieces), await dump(once))
  })

  it('leaves nothing of an erased user', async () => {
    const store = memoryStore()
    await using state = await openState({ store, ...folds })
    await state.fold(0, [click(0, 'gone', 'a'), click(1, 'gone2', 'a')])
    await state.fold(2, [{ type: 'erase', id: 'x', at: 1, user: 'gone' }])
    await state.checkpoint()
    const rows = await dump(store)
    assert.doesNotMatch(rows, /gone /)
    assert.match(rows, /gone2 /)
  })

  it('starts anew where a projection has changed its meaning', async () => {
    const store = memoryStore()
    const before = await openState({ store, ...folds })
    await before.fold(0, [click(0, 'u', 'a')])
    await before.checkpoint()
    const changed = { ...history, version: 2 }
    const after = await openState({
      store,
      projections: [changed, seen, parameters],
      tables: [itemCounters],
    })
    assert.equal(after.offset, 0)
    assert.equal(after.ordinals.size, 0)
  })

  it('keeps what a refused commit held, and writes it with the next', async () => {
    const store = memoryStore()
    let refuses = true
    const flaky: Store = {
      ...store,
      commit: (writes) => (refuses ? Promise.reject(new Error('disk full')) : store.commit(writes)),
    }
    const state = await openState({ store: flaky, ...folds })
    await state.fold(0, [click(0, 'u', 'a')])
    await assert.rejects(state.checkpoint(), /disk full/)
    await state.fold(1, [click(1, 'u', 'b')])
    refuses = false
    await state.checkpoint()

    const clean = memoryStore()
    const whole = await openState({ store: clean, ...folds })
    await whole.fold(0, [click(0, 'u', 'a'), click(1, 'u', 'b')])
    await whole.checkpoint()
    assert.equal(await dump(store), await dump(clean))
  })

  it('folds on while a slow commit is written, and the next one waits for it', async () => {
    const store = memoryStore()
    const releases: (() => void)[] = []
    const slow: Store = {
      ...store,
      async commit(writes) {
        await new Promise<void>((resolve) => releases.push(resolve))
        await store.commit(writes)
      },
    }
    const state = await openState({ store: slow, ...folds })
    await state.fold(0, [click(0, 'u', 'a')])
    const first = state.checkpoint()
    await new Promise(setImmediate)
    await state.fold(1, [click(1, 'u', 'b')])
    const second = state.checkpoint()
    await new Promise(setImmediate)
    assert.equal(releases.length, 1)
    releases[0]!()
    await first
    await new Promise(setImmediate)
    releases[1]!()
    await second

    const clean = memoryStore()
    const whole = await openState({ store: clean, ...folds })
    await whole.fold(0, [click(0, 'u', 'a'), click(1, 'u', 'b')])
    await whole.checkpoint()
    assert.equal(await dump(store), await dump(clean))
  })
})
