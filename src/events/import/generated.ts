import type { Random } from '../../kernel/random.ts'
import type { Timestamp } from '../clock.ts'
import type { ActionEvent, Event, ItemEvent } from '../event.ts'

/** Films that nobody made and ratings that nobody gave, for a first start without any data. */
export interface GeneratedFilm {
  readonly title: string
  readonly year: number
  readonly genres: readonly string[]
  /** How good it is for everybody, around 0. */
  readonly quality: number
  /** How likely it is to be seen, up to 1. */
  readonly fame: number
}

const filmCount = 600
const userCount = 200
const ratingCount = 12_000
const dayMs = 86_400_000
const spanMs = 730 * dayMs

const genres = [
  ...['Action', 'Adventure', 'Animation', 'Comedy', 'Crime', 'Documentary', 'Drama', 'Family'],
  ...['Fantasy', 'History', 'Horror', 'Musical', 'Mystery', 'Romance', 'Science Fiction'],
  ...['Thriller', 'War', 'Western'],
]

const epithets = [
  ...['Silent', 'Last', 'Crimson', 'Hidden', 'Paper', 'Northern', 'Broken', 'Golden', 'Midnight'],
  ...['Burning', 'Second', 'Hollow', 'Distant', 'Winter', 'Electric', 'Borrowed', 'Glass', 'Wild'],
  ...['Forgotten', 'Restless', 'Velvet', 'Iron', 'Quiet', 'Lucky', 'Endless'],
]
const nouns = [
  ...['Harbour', 'Letter', 'Garden', 'Machine', 'River', 'Promise', 'Detective', 'Orchard'],
  ...['Lighthouse', 'Empire', 'Passenger', 'Symphony', 'Winter', 'Horizon', 'Carnival', 'Witness'],
  ...['Kingdom', 'Mirror', 'Island', 'Clockmaker', 'Stranger', 'Expedition', 'Frontier', 'Waltz'],
]
const titleForms: readonly ((epithet: string, noun: string, other: string) => string)[] = [
  (epithet, noun) => `The ${epithet} ${noun}`,
  (epithet, noun) => `${epithet} ${noun}`,
  (_, noun, other) => `The ${noun} and the ${other}`,
  (epithet, noun, other) => `${epithet} ${noun}, ${epithet} ${other}`,
  (_, noun, other) => `A ${noun} for the ${other}`.replace(/^A (?=[AEIOU])/, 'An '),
]

/**
 * A catalogue of 600 films and 12,000 ratings of 200 users in the two years before `before`, as
 * events in the order of their times. Users like some genres and dislike others, famous films are
 * seen more, so there is something to learn. The same random stream gives the same events.
 */
export function generateEvents(random: Random, before: Timestamp): readonly Event[] {
  const start = before - spanMs
  const films = generateFilms(random.fork('films'), new Date(start).getUTCFullYear())
  const items = films.map((film, index): ItemEvent => {
    const { title, year } = film
    return {
      ...{ type: 'item', id: `generated:film:${index + 1}`, at: start, item: String(index + 1) },
      record: {
        attributes: {
          title: { text: title },
          year: { number: year },
          genres: { tags: film.genres },
        },
        channels: film.genres,
        availableFrom: Date.UTC(year, 0, 1),
      },
    }
  })
  return [...items, ...generateRatings(random.fork('ratings'), films, start)]
}

function generateFilms(random: Random, lastYear: number): readonly GeneratedFilm[] {
  const films = new Map<string, GeneratedFilm>()
  while (films.size < filmCount) {
    const [noun, other] = [pick(random, nouns), pick(random, nouns)]
    const title = pick(random, titleForms)(pick(random, epithets), noun, other)
    if (noun === other || films.has(title)) continue
    const [main, second, third] = [pick(random, genres), pick(random, genres), pick(random, genres)]
    films.set(title, {
      title,
      // More films are made, and kept, of late.
      year: lastYear - Math.floor(70 * random.next() ** 2),
      genres: [...new Set([main, second, ...(random.next() < 0.4 ? [third] : [])])],
      quality: bell(random) * 0.5,
      fame: 1 / (1 + films.size * 0.02),
    })
  }
  return [...films.values()]
}

function generateRatings(random: Random, films: readonly GeneratedFilm[], start: Timestamp) {
  const ratings: Omit<ActionEvent, 'id'>[] = []
  for (let user = 1; user <= userCount; user++) {
    const mine = random.fork(`user ${user}`)
    const tasteOf = tasteFor(mine)
    const count = Math.round((ratingCount / userCount) * (0.4 + 1.2 * mine.next()))
    // Most users were there early, some joined last week.
    const joinedMs = mine.next() ** 2 * spanMs
    const times = Array.from({ length: count }, () => joinedMs + mine.next() * (spanMs - joinedMs))
    const seen = new Set<number>()
    while (seen.size < count) {
      const index = mine.below(films.length)
      const film = films[index]!
      const taste = tasteOf(film)
      // People watch what is famous and what they expect to like.
      if (seen.has(index) || mine.next() > film.fame * 2 ** taste) continue
      const at = start + Math.floor(times[seen.size]!)
      seen.add(index)
      const stars = Math.round(2 * (3.2 + taste + film.quality + bell(mine) * 0.4)) / 2
      ratings.push({
        ...{ type: 'action', action: 'rate', user: String(user + 1), item: String(index + 1) },
        value: Math.min(5, Math.max(0.5, stars)),
        at,
      })
    }
  }
  ratings.sort((a, b) => a.at - b.at)
  return ratings.map((rating, index): ActionEvent => {
    return { id: `generated:rating:${index + 1}`, ...rating }
  })
}

/** How much a user likes a film for its genres: about -1.5 to 1.5. */
function tasteFor(random: Random): (film: GeneratedFilm) => number {
  const liked = new Set([pick(random, genres), pick(random, genres), pick(random, genres)])
  const disliked = new Set([pick(random, genres), pick(random, genres)])
  return (film) => {
    const likedCount = film.genres.filter((genre) => liked.has(genre)).length
    const dislikedCount = film.genres.filter((genre) => disliked.has(genre)).length
    return Math.min(1.5, likedCount) - Math.min(1.5, dislikedCount)
  }
}

/** Bell-shaped around 0 with a deviation of 1, and never beyond 3. */
function bell(random: Random): number {
  return (random.next() + random.next() + random.next() - 1.5) * 2
}

function pick<T>(random: Random, values: readonly T[]): T {
  return values[random.below(values.length)]!
}
