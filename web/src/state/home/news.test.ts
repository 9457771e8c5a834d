import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { newsOf } from './news.ts'
import { type Row, rowsOf } from './row.ts'

const row = (topic: string, ...ids: readonly string[]): Row => ({
  ...{ key: topic, title: topic, topic },
  items: ids.map((id, position) => ({ id, position, token: id, score: 1, sources: [] })),
})

describe('news of the home page', () => {
  const [top, comedy, drama, war] = [row('Top'), row('Comedy'), row('Drama'), row('War')]

  it('names the row that rose most, and not those that fell', () => {
    const news = newsOf([top, comedy, drama, war], [top, war, comedy, drama])
    assert.equal(news?.words, 'War moved up')
    assert.deepEqual([...(news?.risen ?? [])], ['War'])
  })

  it('names what is new, and does not call it a rise that a row above went away', () => {
    const news = newsOf([top, comedy, drama], [top, drama, war])
    assert.equal(news?.words, 'new: War')
  })

  it('counts films where the rows stay, tells of order, and is silent where nothing changed', () => {
    assert.equal(newsOf([row('Top', '1', '2')], [row('Top', '2', '3')])?.words, '1 film came in')
    const turned = newsOf([row('Top', '1', '2')], [row('Top', '2', '1')])
    assert.equal(turned?.words, 'The order of the films changed')
    assert.equal(newsOf([row('Top', '1')], [row('Top', '1')]), undefined)
  })
})

describe('rows', () => {
  it('are named after what their films share, and empty ones are left out', () => {
    const items = [...row('x', '1').items]
    const liked = { id: '7', attributes: { title: 'Insider, The' }, channels: [], withdrawn: false }
    const rows = rowsOf({
      shelves: [
        { kind: 'top', items },
        { kind: 'value', value: 'War', items: [] },
        { kind: 'value', value: 'Comedy', items },
        { kind: 'beside', beside: liked, items },
      ],
    })
    assert.deepEqual(
      rows.map(({ key, title, topic }) => [key, title, topic]),
      [
        ['top', 'Top picks for you', 'Top picks'],
        ['value Comedy', 'Comedy', 'Comedy'],
        ['beside 7', 'Because you liked The Insider', 'Like The Insider'],
      ],
    )
  })
})
