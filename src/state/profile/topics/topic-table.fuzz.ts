import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { TopicRows } from './topic-rows.ts'
import { type TopicId, TopicTable } from './topic-table.ts'

const words = fc.constantFrom('', 'a', 'b', 'ab', 'genres', 'ünï')
const topic = fc.tuple(words, words, fc.oneof(words, fc.string()))

const numbered = (table: TopicTable, [channel, attribute, tag]: readonly string[]): TopicId =>
  table.of(table.word(channel!), table.word(attribute!), table.word(tag!))

test('equal topics have one number, others another, and each is told by its words', () => {
  const property = fc.property(fc.array(topic, { maxLength: 200 }), (made) => {
    const table = new TopicTable()
    const known = new Map<string, TopicId>()
    for (const parts of made) {
      const number = numbered(table, parts)
      const key = JSON.stringify(parts)
      assert.equal(number, known.get(key) ?? known.size)
      known.set(key, number)
    }
    for (const [key, number] of known) {
      const { channel, attribute, tag } = table.topic(number)
      assert.equal(JSON.stringify([channel, attribute, tag]), key)
    }
  })
  fc.assert(property, { numRuns: 200 })
})

test('thousands of topics are told apart', () => {
  const table = new TopicTable()
  const parts = Array.from({ length: 20_000 }, (_, index) => [
    String(index % 20),
    String(index % 3),
    String(index),
  ])
  for (const [number, each] of parts.entries()) assert.equal(numbered(table, each), number)
  for (const [number, each] of parts.entries()) assert.equal(numbered(table, each), number)
  assert.ok(table.marks.length >= 20_000 && table.marks.every((mark) => mark === 0))
})

test('rows that move to another table are of the same topics, each visited once', () => {
  const lists = fc.array(topic, { maxLength: 20 })
  const property = fc.property(lists, lists, lists, (made, before, visited) => {
    const [one, other] = [new TopicTable(), new TopicTable()]
    for (const parts of before) numbered(other, parts)
    const rows = new TopicRows(one)
    const distinct = [...new Set(made.map((parts) => numbered(one, parts)))]
    for (const number of distinct) rows.add(number)
    const told = rows.topics.map((number) => one.topic(number))
    // Every second one of those that are there, and others.
    const wanted = [...made.filter((_, place) => place % 2 === 0), ...visited]
    const topics = [...new Set(wanted.map((parts) => numbered(other, parts)))]
    const places = new Map<TopicId, boolean>()
    rows.forEach({ table: other, topics }, (place, isNew) => {
      places.set(rows.topics[place]!, isNew)
    })
    const kept = rows.topics.slice(0, told.length)
    assert.deepEqual(
      kept.map((number) => other.topic(number)),
      told,
    )
    assert.deepEqual([...places.keys()].sort(), [...topics].sort())
    for (const [number, isNew] of places) assert.equal(isNew, !kept.includes(number))
  })
  fc.assert(property, { numRuns: 200 })
})
