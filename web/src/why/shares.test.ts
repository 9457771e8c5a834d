import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { sentenceOf } from './sentence.ts'
import { sharesOf } from './shares.ts'

const features = (...parts: readonly (readonly [string, number])[]) =>
  parts.map(([name, contribution]) => ({ name, value: 1, contribution }))

const item = features(
  ['neighbor-score', 2],
  ['rank-item-neighbors', 0.5],
  ['age', -1],
  ['year', 0.25],
)
const page = [
  item,
  features(['neighbor-score', 1], ['rank-item-neighbors', 0], ['age', -1], ['year', 0.5]),
  features(['neighbor-score', 0], ['rank-item-neighbors', 0], ['age', -1], ['year', 0]),
]

describe('the shares of a score', () => {
  it('are added up by family, and what the page has in common is told apart', () => {
    const { own, common } = sharesOf(item, page)
    assert.deepEqual(
      own.map(({ name, contribution }) => [name, contribution]),
      [
        ['Goes with your last likes', 2.5],
        ['Its year', 0.25],
      ],
    )
    assert.equal(common, -1)
  })

  it('together are the whole score', () => {
    for (const features of page) {
      const { own, common } = sharesOf(features, page)
      const sum = own.reduce((total, { contribution }) => total + contribution, common)
      assert.equal(
        sum,
        features.reduce((total, { contribution }) => total + contribution, 0),
      )
    }
  })

  it('name features that nobody foresaw by their own names', () => {
    const { own } = sharesOf(
      features(['my-own', 1], ['rank-elsewhere', 1], ['liked-colour', 1]),
      [],
    )
    assert.deepEqual(own.map(({ name }) => name).sort(), [
      'Its colour',
      'Its my own',
      'Source elsewhere',
    ])
  })
})

describe('the sentence', () => {
  it('tells the strongest reasons, and never one that spoke against', () => {
    assert.equal(
      sentenceOf(sharesOf(item, page), [], undefined),
      'You see this because it goes with what you liked last.',
    )
  })

  it('falls back on the sources, beside another item in other words', () => {
    const nothing = { own: [], common: 0 }
    assert.equal(
      sentenceOf(nothing, ['popular'], undefined),
      'You see this because many people like it.',
    )
    assert.equal(
      sentenceOf(nothing, ['item-neighbors'], 'Heat'),
      'You see this because people who liked Heat liked it too.',
    )
    assert.match(sentenceOf(nothing, [], undefined), /little else was left/)
  })
})
