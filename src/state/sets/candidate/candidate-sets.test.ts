import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Event } from '../../../events/event.ts'
import { act, hourMs, put, rate, worldStart } from '../small-world.suite.ts'
import { defaultSets, setsOf } from './set-declaration.ts'
import { declare, setWorld } from './set-world.suite.ts'

const minuteMs = 60_000
const now = worldStart + 10 * hourMs

const films = (...ids: readonly string[]): readonly Event[] => ids.map((id) => put(id))

/** So many clicks, so many minutes ago. */
function clicks(item: string, count: number, minutesAgo: number): readonly Event[] {
  return Array.from({ length: count }, (_, user) =>
    act(`u${user}`, 'click', item, now - minutesAgo * minuteMs),
  )
}

const score = { click: 1 }

describe('candidate sets', () => {
  it('velocity is now less a window ago, and never the other way round (B-F05)', async () => {
    const past = [...films('slow', 'fast', 'old'), ...clicks('slow', 1, 5), ...clicks('fast', 4, 9)]
    const { scores, ids } = await setWorld({
      past: [...past, ...clicks('old', 9, 300)],
      declared: { rising: { kind: 'velocity', hours: 1, formula: score, capacity: 2 } },
    })
    assert.deepEqual(ids('rising', now), ['fast', 'slow'])
    const perHour = scores('rising', now)[0]![1]
    // Four clicks, within an hour and what has run of the last five minutes.
    const hours = 1 + (now % (5 * minuteMs)) / hourMs
    assert.ok(Math.abs(perHour - 4 / hours) < 1e-9, `${perHour}`)
  })

  it('the newest of some channels are found however many others came since', async () => {
    const rare = (item: string, minute: number, channels: readonly string[]) =>
      put(item, { channels }, worldStart + minute * minuteMs)
    const { ids } = await setWorld({
      past: [
        ...[rare('old', 0, ['rare']), rare('both', 1, ['rare', 'odd']), rare('late', 2, ['odd'])],
        ...Array.from({ length: 400 }, (_, item) => rare(`i${item}`, 3, ['common'])),
      ],
      declared: { few: { kind: 'newest', channels: ['rare', 'odd'], capacity: 2 } },
    })
    assert.deepEqual(ids('few', now), ['late', 'both'])
    assert.deepEqual(ids('few', now, 'rare'), ['both', 'old'])
    assert.deepEqual(ids('few', now, 'common'), [])
  })

  it('acceleration is the change of velocity: what slows down has no place', async () => {
    const { ids } = await setWorld({
      past: [
        ...films('steady', 'takes off', 'fades', 'turned away'),
        act('u1', 'dislike', 'turned away', now - 100 * minuteMs),
        ...[...clicks('steady', 5, 10), ...clicks('steady', 4, 100)],
        ...[...clicks('takes off', 5, 10), ...clicks('takes off', 1, 100)],
        ...[...clicks('fades', 2, 10), ...clicks('fades', 9, 100)],
      ],
      declared: { faster: { kind: 'acceleration', hours: 1, formula: { ...score, dislike: -1 } } },
    })
    assert.deepEqual(ids('faster', now), ['takes off', 'steady'])
  })

  it('the best rated are so by many: one perfect rating is no proof (B-M02)', async () => {
    const ratings = (item: string, count: number, value: number) =>
      Array.from({ length: count }, (_, user) => rate(`${item}${user}`, item, value, now))
    const { scores } = await setWorld({
      past: [
        ...films('once', 'often', 'poor', 'never'),
        ...[...ratings('once', 1, 5), ...ratings('often', 20, 4.5), ...ratings('poor', 20, 2)],
      ],
      declared: { best: { kind: 'high-rating', doubt: 10 } },
    })
    const mean = (5 + 90 + 40) / 41
    const expected = [
      ['often', (90 + 10 * mean) / 30],
      ['once', (5 + 10 * mean) / 11],
      ['poor', (40 + 10 * mean) / 30],
    ] as const
    for (const [place, [id, score]] of scores('best', now).entries()) {
      assert.equal(id, expected[place]![0])
      assert.ok(Math.abs(score - expected[place]![1]) < 1e-9)
    }
  })

  it('random is a uniform sample of all there is, and not the first thousand (B-F07)', async () => {
    const past = Array.from({ length: 3_000 }, (_, item) => put(`i${item}`))
    const { ids } = await setWorld({
      past: [...past, { type: 'withdraw', id: 'w', at: now, item: 'i2999' }],
      declared: { random: { kind: 'random', capacity: 20, refreshMs: 1_000 } },
    })
    const drawn = new Set<number>()
    let sum = 0
    for (let round = 0; round < 150; round++) {
      const sample = ids('random', now + round * 1_000).map((id) => Number(id.slice(1)))
      assert.equal(new Set(sample).size, 20)
      for (const item of sample) {
        drawn.add(item)
        sum += item
      }
    }
    assert.ok(!drawn.has(2_999))
    // 3,000 draws of numbers below 3,000: the mean within four deviations of 1,500.
    assert.ok(Math.abs(sum / 3_000 - 1_500) < 4 * (866 / Math.sqrt(3_000)), `${sum / 3_000}`)
    // (1 - 20 / 2999) ^ 150 of the items never come up: 1,900 of them do.
    assert.ok(drawn.size > 1_800 && drawn.size < 2_000, `${drawn.size}`)
  })

  it('reading writes nothing, and makes nothing anew before its time (B-F04)', async () => {
    const { state, ids, fold, sets } = await setWorld({
      past: [...films('a', 'b'), ...clicks('a', 1, 5)],
      declared: { hot: { kind: 'hot', hours: 1, formula: score, refreshMs: 60_000 } },
    })
    await state.checkpoint()
    const { offset } = state
    assert.deepEqual(ids('hot', now), ['a'])
    for (let look = 0; look < 50; look++) ids('hot', now)
    assert.equal(state.offset, offset)
    assert.equal(state.dirtyCount, 0)
    await fold(...clicks('b', 3, 0))
    assert.deepEqual(ids('hot', now + 59_000), ['a'])
    assert.equal(sets.look('hot', '', now + 59_000)!.madeAt, now)
    assert.deepEqual(ids('hot', now + 60_000), ['b', 'a'])
  })

  it('a set of no period sees every event at once', async () => {
    const { ids, fold } = await setWorld({
      past: [...films('a', 'b'), ...clicks('a', 1, 5)],
      declared: { hot: { kind: 'hot', hours: 1, formula: score, refreshMs: 0 } },
    })
    assert.deepEqual(ids('hot', now), ['a'])
    await fold(...clicks('b', 2, 0))
    assert.deepEqual(ids('hot', now), ['b', 'a'])
    await fold({ type: 'withdraw', id: 'w', at: now, item: 'b' })
    assert.deepEqual(ids('hot', now), ['a'])
    assert.deepEqual(ids('hot', now + 3 * hourMs), [])
  })

  it('is counted for the channels of the item, never for those of events (B-N29)', async () => {
    const event = act('u', 'click', 'a', now)
    const { ids } = await setWorld({
      past: [put('a', { channels: ['news', 'sport'] }), { ...event, channel: '0' } as Event],
      declared: {
        hot: { kind: 'hot', hours: 1, formula: score },
        sports: { kind: 'hot', hours: 1, formula: score, channels: ['sport'] },
      },
    })
    assert.deepEqual(ids('hot', now, 'news'), ['a'])
    assert.deepEqual(ids('hot', now, '0'), [])
    assert.deepEqual([ids('sports', now, 'sport'), ids('sports', now, 'news')], [['a'], []])
    assert.deepEqual(ids('sports', now), ['a'])
  })

  it('a campaign begins and ends to the moment, however old the set is', async () => {
    const [from, to] = [now, now + 30_000].map((at) => new Date(at).toISOString())
    const { ids } = await setWorld({
      past: films('a', 'b', 'c'),
      declared: { campaign: { kind: 'operator', items: ['c', 'a'], from: from!, to: to! } },
    })
    assert.deepEqual(ids('campaign', now - 1), [])
    assert.deepEqual(ids('campaign', now), ['c', 'a'])
    assert.deepEqual(ids('campaign', now + 29_999), ['c', 'a'])
    assert.deepEqual(ids('campaign', now + 30_000), [])
  })

  it('what is declared anew is told as it was until it is made', async () => {
    const past = Array.from({ length: 25_000 }, (_, item) => put(`i${item}`))
    const { ids, fold, sets } = await setWorld({
      past,
      declared: { set: { kind: 'operator', filter: 'i2499' } },
      inBackground: true,
    })
    assert.deepEqual(ids('set', now), [])
    const settled = async () => {
      for (let turn = 0; turn < 10; turn++) await new Promise(setImmediate)
    }
    await settled()
    assert.equal(ids('set', now).length, 11)
    await fold(declare({ set: { kind: 'operator', filter: 'i1777', capacity: 3 } }))
    assert.equal(ids('set', now + 1).length, 11, 'the one before')
    await settled()
    assert.deepEqual(ids('set', now + 1), ['i1777', 'i17770', 'i17771'])
    await fold(declare({ other: { kind: 'newest', capacity: 1 } }))
    assert.deepEqual([...sets.declared().keys()], ['other'])
    assert.deepEqual(ids('set', now), [])
    assert.deepEqual(ids('other', now), ['i0'])
  })

  it('a filter that fits nothing of the catalogue says so, and shows nothing', async () => {
    const { sets, fold, ids } = await setWorld({
      past: films('a'),
      declared: { set: { kind: 'operator', filter: 'a', refreshMs: 0 } },
      condition: (filter) => {
        if (filter !== 'a') throw new Error(`no attribute ${filter}`)
        return () => true
      },
    })
    assert.deepEqual(ids('set', now), ['a'])
    await fold(declare({ set: { kind: 'operator', filter: 'b', refreshMs: 0 } }))
    assert.deepEqual(ids('set', now), [])
    assert.equal(sets.look('set', '', now)!.failure, 'no attribute b')
  })

  it('no turn makes more than it may: a large set comes in pieces', async () => {
    const past = Array.from({ length: 45_000 }, (_, item) => put(`i${item}`))
    const { ids } = await setWorld({
      past,
      declared: { all: { kind: 'random', capacity: 5, refreshMs: 1_000 } },
      inBackground: true,
    })
    let turns = 0
    for (; ids('all', now).length === 0; turns++) await new Promise(setImmediate)
    // 45,000 items, ten thousand in each turn.
    assert.ok(turns >= 4 && turns <= 6, `${turns} turns`)
  })

  it('by default are newest, hot, rising, accelerating, random and top-rated ones', async () => {
    const { sets, ids } = await setWorld({ past: [...films('a', 'b'), ...clicks('b', 1, 3)] })
    assert.deepEqual(sets.declared(), setsOf(defaultSets))
    for (const name of ['hot-1h', 'hot-24h', 'rising', 'accelerating']) {
      assert.deepEqual(ids(name, now), ['b'], name)
    }
    assert.deepEqual([ids('newest', now), ids('top-rated', now)], [['a', 'b'], []])
    assert.deepEqual([...ids('random', now)].sort(), ['a', 'b'])
  })
})
