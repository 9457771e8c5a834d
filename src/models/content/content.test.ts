import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { topK } from '../../kernel/top-k.ts'
import { contentDefaults, fitContent } from './content.ts'
import { loadContent } from './content-model.ts'
import { keywordsOf, vocabularyOf } from './keywords.ts'
import { textRank } from './text-rank.ts'
import { wordsOf } from './words.ts'

const texts = [
  'The rocket left the launch pad, and the rocket engine burned for nine minutes.',
  'A new rocket engine was tested at the launch pad at dawn.',
  'The striker scored a late goal while the goalkeeper never saw the ball.',
  'The goalkeeper saved the ball twice until the striker scored.',
  'The parliament passed the budget.',
]
const settings = { ...contentDefaults, textShareMax: 0.5 }

describe('words', () => {
  it('are folded, and neither numbers nor single letters', () => {
    assert.deepEqual(wordsOf('Élan: 3,000 a Straße & O’Neil'), ['elan', 'strasse', 'o’neil'])
  })

  it('are found where no space parts them', () => {
    const words = wordsOf('机器学习改变新闻推荐')
    assert.ok(words.length > 2 && words.length < 10, words.join('|'))
    assert.equal(words.join(''), '机器学习改变新闻推荐')
  })
})

describe('keywords', () => {
  it('rank the middle of a star highest, and the mean is 1', () => {
    const ranks = textRank([0, 1, 0, 2, 0, 3], 2)
    const [middle, ...others] = [0, 1, 2, 3].map((word) => ranks.get(word)!)
    for (const other of others) assert.ok(middle! > other)
    const mean = [...ranks.values()].reduce((sum, rank) => sum + rank, 0) / ranks.size
    assert.ok(Math.abs(mean - 1) < 1e-4, `${mean}`)
  })

  it('are the ten heaviest and not the ten lightest, the heaviest first (B-N21)', () => {
    const words = texts.map(wordsOf)
    const vocabulary = vocabularyOf(words, settings)
    const all = keywordsOf(words[0]!, vocabulary, 100, 5)
    const few = keywordsOf(words[0]!, vocabulary, 2, 5)
    assert.deepEqual([...few.words], [...all.words.subarray(0, 2)])
    assert.deepEqual(
      [...all.weights],
      [...all.weights].sort((one, other) => other - one),
    )
    assert.equal(vocabulary.words[few.words[0]!], 'rocket')
    assert.ok(few.topics.every((word) => few.words.includes(word)))
  })
})

describe('content', () => {
  it('puts the most alike first, by a cosine that a known pair has (B-N27)', async () => {
    const model = await fitContent({ texts: [...texts, texts[0]!] }, settings)
    const { items, similarities } = model.similar(0, 3)
    assert.deepEqual([...items], [5, 1])
    assert.ok(Math.abs(similarities[0]! - 1) < 1e-6, 'a text is wholly like itself')
    assert.ok(similarities[1]! > 0 && similarities[1]! < 1)
    assert.deepEqual([...model.similar(2, 9).items], [3])
    assert.deepEqual([...model.similar(4, 9).items], [], 'shares no word with any')
  })

  it('keeps to the group where there are groups', async () => {
    const groups = Uint32Array.of(0, 1, 0, 0, 1)
    const model = await fitContent({ texts, groups }, settings)
    assert.deepEqual([...model.similar(0, 9).items], [])
    assert.deepEqual([...model.similar(2, 9).items], [3])
  })

  it('scores what is like the history, and keeps its bits when it is saved', async () => {
    const groups = new Uint32Array(5)
    const model = await fitContent({ texts, groups }, settings)
    const scores = model.score(Uint32Array.of(2), Float32Array.of(2))
    assert.deepEqual([...topK(scores, 2)], [2, 3], 'what was met is wholly like itself')
    const loaded = loadContent(model.save())
    assert.deepEqual(loaded.score(Uint32Array.of(2), Float32Array.of(2)), scores)
    assert.deepEqual(loaded.keywords(0), model.keywords(0))
  })

  it('refuses what is out of range, and stops when told', async () => {
    const refused = (options: object, field: string) =>
      assert.rejects(fitContent({ texts }, { ...settings, ...options }), {
        code: 'invalid_argument',
        field,
      })
    await refused({ keywordCount: 0 }, 'keywordCount')
    await refused({ window: 1 }, 'window')
    await refused({ textShareMax: 0 }, 'textShareMax')
    const reason = new Error('enough')
    const run = { seed: 1, signal: AbortSignal.abort(reason) }
    await assert.rejects(fitContent({ texts }, { ...settings, ...run }), reason)
  })
})
