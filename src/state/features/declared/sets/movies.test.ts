import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { ActionEvent, Event } from '../../../../events/event.ts'
import { seededRandom } from '../../../../kernel/random.ts'
import { hourMs, put, rate, worldStart } from '../../../sets/small-world.suite.ts'
import { declaredWorld, told } from '../declared-world.suite.ts'
import { fitEncoding } from '../encoding/fit-encoding.ts'
import { fieldNames } from '../field-names.ts'
import { movies } from './movies.ts'

const genres = ['Drama', 'Comedy', 'War', 'Crime', 'IMAX', 'Horror', 'Musical']

/** Ratings whose times have nine digits of seconds, and ten: in the log in another order. */
function ratedFilms(): { readonly events: readonly Event[]; readonly films: readonly Film[] } {
  const random = seededRandom('rated films')
  const films = Array.from({ length: 40 }, (_, index) => ({
    id: `f${index}`,
    year: index % 11 === 0 ? undefined : 1930 + random.below(90),
    genres: genres.filter(() => random.below(4) === 0),
  }))
  const turn = 1_000_000_000_000
  const ratings = Array.from({ length: 600 }, (_, index): Event => {
    const [user, film] = [`u${random.below(4)}`, random.below(40)]
    const at = turn + (random.below(2_000) - 1_000) * hourMs
    const id = `rating ${index}`
    const value = (1 + random.below(10)) / 2
    return { type: 'action', id, action: 'rate', user, item: `f${film}`, at, value }
  })
  const puts = films.map(({ id, year, genres: tags }) =>
    put(id, {
      attributes: {
        ...(year !== undefined && { year: { number: year } }),
        ...(tags.length > 0 && { genres: { tags } }),
      },
    }),
  )
  return { events: [...puts, ...ratings], films }
}

interface Film {
  readonly id: string
  readonly year: number | undefined
  readonly genres: readonly string[]
}

const mean = (values: readonly number[]) =>
  values.reduce((sum, one) => sum + one, 0) / values.length
const deviation = (values: readonly number[]) =>
  values.length === 1
    ? 0
    : Math.sqrt(
        values.reduce((sum, one) => sum + (one - mean(values)) ** 2, 0) / (values.length - 1),
      )

const close = (actual: unknown, expected: number, what: string) =>
  assert.ok(Math.abs(Number(actual) - expected) < 1e-6, `${what}: ${actual} is not ${expected}`)

describe('the set of films', () => {
  it('has the 27 columns: 24 that a model takes, and rating, time and label of the example', () => {
    const names = movies.columns.flatMap((column) => fieldNames(movies, column))
    assert.equal(names.length, 24)
    for (const name of ['movieId', 'movieGenre3', 'userRatedMovie5', 'userGenre1', 'releaseYear'])
      assert.ok(names.includes(name), name)
  })

  it('says what a count by hand over all ratings says', async () => {
    const { events, films } = ratedFilms()
    const { read } = await declaredWorld(events)
    // A deed for each event that is a rating: the log holds nothing else of users.
    const ratings = events.filter((event): event is ActionEvent => event.type === 'action')
    for (const user of ['u0', 'u1', 'u2', 'u3']) {
      const rows = await read(
        movies,
        { user },
        films.map(({ id }) => id),
      )
      for (const [row, film] of films.entries()) {
        const stars = ratings.filter(({ item }) => item === film.id).map(({ value }) => value!)
        assert.equal(told(rows, 'movieRatingCount')[row], stars.length)
        close(told(rows, 'movieAvgRating')[row], mean(stars), 'movieAvgRating')
        close(told(rows, 'movieRatingStddev')[row], deviation(stars), 'movieRatingStddev')
        // What a film lacks is said to be lacking: a word of the vocabulary, and no gap in it.
        const first = film.genres.length === 0 ? ['(no genres listed)'] : film.genres.slice(0, 3)
        const expected = Array.from({ length: 3 }, (_, place) => first[place] ?? '')
        assert.deepEqual(told(rows, 'movieGenre#').slice(3 * row, 3 * row + 3), expected)
      }
      const own = await ofUser(ratings, films, user)
      for (const [name, value] of Object.entries(own.numbers))
        close(told(rows, name)[0], value, name)
      assert.deepEqual(told(rows, 'userRatedMovie#'), own.liked)
      assert.deepEqual([...told(rows, 'userGenre#')].map(own.countOf), own.genreCounts)
    }
  })

  it('knows every genre that the data has, and that there are none (B-M15)', async () => {
    const { events, films } = ratedFilms()
    const { read } = await declaredWorld(events)
    const rows = await read(
      movies,
      { user: 'u1' },
      films.map(({ id }) => id),
    )
    const { columns } = fitEncoding(movies, rows).encode(rows)
    assert.ok(columns.get('movieGenre1')!.every((id) => id > 0))
    assert.ok(columns.get('movieGenre1')!.includes(20))
  })

  it('tells of who never rated anything what is absent, and nothing that is no number', async () => {
    const { events } = ratedFilms()
    const { read } = await declaredWorld([...events, put('new')])
    const rows = await read(movies, { user: 'nobody' }, ['new', 'f1'])
    const filled = fitEncoding(movies, await read(movies, { user: 'u1' }, ['f1', 'f2'])).encode(
      rows,
    )
    for (const [name, column] of filled.columns) assert.ok(column.every(Number.isFinite), name)
    assert.deepEqual([...filled.columns.get('userRatedMovie1')!], [0])
    assert.equal(filled.columns.get('movieId')![0], 0)
  })
})

