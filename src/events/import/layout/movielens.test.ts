import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { test } from 'node:test'
import { manualClock } from '../../clock.ts'
import type { ActionEvent, Event, ItemEvent } from '../../event.ts'
import { importFiles } from '../importer.ts'
import { folderOf } from '../table/fixture.suite.ts'
import { splitTitle } from './movielens.ts'

const realFolder = '../shared/data/ml-latest-small'

async function imported(folder: string) {
  const events: Event[] = []
  const summary = await importFiles({
    paths: [folder],
    clock: manualClock(Date.UTC(2024, 0, 1)),
    sink: async (batch) => {
      events.push(...batch)
      return { accepted: batch.length, duplicates: 0 }
    },
  })
  const films = events.filter((event): event is ItemEvent => event.type === 'item')
  const ratings = events.filter((event): event is ActionEvent => event.type === 'action')
  return { summary, events, films, ratings }
}

const fixture = {
  'movies.csv': [
    ...['movieId,title,genres', '1,Toy Story (1995),Adventure|Children'],
    '11,"American President, The (1995)",Comedy|Drama|Romance',
    ...['40697,Babylon 5,Sci-Fi', '6003,"Fox ""B"" (1978-1981)",(no genres listed)'],
  ].join('\n'),
  'links.csv': 'movieId,imdbId,tmdbId\n1,0114709,862\n11,0112346,\n',
  'tags.csv': [
    ...['userId,movieId,tag,timestamp', '1,1,Pixar,1', '2,1, pixar ,2', '2,1,fun,3'],
    '3,1,"for kids, too",4',
  ].join('\n'),
  'ratings.csv': [
    ...['userId,movieId,rating,timestamp', '1,1,4.0,964982703', '1,11,0.5,964981247'],
    '2,1,5.0,835355493',
  ].join('\n'),
}

test('films arrive with title, year, genres, ids elsewhere, and the words of users', async () => {
  const { films } = await imported(folderOf(fixture))
  assert.deepEqual(
    films.map(({ item, record }) => [item, record]),
    [
      [
        '1',
        {
          attributes: {
            title: { text: 'Toy Story' },
            year: { number: 1995 },
            genres: { tags: ['Adventure', 'Children'] },
            imdb: { text: '0114709' },
            tmdb: { text: '862' },
            keywords: { tags: ['pixar', 'for kids, too', 'fun'] },
          },
          channels: ['Adventure', 'Children'],
          availableFrom: Date.UTC(1995, 0, 1),
        },
      ],
      [
        '11',
        {
          attributes: {
            title: { text: 'American President, The' },
            year: { number: 1995 },
            genres: { tags: ['Comedy', 'Drama', 'Romance'] },
            imdb: { text: '0112346' },
          },
          channels: ['Comedy', 'Drama', 'Romance'],
          availableFrom: Date.UTC(1995, 0, 1),
        },
      ],
      [
        '40697',
        {
          attributes: { title: { text: 'Babylon 5' }, genres: { tags: ['Sci-Fi'] } },
          channels: ['Sci-Fi'],
        },
      ],
      [
        '6003',
        {
          attributes: { title: { text: 'Fox "B"' }, year: { number: 1978 } },
          channels: [],
          availableFrom: Date.UTC(1978, 0, 1),
        },
      ],
    ],
  )
})

test('ratings arrive oldest first, in milliseconds, after the films', async () => {
  const { events, ratings, summary } = await imported(folderOf(fixture))
  assert.deepEqual(
    ratings.map(({ id: _, ...rating }) => rating),
    [
      { type: 'action', at: 835_355_493_000, action: 'rate', user: '2', item: '1', value: 5 },
      { type: 'action', at: 964_981_247_000, action: 'rate', user: '1', item: '11', value: 0.5 },
      { type: 'action', at: 964_982_703_000, action: 'rate', user: '1', item: '1', value: 4 },
    ],
  )
  assert.ok(events.slice(0, 4).every(({ type, at }) => type === 'item' && at === 835_355_493_000))
  assert.deepEqual(summary.accepted, { items: 4, users: 0, events: 3 })
  assert.deepEqual(summary.unread, [])
})

test('a title gives up its year, and nothing else', () => {
  assert.deepEqual(splitTitle('Se7en (a.k.a. Seven) (1995) '), {
    ...{ title: 'Se7en (a.k.a. Seven)', year: 1995 },
  })
  assert.deepEqual(splitTitle('2001 (A Space Odyssey)'), { title: '2001 (A Space Odyssey)' })
  assert.deepEqual(splitTitle('Doctor Who (2005–)'), { title: 'Doctor Who', year: 2005 })
})

const skip = existsSync(realFolder) ? false : 'the set is not on this machine'

test('all of ml-latest-small arrives: 9,742 films and 100,836 ratings', { skip }, async () => {
  const { summary, films, ratings } = await imported(realFolder)
  assert.deepEqual(summary.accepted, { items: 9742, users: 0, events: 100_836 })
  assert.deepEqual(summary.rejected, {})
  assert.equal(new Set(films.map(({ item }) => item)).size, 9742)
  assert.equal(new Set(ratings.map(({ id }) => id)).size, 100_836)
  assert.ok(ratings.every(({ at }, index) => index === 0 || at >= ratings[index - 1]!.at))
  const president = films.find(({ item }) => item === '11')
  assert.deepEqual(president?.record.attributes['title'], { text: 'American President, The' })
  const withoutGenres = films.filter(({ record }) => record.channels.length === 0)
  assert.equal(withoutGenres.length, 34)
})
