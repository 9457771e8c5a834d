import assert from 'node:assert/strict'
import { test } from 'node:test'
import { seededRandom } from '../../src/kernel/random.ts'
import { openHouse } from './crashing-house.ts'

const minuteMs = 60_000
const users = Array.from({ length: 10 }, (_, index) => `user-${index}`)
const genres = ['drama', 'comedy', 'crime', 'space']

test('in steady state more than 95 of 100 pages were prepared, and none repeats', async (t) => {
  await using house = await openHouse('crowd')
  const { engine, clock } = house
  const random = seededRandom('crowd')
  const items = Array.from({ length: 600 }, (_, index) => ({
    id: `item-${index}`,
    attributes: { genres: [genres[index % genres.length]!] },
    channels: [],
  }))
  await engine.putItems(items)
  const shown = new Map(users.map((user) => [user, new Set<string>()]))
  const deliveries = { now: 0, nearline: 0 }

  /** Somebody comes, looks at a few pages and likes what is of their genre. */
  const visit = async (user: string, isSteady: boolean): Promise<void> => {
    for (let left = 1 + random.below(4); left > 0; left--) {
      const page = await engine.recommend({ user, scene: 'nearline' })
      assert.equal(page.items.length, 10)
      assert.equal(page.degraded, undefined)
      if (isSteady) deliveries[page.delivery as keyof typeof deliveries]++
      for (const { id, token } of page.items) {
        assert.ok(!shown.get(user)!.has(id), `${id} came to ${user} twice`)
        shown.get(user)!.add(id)
        const likes = Number(id.slice(5)) % genres.length === Number(user.slice(5)) % genres.length
        if (likes && random.below(3) === 0)
          await engine.track([{ type: 'like', user, item: id, token }])
      }
      // A page takes some seconds to be looked at, and the worker no more than one.
      clock.advance(5_000)
      if (random.below(2) === 0) await engine.prepared()
    }
    await engine.prepared()
  }

  for (const user of users) await visit(user, false)
  for (let turn = 0; turn < 80; turn++) {
    clock.advance(random.below(120) * minuteMs)
    await visit(users[random.below(users.length)]!, true)
  }
  const { now, nearline } = deliveries
  t.diagnostic(`${nearline} of ${now + nearline} pages were prepared`)
  assert.ok(now + nearline > 150)
  assert.ok(nearline / (now + nearline) > 0.95, JSON.stringify(deliveries))
})
