import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Event } from '../../../../events/event.ts'
import { act, hourMs, put, worldStart } from '../../../sets/small-world.suite.ts'
import { declaredWorld, told } from '../declared-world.suite.ts'
import { fitEncoding } from '../encoding/fit-encoding.ts'
import { valueNames } from '../field-names.ts'
import type { RawRows } from '../rows.ts'
import { posts } from './posts.ts'

describe('the set of posts', () => {
  const follow = (star: string, at: number): Event => {
    const text = `star:${star}`
    return { type: 'action', id: `follow ${star}`, at, user: 'u', action: 'follow', text }
  }
  const stars = (id: string, tags: string[]) =>
    put(id, { attributes: { star: { tags } }, availableFrom: worldStart })
  const past: Event[] = [
    {
      type: 'user',
      id: 'u',
      at: worldStart,
      user: 'u',
      attributes: {
        device_system: { text: 'ios' },
        publish_num: { number: 3 },
      },
    },
    stars('p', ['s1', 's2', 's3', 's4', 's5', 's6', 's7']),
    stars('q', []),
    ...['s9', 's2', 's1'].map((star, index) => follow(star, worldStart + index)),
    act('u', 'like', 'p'),
    act('v', 'like', 'p'),
    act('u', 'unlike', 'p', worldStart + 1),
    act('u', 'comment', 'p'),
    act('u', 'share', 'q'),
    act('u', 'share', 'q', worldStart + 1),
  ]
  const asked = { user: 'u', at: worldStart + 10 * hourMs }

  it('has 20 columns with its label, each by its name, and cuts what is too long (B-F11)', async () => {
    const names = posts.columns.flatMap((column) => valueNames(column))
    assert.equal(names.length + posts.labels.length, 20)
    const { read } = await declaredWorld(past)
    const rows = await read(posts, asked, ['p', 'q'])
    assert.deepEqual(told(rows, 'related_star_#').slice(0, 5), ['s1', 's2', 's3', 's4', 's5'])
    assert.deepEqual(told(rows, 'related_star_#').slice(5), ['', '', '', '', ''])
    assert.deepEqual(told(rows, 'follow_star_#'), ['s1', 's2', 's9', '', ''])
    assert.deepEqual(told(rows, 'device_system'), ['ios'])
    assert.deepEqual(told(rows, 'publish_num'), [3])
    assert.deepEqual(told(rows, 'publish_time'), [10, 10])
  })

  it('counts what stands: a like that was taken back is none', async () => {
    const { read } = await declaredWorld(past)
    const rows = await read(posts, asked, ['p', 'q'])
    assert.deepEqual(told(rows, 'liked_num'), [1, 0])
    assert.deepEqual(told(rows, 'commented_num'), [1, 0])
    assert.deepEqual(told(rows, 'forwarded_num'), [0, 2])
    assert.deepEqual(
      ['like_num', 'comment_num', 'forward_num'].map((name) => told(rows, name)[0]),
      [0, 1, 2],
    )
  })

  it('counts by the fusions in force, from their event on (Q-01)', async () => {
    const fused = { liked: { like: 1, share: 2, comment: 1 } }
    const told2 = async (events: readonly Event[]) => {
      const { read } = await declaredWorld(events)
      const rows: RawRows = await read(posts, asked, ['p', 'q'])
      return [...told(rows, 'liked_num'), told(rows, 'like_num')[0]]
    }
    const change: Event = {
      ...{ type: 'parameter', id: 'p1', at: worldStart, name: 'fusions' },
      ...{ value: fused, by: 'operator' },
    }
    assert.deepEqual(await told2(past), [1, 0, 0])
    assert.deepEqual(await told2([...past, change]), [3, 4, 6])
  })

  it('crosses what the user follows with what the post is about', async () => {
    const { read } = await declaredWorld(past)
    const rows = await read(posts, asked, ['p', 'q'])
    const encoding = fitEncoding(posts, rows)
    const { columns } = encoding.encode(rows)
    const crosses = encoding.crosses.map(({ field }) => field.name)
    assert.equal(crosses.length, 14)
    for (const name of crosses) {
      const [post, none] = columns.get(name)!
      assert.ok(post! > 0, name)
      assert.equal(none, 0, name)
    }
    // The same two stars, one followed and one in the post or the other way round, are not alike.
    const names = ['follow_star_1_x_related_star_2', 'follow_star_2_x_related_star_1']
    const [one, other] = names.map((name) => columns.get(name)![0])
    assert.notEqual(one, other)
  })
})