/** What the last 100 ratings of a user come to, each film by its newest. */
async function ofUser(ratings: readonly ActionEvent[], films: readonly Film[], user: string) {
  const log = ratings.filter((rating) => rating.user === user).slice(-200)
  const newest = new Map<string, ActionEvent>()
  for (const rating of log)
    if ((newest.get(rating.item!)?.at ?? -1) <= rating.at) newest.set(rating.item!, rating)
  const last = [...newest.values()].sort((a, b) => b.at - a.at).slice(0, 100)
  const filmOf = (id: string) => films.find((film) => film.id === id)!
  const years = last.flatMap(({ item }) => filmOf(item!).year ?? [])
  const stars = last.map(({ value }) => value!)
  const good = last.filter(({ value }) => value! >= 3.5)
  const counts = new Map<string, number>()
  for (const { item } of good)
    for (const genre of filmOf(item!).genres) counts.set(genre, (counts.get(genre) ?? 0) + 1)
  const liked = good.slice(0, 5).map(({ item }) => item!)
  return {
    numbers: {
      userRatingCount: last.length,
      userAvgReleaseYear: mean(years),
      userReleaseYearStddev: deviation(years),
      userAvgRating: mean(stars),
      userRatingStddev: deviation(stars),
    },
    liked: Array.from({ length: 5 }, (_, place) => liked[place] ?? ''),
    countOf: (genre: number | string) => counts.get(String(genre)) ?? 0,
    genreCounts: [...counts.values()].sort((a, b) => b - a).slice(0, 5),
  }
}

describe('what the user liked, as a vector', () => {
  it('is no average of what they disliked, and is not divided by what has none (B-M14)', async () => {
    const at = (vector: number[]) => ({ attributes: { vector: { vector } } })
    const past = [
      put('east', at([1, 0])),
      put('north', at([0, 1])),
      put('south', at([0, -1])),
      put('plain'),
      rate('u', 'east', 5),
      rate('u', 'plain', 5, worldStart + 1),
      rate('u', 'south', 0.5, worldStart + 2),
    ]
    const { read } = await declaredWorld(past)
    const source = { from: 'liked-vector', attribute: 'vector', last: 10 } as const
    const column = { name: 'likeness', description: 'x', source, as: { form: 'number' } as const }
    const rows = await read(
      { ...movies, columns: [column], crosses: [] },
      { user: 'u', at: worldStart + hourMs },
      ['east', 'north', 'south', 'plain'],
    )
    assert.deepEqual(told(rows, 'likeness'), [1, 0, 0, Number.NaN])
  })
})
