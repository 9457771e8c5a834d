import { foldedText } from '../../kernel/folded-text.ts'

/** Scripts that are written without spaces between the words. */
const scripts = ['Han', 'Hiragana', 'Katakana', 'Thai', 'Lao', 'Khmer', 'Myanmar']
const unspaced = new RegExp(`[${scripts.map((name) => `\\p{Script=${name}}`).join('')}]`, 'u')

/** An apostrophe parts no word: people type "oceans" for "ocean's". */
const apostrophes = /['’ʼ]/g

/** Knows words by a dictionary, which comes with Node; the locale matters little to it. */
const segmenter = new Intl.Segmenter('zh', { granularity: 'word' })

/** The words of a text, folded, in their order. */
export function wordsOf(text: string): readonly string[] {
  const runs = foldedText(text)
    .replace(apostrophes, '')
    .split(/[^\p{L}\p{M}\p{N}]+/u)
  const words: string[] = []
  for (const run of runs) {
    if (run === '') continue
    if (!unspaced.test(run)) words.push(run)
    else for (const { segment } of segmenter.segment(run)) words.push(segment)
  }
  return words
}

/**
 * The words that a text is found by. A word without spaces around it may be a saying of four
 * letters of which people type the last two, so its ends are words as well.
 */
export function wordsToFind(text: string): readonly string[] {
  return wordsOf(text).flatMap((word) => {
    const letters = isUnspaced(word) ? [...word] : []
    const ends = letters.slice(1).map((_, index) => letters.slice(index + 1).join(''))
    return [word, ...ends]
  })
}

/** Is it a word of a script without spaces, where even one letter may be a word? */
export function isUnspaced(word: string): boolean {
  return unspaced.test(word)
}
