import assert from 'node:assert/strict'
import { test } from 'node:test'
import { plantedLog } from '../../src/engine/training/planted-log.suite.ts'
import type { Event } from '../../src/events/event.ts'
import { idsOf, openWorld } from './world.ts'

test('what is new is known by who likes it within a minute, without another training', async () => {
  const settings = { dims: 8, sweeps: 5, groupCount: 40 }
  await using world = await openWorld({ settings, training: { online: true } })
  const { engine } = world
  const events: Event[] = []
  for await (const batch of plantedLog(600).read(0)) {
    for (const { event } of batch) if (event !== undefined) events.push(event)
  }
  await engine.record(events)
  await engine.train('factors')
  await engine.putItems([{ id: 'brand new', attributes: { genres: ['noir'] }, channels: [] }])
  // Those who like noir like the new one: users 3, 7, 11, …
  await world.like(
    Array.from({ length: 9 }, (_, index) => `u${3 + 4 * index}`),
    ['brand new'],
  )
  const match = async (user: string) => {
    const page = await engine.recommend({ user, scene: 'top', size: 100, model: 'factors' })
    return idsOf(page).indexOf('brand new')
  }
  const before = await match('u39')
  await engine.keepUp()
  const [friend, stranger] = [await match('u39'), await match('u36')]
  assert.ok(friend >= 0 && (before < 0 || friend < before), `${before}, then ${friend}`)
  assert.ok(stranger < 0 || friend < stranger, `${friend} and ${stranger}`)
  assert.equal((await engine.models()).filter(({ name }) => name === 'factors').length, 1)
})
