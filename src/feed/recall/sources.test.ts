import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Event } from '../../events/event.ts'
import { openNearest } from '../../kernel/nearest/open-nearest.ts'
import { seededRandom } from '../../kernel/random.ts'
import { likedNeighbors } from '../../state/features/liked-neighbors.ts'
import { tagTaste } from '../../state/features/tags/tag-taste.ts'
import { type Factors, userVector } from '../../state/features/user-vector.ts'
import {
  act,
  put,
  rate,
  type SmallWorld,
  serve,
  smallWorld,
} from '../../state/sets/small-world.suite.ts'
import { lastLiked } from '../shelves/last-liked.ts'
import { besideLiked } from './beside-liked.ts'
import { eachValue } from './each-value.ts'
import { explore } from './explore.ts'
import { showable, unseen, untouched } from './fit.ts'
import { itemNeighbors } from './item-neighbors.ts'
import { nearest } from './nearest.ts'
import { pinned } from './pinned.ts'
import { sameAttribute } from './same-attribute.ts'
import { fresh } from './sets/fresh.ts'
import { popular } from './sets/popular.ts'
import { trending } from './sets/trending.ts'
import { recalled } from './source.suite.ts'
import { sweep } from './sweep.ts'

const film = (item: string, ...genres: string[]): Event =>
  put(item, { attributes: { genres: { tags: genres } } })

function neighborsOf({ catalogue, neighbors }: SmallWorld) {
  const liked = likedNeighbors(neighbors)
  return itemNeighbors({ lists: neighbors, liked, fit: unseen(catalogue) })
}

describe('trending', () => {
  const films = Array.from({ length: 320 }, (_, index) => film(`i${index}`))
  const likes = films.flatMap((_, index) =>
    Array.from({ length: 1 + (index % 3) }, (_, user) => act(`v${user}`, 'like', `i${index}`)),
  )

  it('has something for a user who saw nearly all of it', async () => {
    const seen = Array.from({ length: 290 }, (_, index) => `i${index}`)
    const world = await smallWorld([...films, ...likes, serve('u1', seen)])
    const source = trending(world.trending, unseen(world.catalogue))
    const found = await recalled(world, source, 5)
    assert.deepEqual(found, ['i290', 'i293', 'i296', 'i299', 'i302'])
    const again = trending(world.trending, showable(world.catalogue))
    assert.equal((await recalled(world, again, 5))[0], 'i2')
  })
})

describe('popular', () => {
  it('weighs how much an item pleased by how many it pleased', async () => {
    const world = await smallWorld([
      ...['one', 'many', 'mixed'].map((item) => film(item)),
      act('v', 'share', 'one'),
      ...Array.from({ length: 9 }, (_, user) => rate(`v${user}`, 'many', 4.5)),
      ...Array.from({ length: 9 }, (_, user) => rate(`v${user}`, 'mixed', user % 3 ? 1 : 5)),
    ])
    const source = popular(world.popular, unseen(world.catalogue))
    assert.deepEqual(await recalled(world, source, 5), ['many', 'one', 'mixed'])
  })
})

describe('item-neighbors', () => {
  const past = [
    ...['a', 'b', 'c', 'd'].map((item) => film(item)),
    ...['v', 'w', 'x'].flatMap((user) => [act(user, 'like', 'a'), act(user, 'like', 'b')]),
    act('x', 'like', 'c'),
    act('u1', 'like', 'a'),
  ]

  it('follow what the user liked, the closest first', async () => {
    const world = await smallWorld(past)
    assert.deepEqual(await recalled(world, neighborsOf(world), 5), ['b', 'c'])
    assert.deepEqual(await recalled(world, neighborsOf(world), 5, { user: 'nobody' }), [])
  })

  it('stand beside an item whatever the user likes', async () => {
    const world = await smallWorld(past)
    const beside = world.state.ordinals.of('c')!
    const found = await recalled(world, neighborsOf(world), 5, { user: 'nobody', beside })
    assert.deepEqual(found, ['b', 'a'])
  })
})

describe('beside-liked', () => {
  it('brings what goes with each of the last likes, in turns, the newest like first', async () => {
    const pairs = [
      ['a', 'b'],
      ['a', 'c'],
      ['d', 'e'],
      ['d', 'f'],
    ] as const
    const world = await smallWorld([
      ...['a', 'b', 'c', 'd', 'e', 'f'].map((item) => film(item)),
      ...pairs.flatMap((pair, n) =>
        Array.from({ length: 9 - n }, (_, m) =>
          pair.map((item) => act(`v${n}-${m}`, 'like', item)),
        ).flat(),
      ),
      ...['a', 'd'].map((item) => act('u1', 'like', item)),
    ])
    const { catalogue, neighbors } = world
    const source = besideLiked(lastLiked(neighbors, catalogue), untouched(catalogue))
    assert.deepEqual(await recalled(world, source, 9), ['e', 'b', 'f', 'c'])
    assert.deepEqual(await recalled(world, source, 2), ['e', 'b'])
    assert.deepEqual(await recalled(world, source, 9, { user: 'nobody' }), [])
  })
})

