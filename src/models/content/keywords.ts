import { topK } from '../../kernel/top-k.ts'
import { textRank } from './text-rank.ts'

/** The words that occur in a collection of texts, and how much each tells. */
export interface Vocabulary {
  /** The words by their ids, in order of the alphabet. */
  readonly words: readonly string[]
  idOf(word: string): number | undefined
  /** ln(texts / texts with the word), by id: what every text holds tells nothing. */
  readonly idf: Float32Array
}

export interface VocabularyOptions {
  /** Words of fewer texts are none: misspelt, or too rare to be shared. */
  readonly textCountMin: number
  /** Words of a larger share of the texts are none: articles, prepositions. */
  readonly textShareMax: number
}

export function vocabularyOf(
  texts: readonly (readonly string[])[],
  { textCountMin, textShareMax }: VocabularyOptions,
): Vocabulary {
  const counts = new Map<string, number>()
  for (const text of texts) {
    for (const word of new Set(text)) counts.set(word, (counts.get(word) ?? 0) + 1)
  }
  const kept = [...counts].filter(
    ([, count]) => count >= textCountMin && count <= textShareMax * texts.length,
  )
  const words = kept.map(([word]) => word).sort()
  return vocabularyFrom(
    words,
    Float32Array.from(words, (word) => Math.log(texts.length / counts.get(word)!)),
  )
}

function vocabularyFrom(words: readonly string[], idf: Float32Array): Vocabulary {
  const ids = new Map(words.map((word, id) => [word, id]))
  return { words, idf, idOf: (word) => ids.get(word) }
}

/** What a text is about. */
export interface Keywords {
  /** Ids of the words that weigh most, the heaviest first, and their weights > 0. */
  readonly words: Uint32Array
  readonly weights: Float32Array
  /** Those that are among the best by TF-IDF as well as by TextRank. */
  readonly topics: Uint32Array
}

/**
 * The `count` words of a text that weigh most, a word's weight being its TextRank times its idf.
 * `text` holds the words in their order; those that the vocabulary lacks only part others.
 */
export function keywordsOf(
  text: readonly string[],
  { idf, idOf }: Vocabulary,
  count: number,
  window: number,
): Keywords {
  const known = text.flatMap((word) => idOf(word) ?? [])
  const times = new Map<number, number>()
  for (const word of known) times.set(word, (times.get(word) ?? 0) + 1)
  const ranks = textRank(known, window)
  // In order of their ids, so that equal weights are told apart the same way in every text.
  const words = [...times.keys()].sort((one, other) => one - other)
  const weights = Float32Array.from(words, (word) => ranks.get(word)! * idf[word]!)
  const best = topK(weights, count, (place) => weights[place]! > 0)
  const byFrequency = topK(
    words.map((word) => times.get(word)! * idf[word]!),
    count,
  )
  const frequent = new Set(byFrequency)
  return {
    words: best.map((place) => words[place]!),
    weights: Float32Array.from(best, (place) => weights[place]!),
    topics: best.filter((place) => frequent.has(place)).map((place) => words[place]!),
  }
}
