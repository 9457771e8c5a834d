import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { type Refill, RefillLine } from './refill-line.ts'

const wish = (user: string, offset: number, deedAt?: number): Refill => ({
  key: { user, scene: 'nearline', channel: '' },
  oldest: offset,
  newest: offset,
  ...(deedAt !== undefined && { deedAt }),
})

function lineOf(countMax = 10, minIntervalMs = 1_000): RefillLine {
  return new RefillLine({ countMax: () => countMax, minIntervalMs: () => minIntervalMs })
}

describe('the line of feeds to be filled', () => {
  it('takes five wishes in a second as one, as old as the oldest', () => {
    const line = lineOf()
    for (const offset of [4, 3, 5, 6, 7]) line.ask(wish('ann', offset, 100 - offset))
    assert.equal(line.waiting, 1)
    assert.deepEqual(line.next(0), { ...wish('ann', 3, 93), newest: 7 })
    assert.equal(line.next(0), undefined)
  })

  it('answers what is asked during a run, or soon after it, by exactly one more', () => {
    const line = lineOf()
    line.ask(wish('ann', 1))
    const first = line.next(0)!
    for (const offset of [2, 3, 4]) line.ask(wish('ann', offset))
    assert.equal(line.next(0), undefined, 'one run for a feed at a time')
    line.done(first, 10)
    line.ask(wish('ann', 5))
    assert.equal(line.next(1_009), undefined, 'and not before the interval is over')
    assert.equal(line.dueAt(10), 1_010)
    assert.deepEqual(line.next(1_010), { ...wish('ann', 2), newest: 5 })
    line.done(wish('ann', 2), 1_020)
    assert.equal(line.next(9_999), undefined)
    assert.equal(line.dueAt(9_999), undefined)
  })

  it('keeps the order in which feeds were asked for', () => {
    const line = lineOf()
    for (const [index, user] of ['c', 'a', 'b', 'a', 'c'].entries()) line.ask(wish(user, index))
    assert.deepEqual(
      [line.next(0), line.next(0), line.next(0)].map((refill) => refill?.key.user),
      ['c', 'a', 'b'],
    )
  })

  it('holds no more than it may, and says how many it turned away', () => {
    const line = lineOf(2)
    for (const user of ['a', 'b', 'c', 'a', 'd']) line.ask(wish(user, 0))
    assert.deepEqual([line.waiting, line.dropped], [2, 2])
    line.next(0)
    line.ask(wish('e', 0))
    assert.deepEqual([line.waiting, line.running], [2, 1])
  })

  it('knows the oldest event that nothing has answered', () => {
    const line = lineOf()
    assert.equal(line.oldest, undefined)
    line.ask(wish('a', 7))
    line.ask(wish('b', 9))
    const first = line.next(0)!
    assert.equal(line.oldest, 7, 'what runs has not answered yet')
    line.ask(wish('a', 11))
    line.done(first, 0)
    assert.equal(line.oldest, 9)
    line.done(line.next(0)!, 0)
    assert.equal(line.oldest, 11)
  })

  it('takes what a run knew of as answered by it, and nothing that came later', () => {
    const line = lineOf(10, 0)
    line.ask(wish('a', 1))
    const first = line.next(0)!
    line.ask(wish('a', 2, 77))
    assert.deepEqual(line.done(first, 0, { through: 3 }), wish('a', 2, 77))
    assert.equal(line.next(0), undefined)
    line.ask(wish('a', 4))
    const second = line.next(0)!
    for (const offset of [5, 6]) line.ask(wish('a', offset))
    assert.equal(line.done(second, 0, { through: 6 }), undefined)
    assert.deepEqual(line.next(0), { ...wish('a', 5), newest: 6 })
  })

  it('lets a run come again when it wants to', () => {
    const line = lineOf(10, 0)
    line.ask(wish('a', 7))
    line.done(line.next(0)!, 0, { againInMs: 500, through: 8 })
    assert.equal(line.next(499), undefined)
    assert.deepEqual(line.next(500), wish('a', 8))
  })

  it('loses no wish, and runs no feed twice at once, whatever happens', () => {
    const step = fc.oneof(
      fc.record({ ask: fc.nat(5) }),
      fc.record({ wait: fc.nat(1_500) }),
      fc.constant({ next: true }),
      fc.constant({ done: true }),
    )
    const property = fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
      const line = lineOf(100, 1_000)
      const [running, unanswered] = [new Map<string, Refill>(), new Set<string>()]
      let [now, offset] = [0, 0]
      const begin = (): boolean => {
        const refill = line.next(now)
        if (refill === undefined) return false
        assert.ok(!running.has(refill.key.user))
        running.set(refill.key.user, refill)
        unanswered.delete(refill.key.user)
        return true
      }
      const end = (): void => {
        for (const [user, refill] of running) {
          running.delete(user)
          line.done(refill, now)
          return
        }
      }
      for (const each of steps) {
        if ('ask' in each) {
          line.ask(wish(`u${each.ask}`, offset++))
          unanswered.add(`u${each.ask}`)
        } else if ('wait' in each) now += each.wait
        else if ('next' in each) begin()
        else end()
      }
      while (running.size > 0) end()
      now += 10_000
      while (begin()) end()
      assert.deepEqual([...unanswered], [])
      assert.equal(line.oldest, undefined)
    })
    fc.assert(property, { numRuns: 300 })
  })
})
