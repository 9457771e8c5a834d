import assert from 'node:assert/strict'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { plantedLog } from '../../src/engine/training/planted-log.suite.ts'
import type { Event } from '../../src/events/event.ts'
import { filmIds, idsOf, minuteMs, openWorld, until, type World } from './world.ts'

const person = 'ann-of-the-green-house'
const visitor = 'visitor-before-ann'
const secrets = [person, visitor, 'ann-event', 'a comment that ann wrote', 'ann-street']

/** Which of the texts stand in which files below the folder. */
async function traces(folder: string, texts: readonly string[]): Promise<readonly string[]> {
  const found: string[] = []
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const path = join(entry.parentPath, entry.name)
    const bytes = await readFile(path)
    for (const text of texts) if (bytes.includes(text)) found.push(`${text} in ${path}`)
  }
  return found
}

/** A person who came as a visitor, logged in, and did a few things; and another, who stays. */
async function live(world: World): Promise<readonly string[]> {
  const { engine } = world
  const ids: string[] = []
  const act = async (user: string, type: string, item: string, more: object = {}) => {
    const id = `${user === 'bob' ? 'bob' : 'ann'}-event-${ids.length}`
    await engine.track([{ id, type, user, item, ...more }])
    ids.push(id)
    world.clock.advance(1_000)
  }
  await engine.putUsers([{ id: person, attributes: { street: 'ann-street 5' } }, { id: 'bob' }])
  const before = await world.page(visitor)
  await act(visitor, 'click', before.items[1]!.id, { token: before.items[1]!.token })
  await engine.mergeUsers(visitor, person)
  await act(person, 'comment', 'film-05', { text: 'a comment that ann wrote' })
  await act('bob', 'like', 'film-05')
  for (const user of [person, 'bob', person, 'bob']) {
    const page = await world.page(user, { size: 4 })
    await act(user, 'like', page.items[0]!.id, { token: page.items[0]!.token })
  }
  await engine.similar({ item: 'film-05', user: person })
  return ids
}

test('a person asks for their data, and then to be forgotten', async () => {
  await using world = await openWorld()
  const ids = await live(world)
  const told = await world.engine.exportUser(person)
  const told_ids = (told.events as readonly { id?: string; type?: string }[]).flatMap(
    ({ id, type }) => (type === 'action' ? [id] : []),
  )
  assert.deepEqual(
    told_ids,
    ids.filter((id) => id.startsWith('ann')),
  )
  assert.deepEqual(told.attributes, { street: 'ann-street 5' })
  assert.ok((await traces(world.folder, secrets)).length >= secrets.length)
  const bob = await world.engine.exportUser('bob')

  const receipt = await world.engine.eraseUser(person)
  assert.match(receipt.receipt, /^[0-9a-f]{32}$/)
  assert.equal(receipt.erasedAt, world.clock.now())
  assert.ok(receipt.eventsErased >= told.events.length)
  assert.deepEqual(await traces(world.folder, secrets), [])

  // Nothing is known of either name, and of bob all that was.
  for (const name of [person, visitor]) {
    assert.deepEqual(await world.engine.history(name, 10), [])
    assert.equal(await world.engine.user(name), undefined)
    assert.deepEqual((await world.engine.exportUser(name)).events, [])
  }
  assert.deepEqual(await world.engine.exportUser('bob'), bob)

  await world.close()
  assert.deepEqual(await traces(world.folder, secrets), [])
  await world.reopen()
  assert.deepEqual(await traces(world.folder, secrets), [])
  assert.deepEqual(await world.engine.exportUser('bob'), bob)
  // Whoever comes by that name is a stranger, who may be shown anything.
  assert.deepEqual([...idsOf(await world.page(person, { size: 100 }))].sort(), filmIds)
  assert.equal((await world.page(person)).batchId, 1)
})

test('an erasure reaches the snapshot that stands for what the log forgot', async (t) => {
  const logBytesMax = 40_000
  t.mock.timers.enable({ apis: ['setInterval'] })
  await using world = await openWorld({ logBytesMax })
  await live(world)
  await world.engine.track(
    Array.from({ length: 1_000 }, (_, index) => ({
      type: 'click',
      user: `u${index}`,
      item: filmIds[index % 60],
    })),
  )
  // Now and then the engine looks after its log.
  t.mock.timers.tick(minuteMs)
  await until(() => world.engine.status().logBytes <= logBytesMax)
  assert.ok((await traces(world.folder, [person])).some((path) => path.includes('snapshot')))
  await world.engine.eraseUser(person)
  assert.deepEqual(await traces(world.folder, secrets), [])
})

test('what learned from the erased never serves again, and what was learned since goes on', async () => {
  const settings = { dims: 8, sweeps: 5, groupCount: 40 }
  await using world = await openWorld({ settings, training: { online: true } })
  const { engine } = world
  const events: Event[] = []
  for await (const batch of plantedLog(600).read(0)) {
    for (const { event } of batch) if (event !== undefined) events.push(event)
  }
  await engine.record(events)
  await engine.train('factors')
  await engine.eraseUser('u3')
  const standing = async () => {
    const versions = (await engine.models()).filter(({ name }) => name === 'factors')
    return versions.map(({ version, status }) => `${version} ${status}`)
  }
  await engine.train('factors')
  assert.deepEqual(await standing(), ['2 serving', '1 rejected'])
  // Nor is it taken for one that knew the erased when it is followed: one may go back to it.
  await engine.train('factors')
  assert.deepEqual(await standing(), ['3 serving', '2 ready', '1 rejected'])
})
