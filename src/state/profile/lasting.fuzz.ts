import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { addLasting, dayCountMax, Interests, joinLasting, lastingWeight } from './lasting.ts'
import { proofCountMax } from './proofs.ts'
import { TopicTable } from './topics/topic-table.ts'
import type { TopicList } from './topics/topics.ts'

const dayMs = 86_400_000
const start = 20_000

const deed = fc.record({
  day: fc.nat(dayCountMax - 1),
  item: fc.nat(9),
  weight: fc.constantFrom(-5, -1, -0.5, 0.5, 1, 2, 3, 5),
  topics: fc.subarray(['a', 'b', 'c'], { minLength: 1 }),
})
const deeds = fc.array(deed, { maxLength: 60 })
type Made = typeof deed extends fc.Arbitrary<infer Value> ? Value : never

function weighed({ day, item, weight }: Made) {
  const at = (start + day) * dayMs
  return { deed: { item, action: 'click' as const, value: undefined, at }, weight }
}

const table = new TopicTable()

/** Topics of the tags, in a table of their own where there is one. */
function listOf(tags: readonly string[], own = table): TopicList {
  const [channel, attribute] = [own.word(''), own.word('topics')]
  return { table: own, topics: tags.map((tag) => own.of(channel, attribute, own.word(tag))) }
}

function folded(made: readonly Made[], own = table): Interests {
  const interests = new Interests(own)
  for (const each of made) addLasting(interests, listOf(each.topics, own), weighed(each), noneBack)
  return interests
}

const noneBack = { back: [] }

function weightOf(interests: Interests, tag: string, today: number): number {
  const place = interests.placeOf(listOf([tag], interests.table).topics[0]!)
  return place < 0 ? 0 : lastingWeight(interests, place, today)
}

/** The formula, told the long way: every deed by itself. */
function naive(made: readonly Made[], topic: string, today: number): number {
  let weight = 0
  for (const each of made) {
    if (!each.topics.includes(topic)) continue
    weight += each.weight / (Math.log(today - start - each.day + 1) + 1)
  }
  return weight
}

const close = (one: number, other: number): boolean => Math.abs(one - other) < 1e-6

test('an interest weighs what its deeds weigh, whenever it is read and in any order', () => {
  const property = fc.property(deeds, fc.nat(5_000), (made, later) => {
    const today = start + dayCountMax + later
    const interests = folded(made)
    for (const topic of ['a', 'b', 'c']) {
      const weight = weightOf(interests, topic, today)
      assert.ok(close(weight, naive(made, topic, today)), `${topic} weighs ${weight}`)
    }
  })
  fc.assert(property, { numRuns: 300 })
})

test('the proofs of an interest are those of its deeds that weigh most', () => {
  const property = fc.property(deeds, (made) => {
    // Read on the day of the last deed, as the fold does: weights change their order as they fade.
    const sameDay = made.map((each) => ({ ...each, day: 0 }))
    const interests = folded(sameDay)
    for (const [place, number] of interests.topics.entries()) {
      const { tag: topic } = table.topic(number)
      const proofs = interests.proofs[place]!
      const best = sameDay
        .filter(({ topics, weight }) => topics.includes(topic) && weight > 0)
        .map(({ weight }) => weight)
        .sort((a, b) => b - a)
      assert.deepEqual(
        proofs.map(({ weight }) => weight),
        best.slice(0, proofCountMax),
      )
    }
  })
  fc.assert(property, { numRuns: 200 })
})

test('the interests of two users joined are those of one who did what both did', () => {
  const property = fc.property(deeds, deeds, (one, other) => {
    const today = start + dayCountMax
    const both = folded(one)
    // Numbered by another table, as profiles are that were read at other times.
    joinLasting(both, folded(other, new TopicTable()), today)
    for (const topic of ['a', 'b', 'c']) {
      const weight = weightOf(both, topic, today)
      assert.ok(close(weight, naive([...one, ...other], topic, today)))
    }
  })
  fc.assert(property, { numRuns: 200 })
})

test('what was taken back leaves nothing', () => {
  const property = fc.property(deeds, deed, (made, extra) => {
    const [plain, undone] = [folded(made), folded([...made, extra])]
    const own = weighed(extra)
    const nothing = { deed: own.deed, weight: 0 }
    addLasting(undone!, listOf(extra.topics), nothing, { back: [own] })
    for (const topic of ['a', 'b', 'c']) {
      const today = start + dayCountMax
      const [before, after] = [plain, undone].map((of) => {
        return weightOf(of, topic, today)
      })
      assert.ok(close(before!, after!))
    }
  })
  fc.assert(property, { numRuns: 200 })
})
