import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Event } from '../../events/event.ts'
import { seededRandom } from '../../kernel/random.ts'
import { memoryStore } from '../store/memory-store.ts'
import { act, hourMs, put, smallWorld, worldStart } from './small-world.suite.ts'

function film(item: string, hours: number, genres: readonly string[] = []): Event {
  const availableFrom = worldStart + hours * hourMs
  return put(item, { attributes: { genres: { tags: genres } }, channels: ['c'], availableFrom })
}

const like = (user: string, item: string): Event => act(user, 'like', item)

const events = [
  film('a', 0, ['drama']),
  film('b', -1, ['drama']),
  film('c', -2),
  film('soon', 5),
  like('u', 'b'),
  like('u', 'c'),
  like('v', 'c'),
  like('v', 'a'),
  like('w', 'c'),
]

test('sets that were loaded answer like those that saw it happen', async () => {
  const store = memoryStore()
  const live = await smallWorld(events, store)
  await live.state.checkpoint()
  const loaded = await smallWorld([], store)
  for (const { state, catalogue, ...sets } of [live, loaded]) {
    const names = (found: Iterable<number>) => Array.from(found, (item) => state.ordinals.id(item))
    const drama = catalogue.tags('genres')!.code('drama')!
    const any = () => true
    assert.deepEqual(names(sets.trending.top('', worldStart, 10, any)), ['c', 'a', 'b'])
    assert.deepEqual(names(sets.trending.topOfTag('genres', drama, worldStart, 10, any)), [
      'a',
      'b',
    ])
    assert.deepEqual(names(sets.popular.top('c', worldStart, 1, any)), ['c'])
    assert.deepEqual(names(sets.fresh.top('c', worldStart, 10, any)), ['a', 'b', 'c'])
    const sample = sets.rare.sample('', worldStart, 10, seededRandom(1), any)
    assert.deepEqual(names(sample).sort(), ['a', 'b', 'c'])
    const scores = sets.neighbors.scores([state.ordinals.of('c')!])
    assert.deepEqual(names(scores.entries().numbers).sort(), ['a', 'b'])
  }
})

test('a scheduled item is the newest as soon as its time has come', async () => {
  const { state, fresh } = await smallWorld(events)
  const newest = (at: number) => state.ordinals.id(fresh.top('', at, 1, () => true)[0]!)
  assert.equal(newest(worldStart + 5 * hourMs - 1), 'a')
  assert.equal(newest(worldStart + 5 * hourMs), 'soon')
})

test('a pair that was met often beats a popular partner that was met once', async () => {
  const pairs: Event[] = []
  for (let user = 0; user < 20; user++) {
    pairs.push(like(`u${user}`, 'seed'), like(`u${user}`, user < 8 ? 'friend' : 'star'))
    for (let more = 0; more < 3; more++) pairs.push(like(`v${user}${more}`, `other${more}`))
    for (let more = 0; more < 3; more++) pairs.push(like(`v${user}${more}`, 'star'))
  }
  const { state, neighbors } = await smallWorld(pairs)
  const scores = neighbors.scores([state.ordinals.of('seed')!])
  const of = (item: string) => scores.get(state.ordinals.of(item)!)!
  assert.ok(of('friend') > 0 && of('star') > 0)
  assert.ok(of('friend') / 8 > of('star') / 12)
  assert.equal(neighbors.scores([]).size, 0)
})

test('one meeting with an item that nobody knows proves less than a few with a star', async () => {
  const pairs = [like('z', 'seed'), like('z', 'unknown')]
  for (let user = 0; user < 20; user++) {
    pairs.push(like(`u${user}`, 'seed'), like(`u${user}`, user < 4 ? 'star' : `other${user}`))
    for (let more = 0; more < 6; more++) {
      pairs.push(like(`v${user}${more}`, 'star'), like(`v${user}${more}`, `other${more}`))
    }
  }
  const { state, neighbors } = await smallWorld(pairs)
  const scores = neighbors.scores([state.ordinals.of('seed')!])
  const [star, unknown] = ['star', 'unknown'].map((item) => scores.get(state.ordinals.of(item)!))
  assert.ok(star! > unknown! && unknown! > 0, `${star} and ${unknown}`)
})

test('rare items are drawn uniformly, from a small part of a large channel too', async () => {
  const films = Array.from({ length: 400 }, (_, index) => film(`i${index}`, -1))
  const { rare } = await smallWorld(films)
  const random = seededRandom('draws')
  const accepts = (item: number): boolean => item % 40 === 0
  const counts = new Map<number, number>()
  for (let round = 0; round < 2_000; round++) {
    for (const item of rare.sample('c', worldStart, 2, random, accepts)) {
      counts.set(item, (counts.get(item) ?? 0) + 1)
    }
  }
  // Ten items share 4,000 draws; five standard deviations are 100.
  assert.equal(counts.size, 10)
  for (const [item, count] of counts) assert.ok(Math.abs(count - 400) < 100, `${item}: ${count}`)
})
