import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Client } from '../../../../src/client/client.ts'
import type { Tracker } from '../../../../src/client/index.ts'
import { StarlingError } from '../../../../src/error.ts'
import { packVector } from '../../../../src/kernel/linear/packed-vector.ts'
import { createReel, reelPageSize } from './reel.ts'

interface Told {
  readonly type: string
  readonly item?: string
  readonly value?: number
  readonly order?: readonly number[]
}

/** Cats and dogs take turns on a page, all of one score; a vector tells them apart. */
const pageOf = (number: number) => ({
  requestId: `r${number}`,
  items: Array.from({ length: reelPageSize }, (_, position) => ({
    id: `${position % 2 === 0 ? 'cat' : 'dog'}-${number}-${position}`,
    position,
    token: `t${number}.${position}`,
    score: 0.5,
    sources: [],
  })),
  vectors: {
    ...{ model: 'factors/1', dimension: 2, weight: 1, alpha: 1, stiffness: 1 },
    user: packVector(new Float32Array([0.1, 0.1])),
    items: Array.from({ length: reelPageSize }, (_, position) =>
      packVector(new Float32Array(position % 2 === 0 ? [1, 0] : [0, 1])),
    ),
  },
})

function reelOver({ pages = 5, lacks = '', slow = '' } = {}) {
  const told: Told[] = []
  const asked: string[] = []
  let number = 0
  const client = {
    feed: async ({ scene, user }: { scene: string; user: string }) => {
      asked.push(scene)
      if (user === slow) await settled()
      if (scene === lacks) throw new StarlingError('not_found', 'no such scene')
      return number < pages ? pageOf(number++) : { requestId: 'end', items: [] }
    },
  } as unknown as Client // The reel asks for nothing else.
  const tracker = { track: async (event: Told) => void told.push(event) } as unknown as Tracker
  const items = { learn: () => undefined } as never // Nor for anything else of the items.
  const reel = createReel({ client, items, tracker, scenes: ['nearline', 'home'] })
  return { reel, told, asked }
}

const settled = () => new Promise((resolve) => setImmediate(resolve))

describe('a reel', () => {
  it('asks for more before its end, for one page at a time, until nothing is left', async () => {
    const { reel, asked } = reelOver({ pages: 2 })
    reel.begin('u')
    reel.begin('u')
    await settled()
    assert.equal(asked.length, 1)
    reel.shown(0)
    await settled()
    assert.equal(asked.length, 1, 'there is enough ahead')
    reel.shown(5)
    reel.shown(5)
    await settled()
    assert.equal(reel.clips.value.length, 2 * reelPageSize)
    reel.shown(15)
    await settled()
    assert.deepEqual([asked.length, reel.dry.value], [3, true])
    reel.shown(15)
    await settled()
    assert.equal(asked.length, 3)
  })

  it('tells how a video was left, and moves what is like one that was swiped past behind', async () => {
    const { reel, told } = reelOver()
    reel.begin('u')
    await settled()
    const [cat, dog] = reel.clips.value
    reel.shown(0)
    reel.left(cat!, { share: 0.1, ended: false })
    assert.deepEqual(told[0], { type: 'swipe-past', item: 'cat-0-0', token: 't0.0', value: 0.1 })
    reel.shown(1)
    reel.ended(dog!)
    reel.left(dog!, { share: 1.4, ended: true })
    const types = told.filter(({ type }) => type !== 'rerank').map(({ type }) => type)
    assert.deepEqual(types, ['swipe-past', 'play'], 'an end is told once')
    const order = reel.clips.value.map(({ id }) => id.slice(0, 3))
    assert.deepEqual(order, ['cat', 'dog', 'dog', 'dog', 'dog', 'cat', 'cat', 'cat'])
    const last = told.findLast(({ type }) => type === 'rerank')
    assert.deepEqual([...(last?.order ?? [])].sort(), [0, 1, 2, 3, 4, 5, 6, 7])
    assert.ok(reel.reorderings.value > 0)
  })

  it('leaves what plays once: by going on, or before somebody else is at the screen', () => {
    const { reel } = reelOver()
    const left: string[] = []
    const first = reel.plays(() => left.push('first'))
    first()
    reel.leave()
    assert.deepEqual(left, ['first'])
    // The next plays before the one before it has gone, as on a screen.
    const second = reel.plays(() => left.push('second'))
    const third = reel.plays(() => left.push('third'))
    second()
    reel.leave()
    third()
    reel.leave()
    assert.deepEqual(left, ['first', 'second', 'third'])
  })

  it('takes the scene that a server has, and begins anew for somebody else', async () => {
    const { reel, asked } = reelOver({ lacks: 'nearline' })
    reel.begin('u')
    await settled()
    await settled()
    assert.deepEqual(asked, ['nearline', 'home'])
    assert.equal(reel.clips.value.length, reelPageSize)
    reel.begin('v')
    await settled()
    assert.deepEqual(asked, ['nearline', 'home', 'home'])
    assert.equal(reel.clips.value[0]?.requestId, 'r1')
  })

  it('asks once for who came before somebody else had their answer', async () => {
    const { reel, asked } = reelOver({ slow: 'v' })
    reel.begin('u')
    reel.begin('v')
    await Promise.resolve()
    await Promise.resolve()
    await new Promise(process.nextTick)
    reel.shown(0)
    await settled()
    await settled()
    assert.equal(asked.length, 2)
    assert.equal(reel.clips.value.length, reelPageSize)
  })

  it('goes on where it was left, and at its beginning for somebody else', async () => {
    const { reel } = reelOver()
    reel.begin('u')
    await settled()
    reel.shown(3)
    reel.begin('u')
    assert.equal(reel.place, 3)
    reel.begin('v')
    assert.equal(reel.place, 0)
  })
})
