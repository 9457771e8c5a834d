import assert from 'node:assert/strict'
import { it } from 'node:test'
import { isUnspaced, wordsOf, wordsToFind } from './words.ts'

it('parts words where people see them parted', () => {
  for (const [text, words] of [
    ['American President, The (1995)', ['american', 'president', 'the', '1995']],
    ["Ocean's Eleven", ['oceans', 'eleven']],
    ['Spider-Man: No Way Home', ['spider', 'man', 'no', 'way', 'home']],
    ['Léon — WALL·E', ['leon', 'wall', 'e']],
    ['', []],
    ['?! …', []],
  ] as const) {
    assert.deepEqual(wordsOf(text), words)
  }
})

it('knows words that have no spaces around them', () => {
  assert.deepEqual(wordsOf('功夫熊猫'), ['功夫', '熊猫'])
  assert.deepEqual(wordsOf('千と千尋の神隠し').length > 1, true)
  assert.ok(isUnspaced('熊') && isUnspaced('ภาพ') && !isUnspaced('괴물') && !isUnspaced('film'))
})

it('finds a saying by its end as well', () => {
  const words = wordsToFind('卧虎藏龙 Crouching')
  for (const end of ['藏龙', '龙', 'crouching']) assert.ok(words.includes(end), end)
  assert.ok(!words.includes('rouching'))
})
