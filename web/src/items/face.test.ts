import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { faceOf, readTitle } from './face.ts'

const view = (attributes: Record<string, string | number | string[]>, channels: string[] = []) => ({
  id: '1',
  attributes,
  channels,
  withdrawn: false,
})

describe('the face of an item', () => {
  it('turns titles that are filed under their second word', () => {
    assert.deepEqual(readTitle('American President, The'), { title: 'The American President' })
    assert.deepEqual(readTitle("Avventura, L'"), { title: "L'Avventura" })
    assert.deepEqual(readTitle('Good, the Bad and the Ugly, The'), {
      title: 'The Good, the Bad and the Ugly',
    })
    assert.deepEqual(readTitle('Girl, Interrupted'), { title: 'Girl, Interrupted' })
  })

  it('keeps apart the title of another language', () => {
    const filed = 'City of Lost Children, The (Cité des enfants perdus, La)'
    assert.deepEqual(readTitle(filed), {
      title: 'The City of Lost Children',
      alias: 'La Cité des enfants perdus',
    })
    assert.deepEqual(readTitle('Seven (a.k.a. Se7en)'), { title: 'Seven', alias: 'Se7en' })
  })

  it('shows an item that nobody described by its id', () => {
    assert.deepEqual(faceOf('9007199254740993', undefined), {
      id: '9007199254740993',
      title: '9007199254740993',
      genres: [],
    })
  })

  it('takes channels for genres, and a time for a year, where there is nothing else', () => {
    const face = faceOf(
      '7',
      view({ name: 'News', publishedAt: '2020-01-31T08:00:00.000Z' }, ['18']),
    )
    assert.deepEqual(face, { id: '7', title: 'News', year: 2020, genres: ['18'] })
  })
})
