import assert from 'node:assert/strict'
import { it } from 'node:test'
import { starsFor, starWords } from './star-steps.ts'

it('rates by keys in half stars, and stays between a half and five', () => {
  const steps = (keys: readonly string[], from: number) =>
    keys.reduce((stars, key) => starsFor(key, stars) ?? stars, from)
  assert.equal(steps(['ArrowRight', 'ArrowUp', 'ArrowRight'], 0), 1.5)
  assert.equal(steps(['ArrowLeft', 'ArrowDown', 'ArrowDown'], 1), 0.5)
  assert.equal(steps(['4', 'ArrowRight', 'x', 'End', 'ArrowUp'], 0), 5)
  assert.equal(steps(['Home'], 3), 0.5)
  assert.equal(starsFor('Tab', 3), undefined)
  assert.equal(starsFor('0', 3), undefined)
})

it('says a rating in words', () => {
  assert.deepEqual([0, 0.5, 1, 4.5].map(starWords), [
    'not rated',
    '0.5 of 5 stars',
    '1 of 5 stars',
    '4.5 of 5 stars',
  ])
})
