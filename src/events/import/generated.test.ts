import assert from 'node:assert/strict'
import { test } from 'node:test'
import { seededRandom } from '../../kernel/random.ts'
import type { ActionEvent, ItemEvent } from '../event.ts'
import { generateEvents } from './generated.ts'

const before = Date.UTC(2025, 0, 1)
const events = generateEvents(seededRandom(7), before)
const films = events.filter((event): event is ItemEvent => event.type === 'item')
const ratings = events.filter((event): event is ActionEvent => event.type === 'action')

test('600 films of different titles, and about 12,000 ratings of 200 users', () => {
  const titles = films.map(({ record }) => JSON.stringify(record.attributes['title']))
  assert.equal(new Set(titles).size, 600)
  assert.ok(Math.abs(ratings.length - 12_000) < 1_500, `${ratings.length} ratings`)
  assert.equal(new Set(ratings.map(({ user }) => user)).size, 200)
})

test('films come first, then ratings in the order of time, all before the moment given', () => {
  assert.ok(events.slice(0, 600).every(({ type }) => type === 'item'))
  for (let index = 1; index < events.length; index++) {
    assert.ok(events[index]!.at >= events[index - 1]!.at)
  }
  assert.ok(events.at(-1)!.at < before)
})

test('nobody rates a film twice, and stars are halves from 0.5 to 5', () => {
  assert.equal(new Set(ratings.map(({ user, item }) => `${user}/${item}`)).size, ratings.length)
  assert.ok(
    ratings.every(({ value }) => value! >= 0.5 && value! <= 5 && Number.isInteger(2 * value!)),
  )
})

test('there is something to learn: users rate by genre', () => {
  const genresOf = new Map(films.map(({ item, record }) => [item, record.channels]))
  const means = new Map<string, { sum: number; count: number }>()
  for (const { user, item, value } of ratings) {
    for (const genre of genresOf.get(item!)!) {
      const mean = means.get(`${user}/${genre}`) ?? { sum: 0, count: 0 }
      means.set(`${user}/${genre}`, { sum: mean.sum + value!, count: mean.count + 1 })
    }
  }
  const enough = [...means.values()].filter(({ count }) => count >= 5)
  const averages = enough.map(({ sum, count }) => sum / count).sort((a, b) => a - b)
  const [low, high] = [0.1, 0.9].map((share) => averages[Math.floor(share * averages.length)]!)
  assert.ok(high! - low! > 1, `between ${low} and ${high}`)
})

test('the same seed gives the same events, another seed others', () => {
  assert.deepEqual(generateEvents(seededRandom(7), before), events)
  assert.notDeepEqual(generateEvents(seededRandom(8), before), events)
})
