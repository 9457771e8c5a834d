import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Event } from '../../events/event.ts'
import { defaultSignals, positiveSignal } from '../../events/signals.ts'
import { seededRandom } from '../../kernel/random.ts'
import { openState } from '../folded-state.ts'
import { madeUpHistory } from '../made-up-history.suite.ts'
import { memoryStore } from '../store/memory-store.ts'
import { itemVerdicts, verdictsOn } from '../tables/item-verdicts.ts'
import { audience } from './audience.ts'
import { regardOf, verdicts } from './verdicts.ts'

interface Said {
  value?: number
  liked?: boolean
  at: number
}

/** What stands, told the plain way: every user's words by item. */
function standing(events: readonly Event[]): ReadonlyMap<string, Map<string, Said>> {
  const users = new Map<string, Map<string, Said>>()
  const of = (user: string) => {
    if (!users.has(user)) users.set(user, new Map())
    return users.get(user)!
  }
  for (const event of events) {
    if (event.type === 'erase') users.delete(event.user)
    if (event.type === 'merge' && event.from !== event.into) {
      for (const [item, said] of of(event.from)) {
        const own = of(event.into).get(item)
        const [old, late] = own && own.at > said.at ? [said, own] : [own, said]
        of(event.into).set(item, {
          ...old,
          ...late,
          ...{ liked: old?.liked || late.liked || false },
        })
      }
      users.delete(event.from)
    }
    if (event.type !== 'action' || event.item === undefined) continue
    const { user, item, action, value, at } = event
    const said = of(user).get(item)
    if (action === 'rate') of(user).set(item, { ...said, value: value!, at })
    if (action === 'like') of(user).set(item, { ...said, liked: true, at })
    if (['unlike', 'dislike', 'report'].includes(action)) {
      if (said?.value === undefined) of(user).delete(item)
      else of(user).set(item, { ...said, liked: false })
    }
  }
  return users
}

test('counts, sums, histograms and fans are those of the verdicts that stand', async () => {
  for (const seed of [1, 2, 3, 4, 5, 6, 7, 8]) {
    const events = madeUpHistory(seededRandom(seed), {
      ...{ count: 600, userCount: 12, itemCount: 9 },
      without: ['parameter', 'offered', 'served'],
    })
    await using state = await openState({
      ...{ store: memoryStore(), projections: [verdicts, audience], tables: [itemVerdicts] },
      cacheBytes: 4_000,
    })
    await state.fold(0, events)
    const users = standing(events)
    for (let number = 0; number < 9; number++) {
      const item = `item${number}`
      const said = [...users].flatMap(([user, items]) => {
        const one = items.get(item)
        return one === undefined ? [] : [{ user, ...one }]
      })
      const ordinal = state.ordinals.of(item)!
      const values = said.flatMap(({ value }) => value ?? [])
      const note = `seed ${seed}, ${item}`
      assert.deepEqual(
        verdictsOn(state.rows(itemVerdicts), ordinal),
        {
          likes: said.filter(({ liked }) => liked).length,
          ratings: values.length,
          ratingSum: values.reduce((sum, value) => sum + value, 0),
        },
        note,
      )
      const key = String(ordinal)
      const known = (await state.read([{ projection: audience, key }])).get(audience, key)
      const histogram = new Array<number>(10).fill(0)
      for (const value of values) histogram[Math.max(0, value * 2 - 1)]! += 1
      assert.deepEqual(known?.histogram ?? new Array(10).fill(0), histogram, note)
      const fans = said
        .map(({ user, value, liked = false, at }) => {
          return { user, at, regard: regardOf({ value, liked, at }, defaultSignals) }
        })
        .filter(({ regard }) => regard >= positiveSignal)
        .sort((a, b) => b.regard - a.regard || b.at - a.at || (a.user < b.user ? -1 : 1))
      assert.deepEqual(
        (known?.fans ?? []).map(({ user, at, regard }) => ({ user, at, regard })),
        fans,
        note,
      )
    }
  }
})
