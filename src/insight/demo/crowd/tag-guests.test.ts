import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { seededRandom } from '../../../kernel/random.ts'
import type { Guest } from './guests.ts'
import { type TaggedItem, tagGuests } from './tag-guests.ts'

const genres = ['Comedy', 'Drama', 'Horror', 'Musical', 'Western', 'War']

const pageOf = (from: number): readonly TaggedItem[] =>
  Array.from({ length: 12 }, (_, place) => ({
    id: `film-${from + place}`,
    token: `token-${from + place}`,
    item: { attributes: { genres: [genres[(from + place) % 6]!] }, channels: [] },
  }))

/** Opens of a guest by genre, over many pages. */
function opens(guest: Guest): readonly number[] {
  const counts = genres.map(() => 0)
  for (let page = 0; page < 200; page++) {
    const { deeds } = guest.meet({ items: pageOf(page * 12) }, page * 100_000)
    for (const { type, item } of deeds) {
      if (type === 'click') counts[Number(item!.slice(5)) % 6]!++
    }
  }
  return counts
}

describe('people for any catalogue', () => {
  it('open what has the tags that they like, and like the same ones on each visit', () => {
    const guests = tagGuests(1, 'home', seededRandom('tastes'))
    const first = guests.enter(0)
    const counts = opens(first)
    guests.leave(first)
    const again = opens(guests.enter(1))
    const [most, least] = [Math.max(...counts), Math.min(...counts)]
    assert.ok(most > 2 * Math.max(1, least), `${counts}`)
    assert.equal(
      again.indexOf(Math.max(...again)),
      counts.indexOf(most),
      `${again} after ${counts}`,
    )
  })

  it('differ from each other, and are there once', () => {
    const guests = tagGuests(3, 'home', seededRandom('three'))
    const there = [guests.enter(0), guests.enter(0), guests.enter(0)]
    assert.deepEqual(there.map(({ id }) => id).sort(), ['guest-1', 'guest-2', 'guest-3'])
    const favourites = there.map((guest) => opens(guest).join())
    assert.equal(new Set(favourites).size, 3)
  })

  it('rate in half stars, tell tokens, and leave an empty page', () => {
    const guests = tagGuests(5, 'home', seededRandom('stars'))
    const guest = guests.enter(0)
    const stars: number[] = []
    for (let page = 0; page < 60; page++) {
      const { deeds, endsAt } = guest.meet({ items: pageOf(page * 12) }, 1_000)
      for (const deed of deeds) {
        assert.equal(deed.token, `token-${deed.item!.slice(5)}`)
        assert.ok(deed.at > 1_000 && deed.at <= endsAt)
        if (deed.type === 'rate') stars.push(deed.value!)
      }
    }
    assert.ok(stars.length > 10)
    for (const value of stars) assert.ok(value >= 0.5 && value <= 5 && Number.isInteger(value * 2))
    assert.equal(guest.meet({ items: [] }, 0).leaves, true)
  })
})