describe('each-value', () => {
  const past = [
    ...['d1', 'd2', 'd3', 'd4'].map((item) => film(item, 'drama')),
    ...['c1', 'c2', 'c3'].map((item) => film(item, 'comedy')),
    ...['n1', 'n2'].map((item) => film(item, 'noir')),
    ...['d1', 'd1', 'd1', 'd2', 'd2', 'd3', 'c2', 'c2', 'c1', 'n1', 'n1', 'n2'].map((item, n) =>
      act(`v${n}`, 'like', item),
    ),
  ]
  const source = ({ catalogue, trending }: SmallWorld) =>
    eachValue({
      ...{ catalogue, attribute: 'genres', taste: tagTaste(catalogue, 'genres') },
      ...{ set: trending, fit: untouched(catalogue), depth: 2 },
    })

  it('brings the best of each, those first that most items have', async () => {
    const world = await smallWorld(past)
    const found = await recalled(world, source(world), 9)
    assert.deepEqual(found, ['d1', 'c2', 'n1', 'd2', 'c1', 'n2'])
  })

  it('puts what the user likes before it, without what they acted on', async () => {
    const world = await smallWorld([...past, act('u1', 'like', 'n1'), serve('u1', ['d1', 'n2'])])
    assert.deepEqual(await recalled(world, source(world), 3), ['n2', 'd1', 'c2'])
  })
})

describe('nearest', () => {
  /** Items of one number each: how much of one taste they have. The last was never trained on. */
  const factors: Factors = {
    dims: 2,
    itemCount: 5,
    items: Float32Array.of(3, 0, 1, 1, 0, 0, -2, 1, 0.5, 0.4),
    foldIn: (items, weights) => Float32Array.of(items.length, weights[0]! - 2),
    footing: { alpha: 1, stiffness: 1 },
  }
  const past = ['a', 'b', 'unlearned', 'opposite', 'short', 'new'].map((item) => film(item))

  const source = ({ catalogue }: SmallWorld, of = factors) =>
    nearest({
      factors: () => of,
      user: userVector(() => of),
      fit: unseen(catalogue),
    })

  it('are looked for through lists where the training learned them', async () => {
    const given = { rows: factors.items.subarray(0, 8), width: 2, measure: 'product' } as const
    const { lists } = openNearest({ ...given, exactRowsMax: 0, k: 2, seed: 1 })
    const world = await smallWorld([...past, act('u1', 'like', 'a'), act('u1', 'dislike', 'new')])
    // The last item came after the lists were learned.
    const listed = source(world, { ...factors, lists: lists! })
    assert.deepEqual(await recalled(world, listed, 5), ['b', 'short'])
    // They are asked indeed: lists of other rows are refused.
    const other = source(world, { ...factors, lists: { ...lists!, probes: 0 } })
    await assert.rejects(async () => recalled(world, other, 5), /lists.probes 0/)
  })

  it('are those that the factors expect to please, and no others', async () => {
    const world = await smallWorld([...past, act('u1', 'like', 'a'), act('u1', 'dislike', 'new')])
    assert.deepEqual(await recalled(world, source(world), 5), ['b', 'short'])
    const others = [act('u2', 'like', 'new'), act('u2', 'dislike', 'a')]
    await world.state.fold(world.state.offset, others)
    assert.deepEqual(await recalled(world, source(world), 5, { user: 'u2' }), [])
  })

  it('beside an item are those that point the same way, however long they are', async () => {
    const world = await smallWorld(past)
    const beside = (item: string) => ({ beside: world.state.ordinals.of(item)! })
    assert.deepEqual(await recalled(world, source(world), 5, beside('b')), ['short', 'a'])
    assert.deepEqual(await recalled(world, source(world), 5, beside('unlearned')), [])
    assert.deepEqual(await recalled(world, source(world), 5, beside('new')), [])
  })

  it('beside an item are looked for through lists of directions where there are any', async () => {
    const given = { rows: factors.items, width: 2, measure: 'cosine' } as const
    const { lists } = openNearest({ ...given, exactRowsMax: 0, k: 2, seed: 1 })
    const world = await smallWorld(past)
    const listed = source(world, { ...factors, alike: lists! })
    const query = { beside: world.state.ordinals.of('b')! }
    for (const limit of [1, 5]) {
      const plain = await recalled(world, source(world), limit, query)
      assert.deepEqual(await recalled(world, listed, limit, query), plain)
    }
    for (const item of ['unlearned', 'new']) {
      const beside = world.state.ordinals.of(item)!
      assert.deepEqual(await recalled(world, listed, 5, { beside }), [])
    }
    const other = source(world, { ...factors, alike: { ...lists!, probes: 0 } })
    await assert.rejects(async () => recalled(world, other, 5, query), /lists.probes 0/)
  })
})

