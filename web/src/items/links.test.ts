import assert from 'node:assert/strict'
import { it } from 'node:test'
import { linksOf } from './links.ts'

it('links a film to where else it is described, and nowhere by a strange id', () => {
  const links = (attributes: Record<string, string | number>) =>
    linksOf({ id: '1', attributes, channels: [], withdrawn: false }).map(({ href }) => href)
  assert.deepEqual(links({ imdb: '0114709', tmdb: 862 }), [
    'https://www.imdb.com/title/tt0114709/',
    'https://www.themoviedb.org/movie/862',
  ])
  assert.deepEqual(links({ imdb: 'tt0114709' }), ['https://www.imdb.com/title/tt0114709/'])
  assert.deepEqual(links({ imdb: '1/../../evil', tmdb: '' }), [])
})
