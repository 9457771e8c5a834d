import { foldedText } from '../../kernel/folded-text.ts'

const segmenter = new Intl.Segmenter('und', { granularity: 'word' })

/** A single letter tells nothing; a single ideograph is a word. */
const tooShort = /^[^\p{Ideographic}]$/u
const number = /^[\p{N}.,]+$/u

/**
 * The words of a text in their order, folded; numbers and single letters are none. Texts without
 * spaces between words are cut by dictionary (UAX 29, and ICU's dictionaries for Chinese, Japanese
 * and Thai).
 */
export function wordsOf(text: string): readonly string[] {
  const words: string[] = []
  for (const { segment, isWordLike } of segmenter.segment(text)) {
    if (isWordLike !== true || number.test(segment)) continue
    const word = foldedText(segment)
    if (!tooShort.test(word)) words.push(word)
  }
  return words
}