describe('same-attribute', () => {
  const past = [
    ...['d1', 'd2', 'd3'].map((item) => film(item, 'drama')),
    ...['s1', 's2'].map((item) => film(item, 'silent')),
    ...['x1', 'x2', 'x3', 'x4', 'x5', 'x6', 'x7'].map((item) => film(item, 'other')),
    ...['d2', 'd2', 'd3', 's2', 'x1'].map((item, n) => act(`v${n}`, 'like', item)),
  ]
  const source = ({ catalogue, trending }: SmallWorld) =>
    sameAttribute({ catalogue, attributes: ['genres'], set: trending, fit: unseen(catalogue) })

  it('brings the hottest of each tag the user likes, in turns, the rarer tag first', async () => {
    const world = await smallWorld([...past, act('u1', 'like', 'd1'), act('u1', 'like', 's1')])
    assert.deepEqual(await recalled(world, source(world), 5), ['s2', 'd2', 'd3'])
    assert.deepEqual(await recalled(world, source(world), 2), ['s2', 'd2'])
  })

  it('leaves tags alone that the user dislikes', async () => {
    const world = await smallWorld([...past, act('u1', 'dislike', 'd1')])
    assert.deepEqual(await recalled(world, source(world), 5), [])
  })

  it('goes by the tags of the item it stands beside', async () => {
    const world = await smallWorld(past)
    const asked = { user: 'nobody', beside: world.state.ordinals.of('d1')! }
    assert.deepEqual(await recalled(world, source(world), 5, asked), ['d2', 'd3'])
  })
})

describe('explore', () => {
  it('leaves out what was shown often, and differs from request to request', async () => {
    const films = Array.from({ length: 50 }, (_, index) => film(`i${index}`))
    const servings = [1, 2, 3].map((page) => serve('v', ['i1', 'i2'], page))
    const world = await smallWorld([...films, ...servings])
    const source = explore(world.rare, unseen(world.catalogue))
    const all = await recalled(world, source, 100)
    assert.equal(all.length, 48)
    assert.ok(!all.includes('i1') && !all.includes('i2'))
    const other = await recalled(world, source, 100, { random: seededRandom('another') })
    assert.notDeepEqual(other, all)
    assert.deepEqual([...other].sort(), [...all].sort())
  })
})

describe('sweep', () => {
  const films = Array.from({ length: 25_000 }, (_, index) => film(`i${index}`))

  it('finds the one item that fits, wherever it is', async () => {
    const world = await smallWorld([...films, act('v', 'like', 'i7')])
    const source = sweep(world.catalogue, world.trending, unseen(world.catalogue))
    const condition = (item: number) => item === 24_999
    assert.deepEqual(await recalled(world, source, 10, { condition }), ['i24999'])
    assert.deepEqual(await recalled(world, source, 3), ['i7', 'i0', 'i1'])
  })

  it('stops looking when nobody waits for it any more', async () => {
    const world = await smallWorld(films)
    const source = sweep(world.catalogue, world.trending, unseen(world.catalogue))
    const condition = (item: number) => item === 24_999
    const asked = { condition, signal: AbortSignal.abort() }
    assert.deepEqual(await recalled(world, source, 10, asked), [])
  })
})

describe('fresh and pinned', () => {
  it('come in their order', async () => {
    const world = await smallWorld([
      put('old', { availableFrom: 1_000 }),
      put('new', { availableFrom: 3_000 }),
      put('newer', { availableFrom: 2_000 }),
    ])
    const { catalogue, state } = world
    const newest = fresh(world.fresh, unseen(catalogue))
    assert.deepEqual(await recalled(world, newest, 2), ['new', 'newer'])
    const pins = {
      home: ['new', 'gone', 'old'].map((item, place) => ({ item, position: 9 - place })),
    }
    const source = pinned(state.ordinals, () => pins, unseen(catalogue))
    assert.deepEqual(await recalled(world, source, 5), ['old', 'new'])
    assert.deepEqual(await recalled(world, source, 5, { scene: 'elsewhere' }), [])
  })
})
