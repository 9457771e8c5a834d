import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Action, Event } from '../../events/event.ts'
import { openState } from '../folded-state.ts'
import type { State } from '../state.ts'
import { memoryStore } from '../store/memory-store.ts'
import { coOccurrence, type Partners, pairedCount, partnerCountMax } from './co-occurrence.ts'
import { history } from './history.ts'
import { parameters } from './parameters.ts'

const dayMs = 86_400_000

async function fold(
  deeds: readonly (readonly [user: string, item: string, action: Action, day: number])[],
): Promise<State> {
  const projections = [coOccurrence, history, parameters]
  const state = await openState({ store: memoryStore(), projections, tables: [] })
  const events = deeds.map(
    ([user, item, action, day], index): Event => ({
      type: 'action',
      id: `e${index}`,
      at: 1e12 + day * dayMs,
      action,
      user,
      item,
    }),
  )
  await state.fold(0, events)
  return state
}

async function partnersOf(state: State, item: string): Promise<Record<string, number>> {
  const key = String(state.ordinals.of(item))
  const partners = (await state.read([{ projection: coOccurrence, key }])).get(coOccurrence, key)
  const { items, weights } = partners ?? { items: [], weights: [] }
  return Object.fromEntries(items.map((other, i) => [state.ordinals.id(other), weights[i]!]))
}

describe('co-occurrence', () => {
  it('pairs a liked item with the last ones, both ways, the nearer the more', async () => {
    const state = await fold([
      ['u', 'a', 'like', 0],
      ['u', 'b', 'like', 0],
      ['u', 'c', 'like', 0],
    ])
    const near = 1
    const far = Math.fround(Math.SQRT1_2)
    assert.deepEqual(await partnersOf(state, 'a'), { b: near, c: far })
    assert.deepEqual(await partnersOf(state, 'b'), { a: near, c: near })
    assert.deepEqual(await partnersOf(state, 'c'), { b: near, a: far })
  })

  it('lets a pair count less the more time lies between', async () => {
    const state = await fold([
      ['u', 'a', 'like', 0],
      ['u', 'b', 'like', 30],
    ])
    assert.deepEqual(await partnersOf(state, 'a'), { b: 0.5 })
  })

  it('keeps to what one user liked: no dislikes, no change of mind, no other users', async () => {
    const state = await fold([
      ['u', 'a', 'like', 0],
      ['u', 'b', 'dislike', 0],
      ['u', 'a', 'unlike', 0],
      ['v', 'd', 'like', 0],
      ['u', 'c', 'like', 0],
    ])
    for (const item of ['a', 'b', 'c', 'd']) assert.deepEqual(await partnersOf(state, item), {})
  })

  it('counts a click, a like and a share of one item as one meeting', async () => {
    const state = await fold([
      ['u', 'a', 'like', 0],
      ['u', 'b', 'click', 0],
      ['u', 'b', 'like', 0],
      ['u', 'b', 'share', 0],
    ])
    assert.deepEqual(await partnersOf(state, 'a'), { b: 1 })
  })

  it('looks back over a bounded number of likes', async () => {
    const items = Array.from({ length: pairedCount + 2 }, (_, index) => `i${index}`)
    const state = await fold(items.map((item) => ['u', item, 'like', 0] as const))
    const last = await partnersOf(state, items.at(-1)!)
    assert.deepEqual(Object.keys(last).sort(), items.slice(1, -1).sort())
  })

  it('never loses a strong partner, and knows how far each weight can be trusted', () => {
    const meet = (value: Partners | undefined, item: number, weight: number) =>
      coOccurrence.fold(value, { items: [item], weights: [weight] })
    let partners: Partners | undefined
    const real = new Map<number, number>()
    for (let round = 0; round < 3_000; round++) {
      const item = round % 10 === 0 ? 7 : 1_000 + ((round * 7_919) % 600)
      partners = meet(partners, item, 0.25)
      real.set(item, (real.get(item) ?? 0) + 0.25)
    }
    const { items, weights, slacks, total } = partners!
    assert.equal(items.length, partnerCountMax)
    assert.equal(new Set(items).size, partnerCountMax)
    assert.equal(total, 750)
    for (const [place, item] of items.entries()) {
      assert.ok(weights[place]! >= real.get(item)!)
      assert.ok(weights[place]! - slacks[place]! <= real.get(item)!)
    }
    for (const [item, weight] of real) {
      if (weight > total / partnerCountMax) assert.ok(items.includes(item), `${item} is missing`)
    }
  })

  it('comes back from its bytes bit by bit, whatever was folded', () => {
    let [live, stored]: (Partners | undefined)[] = [undefined, undefined]
    for (let round = 0; round < 2_000; round++) {
      const change = { items: [(round * 7_919) % 300], weights: [1 / (1 + (round % 17))] }
      live = coOccurrence.fold(live, change)
      stored = coOccurrence.fold(stored, change)
      if (round % 5 === 0) stored = coOccurrence.decode(coOccurrence.encode(stored!))
    }
    assert.deepEqual(stored, live)
    assert.deepEqual(coOccurrence.encode(stored!), coOccurrence.encode(live!))
  })
})
