import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import {
  collectionPath,
  feedPath,
  filmPath,
  newsPath,
  searchPath,
  storyPath,
  userPath,
  videoPath,
  whyPath,
} from './path.ts'
import { readRoute } from './route.ts'

describe('routes', () => {
  it('read what paths say, whatever letters an id has', () => {
    for (const id of ['1', 'a/b', 'ä ?&#%', '9007199254740993', '.x']) {
      assert.deepEqual(readRoute(filmPath(id)), { screen: 'film', id })
      assert.deepEqual(readRoute(feedPath(id)), { screen: 'feed', channel: id })
      assert.deepEqual(readRoute(newsPath(id)), { screen: 'news', channel: id })
      assert.deepEqual(readRoute(storyPath(id)), { screen: 'story', id })
      assert.deepEqual(readRoute(searchPath(id)), { screen: 'search', text: id })
      assert.deepEqual(readRoute(userPath(id, 'popular')), { screen: 'user', id, model: 'popular' })
      assert.deepEqual(readRoute(whyPath(id, id)), { screen: 'why', requestId: id, item: id })
      assert.deepEqual(readRoute(collectionPath('genres', id, 'title')), {
        ...{ screen: 'collection', attribute: 'genres' },
        ...{ value: id, sort: 'title' },
      })
    }
  })

  it('know home, and where nothing is', () => {
    assert.deepEqual(readRoute('/'), { screen: 'home' })
    assert.deepEqual(readRoute('/?from=elsewhere'), { screen: 'home' })
    assert.deepEqual(readRoute(newsPath()), { screen: 'news', channel: '' })
    assert.deepEqual(readRoute(videoPath), { screen: 'video' })
    assert.deepEqual(readRoute('/genres/'), { screen: 'genres' })
    const sorted = readRoute('/collection/genres/Comedy?sort=sideways')
    assert.equal(sorted.screen === 'collection' && sorted.sort, 'popular')
    const none = [
      '/film',
      '/film/1/2',
      '/nothing',
      '/collection/genres',
      '/film/%zz',
      '/why/',
      '/video/1',
      '/news/a/b',
    ]
    for (const path of none) assert.deepEqual(readRoute(path), { screen: 'nowhere' }, path)
  })
})
