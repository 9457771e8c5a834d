import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type AlikeOptions, alikeByAttributes } from './alike.ts'

const lists = [[0, 1], [0, 1], [1, 2], [], [2]].map((list) => Uint32Array.from(list))
const counts = [1, 4, 1, 9, 1]
const plain: AlikeOptions = { memory: 3, decay: 0.5, sharpness: 1, popularity: 0 }

/** As the definition says it, item by item. */
function cosine(one: number, other: number): number {
  const rarity = (attribute: number) =>
    Math.log(lists.length / lists.filter((list) => list.includes(attribute)).length) ** 2
  const sum = (list: Iterable<number>) => [...list].reduce((all, each) => all + rarity(each), 0)
  const shared = lists[one]!.filter((attribute) => lists[other]!.includes(attribute))
  const product = Math.sqrt(sum(lists[one]!)) * Math.sqrt(sum(lists[other]!))
  return product === 0 ? 0 : sum(shared) / product
}

function assertScores(
  options: AlikeOptions,
  past: readonly number[],
  of: (item: number) => number,
) {
  const scores = alikeByAttributes(lists, counts, options).next(Uint32Array.from(past))
  for (const item of lists.keys())
    assert.ok(Math.abs(scores[item]! - of(item)) < 1e-6, `item ${item}: ${scores}`)
}

test('items are alike by the cosine of rare attributes, the last met saying most', () => {
  assertScores(plain, [0], (item) => cosine(0, item))
  assertScores(plain, [2, 4, 0], (item) => {
    return cosine(0, item) + 0.5 * cosine(4, item) + 0.25 * cosine(2, item)
  })
  assertScores({ ...plain, memory: 1 }, [2, 0], (item) => cosine(0, item))
})

test('what is a little alike says less where it is asked for, and what is popular more', () => {
  assertScores({ ...plain, sharpness: 4 }, [2], (item) => cosine(2, item) ** 4)
  assertScores({ ...plain, popularity: 0.5 }, [2], (item) => cosine(2, item) * counts[item]! ** 0.5)
})

test('of what nothing is told nothing is like it, and nothing is said of nobody', () => {
  assertScores(plain, [3], () => 0)
  assertScores(plain, [], () => 0)
})

test('what it cannot take is refused, with what it can', () => {
  const wrong: Partial<AlikeOptions>[] = [
    ...[{ memory: 0 }, { decay: 0 }, { sharpness: 33 }, { popularity: -0.1 }],
  ]
  for (const options of wrong) {
    assert.throws(() => alikeByAttributes(lists, counts, { ...plain, ...options }), {
      code: 'invalid_argument',
      field: Object.keys(options)[0],
    })
  }
  assert.throws(() => alikeByAttributes(lists, [1], plain), {
    message: '[invalid_argument] counts are 1 where there are 5 items',
  })
})
