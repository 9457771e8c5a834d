import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { act, hourMs, put, worldStart } from '../../../sets/small-world.suite.ts'
import { declaredWorld, told } from '../declared-world.suite.ts'
import { fitEncoding } from '../encoding/fit-encoding.ts'
import { fieldNames } from '../field-names.ts'
import { news, newsOneHot } from './news.ts'

const close = (actual: unknown, expected: number, what: string) =>
  assert.ok(Math.abs(Number(actual) - expected) < 1e-6, `${what}: ${actual} is not ${expected}`)

describe('the sets of news', () => {
  const vector = Array.from({ length: 100 }, (_, place) => place / 128)
  const article = (id: string, channels: string[], tags: string[], more = {}) =>
    put(id, { channels, attributes: { keywords: { tags }, ...more } })
  const past = [
    article('a', ['25'], ['go', 'ai', 'web'], { vector: { vector } }),
    article('b', ['18'], ['go']),
    article('c', ['18'], ['go', 'web']),
    article('d', [], []),
    act('u', 'click', 'a', worldStart + hourMs),
    act('u', 'read', 'b', worldStart + hourMs),
    act('u', 'share', 'b', worldStart + hourMs),
  ]
  const asked = { user: 'u', at: worldStart + 2 * hourMs }

  it('have 121 values and 145, in the order in which they are declared (B-N22)', () => {
    const counted = (set: typeof news) => set.columns.flatMap((column) => fieldNames(set, column))
    assert.equal(counted(news).length, 121)
    assert.equal(counted(newsOneHot).length, 145)
    const order = ['channel', 'article-vector-1', 'user-weight-1', 'article-weight-10']
    assert.deepEqual(
      order.map((name) => counted(news).indexOf(name)),
      [0, 1, 101, 120],
    )
  })

  it('take the heaviest weights, heaviest first, and fill up with zeros (B-N20, B-N21)', async () => {
    const { read } = await declaredWorld(past)
    const rows = await read(news, asked, ['a', 'd'])
    const [of, ...rest] = [told(rows, 'user-weight'), told(rows, 'article-weight')]
    const known = of.filter((weight) => !Number.isNaN(weight)).map(Number)
    assert.equal(of.length, 10)
    assert.equal(known.length, 3)
    assert.deepEqual(
      known,
      [...known].sort((a, b) => b - a),
    )
    const rarest = [Math.log(5 / 2), Math.log(5 / 3), Math.log(5 / 4)]
    assert.deepEqual(rest[0]!.slice(0, 3), rarest)
    const { columns } = fitEncoding(news, rows).encode(rows)
    assert.equal(columns.size, 121)
    assert.deepEqual([...columns.get('article-weight-4')!], [0, 0])
    assert.deepEqual([...columns.get('article-weight-1')!], [Math.fround(rarest[0]!), 0])
  })

  it('tell of users in the channel of the request, and of all where it has none (B-N19)', async () => {
    const { read } = await declaredWorld(past)
    const weights = async (channel: string) =>
      told(await read(news, { ...asked, channel }, ['a']), 'user-weight')
        .map(Number)
        .filter((weight) => !Number.isNaN(weight))
    const sum = (list: readonly number[]) => list.reduce((total, one) => total + one, 0)
    const [all, one, other] = [await weights(''), await weights('25'), await weights('18')]
    assert.deepEqual([one.length, other.length], [3, 1])
    close(sum(all), sum(one) + sum(other), 'of all channels')
  })

  it('take the channel for a category, the last one too, and no number (B-N23, B-N22b)', async () => {
    const { read } = await declaredWorld(past)
    const rows = await read(news, asked, ['a', 'b', 'd'])
    const encoding = fitEncoding(news, rows)
    const channel = encoding.fields[0]!
    assert.deepEqual([channel.kind, channel.kind === 'category' && channel.size], ['category', 26])
    assert.deepEqual([...encoding.encode(rows).columns.get('channel')!], [25, 18, 0])
    const hot = await read(newsOneHot, asked, ['a', 'b', 'd'])
    const { columns } = fitEncoding(newsOneHot, hot).encode(hot)
    assert.deepEqual([...columns.get('channel=25')!], [1, 0, 0])
    assert.deepEqual([...columns.get('channel=18')!], [0, 1, 0])
  })

  it('hold zeros where an article has no vector', async () => {
    const { read } = await declaredWorld(past)
    const rows = await read(news, asked, ['a', 'b'])
    const { columns } = fitEncoding(news, rows).encode(rows)
    for (let place = 0; place < 100; place++) {
      const expected = [Math.fround(place / 128), 0]
      assert.deepEqual([...columns.get(`article-vector-${place + 1}`)!], expected)
    }
  })
})
