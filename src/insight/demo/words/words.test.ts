import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { demoKinds } from '../demo-kind.ts'
import { seasonAt } from '../season.ts'
import type { Story } from './news-words.ts'

/** Of the titles that may be shown at one time, so many may be there twice. */
const twiceAtOnceMax = 0.05

const firstDay = Date.UTC(2026, 10, 20)

describe('the words of a demo', () => {
  for (const kind of demoKinds.values()) {
    const { world } = seasonAt(kind, firstDay, firstDay)
    const { stock } = world
    const wordsOf = (items: readonly number[]): readonly Story[] =>
      items.map((item) => kind.words(world, item))
    const all = [...stock.topics.keys()]
    const noon = firstDay + 12 * 3_600_000
    const shown = all.filter((item) => stock.available(item, noon))

    it(`leave nothing open, and tell ${kind.name} apart`, () => {
      const words = wordsOf(shown)
      for (const { title, summary, text, keywords } of words) {
        for (const part of [title, summary, text]) {
          assert.match(part, /^[^{}]+$/u)
          assert.doesNotMatch(part, /undefined|\s{3}/)
        }
        assert.match(title, /^[^\p{Ll}]/u, 'a title begins with a capital')
        assert.ok(title.length <= 120, title)
        assert.ok(keywords.length >= 2 && keywords.every((word) => word !== ''))
      }
      const share = twice(words)
      assert.ok(share < twiceAtOnceMax, `${share} of the titles are there twice`)
    })

    it(`are the same for the same item of ${kind.name}, and fill every channel`, () => {
      const some = all.filter((item) => item % 197 === 0)
      assert.deepEqual(wordsOf(some), wordsOf(some))
      const again = seasonAt(kind, firstDay, firstDay).world
      assert.deepEqual(
        wordsOf(some),
        some.map((item) => kind.words(again, item)),
      )
      const counts = new Map<string, number>()
      for (const item of shown) {
        for (const channel of world.rows.channels(item)) {
          counts.set(channel, (counts.get(channel) ?? 0) + 1)
        }
      }
      const names = kind.plan.items.topics.map(({ name }) => name)
      for (const name of names) {
        assert.ok((counts.get(name) ?? 0) >= 10, `${name} has ${counts.get(name) ?? 0} items`)
      }
    })
  }

  it('name the 25 channels of a news site', () => {
    const names = demoKinds.get('news')!.plan.items.topics.map(({ name }) => name)
    assert.equal(new Set(names).size, 25)
  })
})

function twice(words: readonly Story[]): number {
  return 1 - new Set(words.map(({ title }) => title)).size / words.length
}
