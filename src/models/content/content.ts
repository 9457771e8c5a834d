import { invalid } from '../../error.ts'
import type { TrainingRun } from '../model.ts'
import { openPace } from '../pace.ts'
import { type ContentModel, contentModel } from './content-model.ts'
import { keywordsOf, vocabularyOf } from './keywords.ts'
import { wordsOf } from './words.ts'

export interface ContentData {
  /** What can be read of each item. */
  readonly texts: readonly string[]
  /** One per item, where only items of a group may be alike: channels, languages. */
  readonly groups?: Uint32Array
}

export interface ContentOptions extends Partial<TrainingRun> {
  /** Keywords kept per item, 1 to 1,000. */
  readonly keywordCount: number
  /** Words that stand within so many places of each other are linked, 2 to 100. */
  readonly window: number
  /** Words of fewer texts are left out, ≥ 1. */
  readonly textCountMin: number
  /** Words of a larger share of the texts are left out, in (0, 1]. */
  readonly textShareMax: number
}

/** As in system N (N-45): twenty keywords, and links within five places. */
export const contentDefaults = {
  ...{ keywordCount: 20, window: 5, textCountMin: 2, textShareMax: 0.3 },
} as const satisfies ContentOptions

/** Multiply-adds of reading a word, about. */
const workPerWord = 2_000

/**
 * Items by their keywords: the words of a text by TextRank × idf, the best few of each. Rests every
 * few ms. Throws `invalid_argument` for options out of range.
 */
export async function fitContent(
  { texts, groups }: ContentData,
  options: ContentOptions,
): Promise<ContentModel> {
  check(options, texts, groups)
  const { keywordCount, window, signal, onProgress } = options
  const pace = openPace(signal)
  const read: (readonly string[])[] = []
  for (const text of texts) {
    const words = wordsOf(text)
    read.push(words)
    if (pace.due(words.length * workPerWord)) await pace.rest()
  }
  const vocabulary = vocabularyOf(read, options)
  const starts = new Uint32Array(texts.length + 1)
  const [words, weights]: number[][] = [[], []]
  let told = 0
  for (const [item, text] of read.entries()) {
    const keywords = keywordsOf(text, vocabulary, keywordCount, window)
    const length = Math.hypot(...keywords.weights)
    words!.push(...keywords.words)
    for (const weight of keywords.weights) weights!.push(weight / length)
    starts[item + 1] = words!.length
    if (!pace.due(text.length * workPerWord)) continue
    await pace.rest()
    const share = Math.min(0.99, (item + 1) / texts.length)
    if (share > told) onProgress?.((told = share))
  }
  await pace.rest()
  onProgress?.(1)
  return contentModel({
    ...{ vocabulary: vocabulary.words, starts },
    words: Uint32Array.from(words!),
    weights: Float32Array.from(weights!),
    ...(groups !== undefined && { groups }),
  })
}

function check(options: ContentOptions, texts: readonly string[], groups?: Uint32Array): void {
  const { keywordCount, window, textCountMin, textShareMax } = options
  const whole = (name: string, value: number, from: number, to: number): void => {
    if (Number.isInteger(value) && value >= from && value <= to) return
    throw invalid(name, `${value} must be a whole number from ${from} to ${to}`)
  }
  whole('keywordCount', keywordCount, 1, 1_000)
  whole('window', window, 2, 100)
  whole('textCountMin', textCountMin, 1, Number.MAX_SAFE_INTEGER)
  if (!(textShareMax > 0 && textShareMax <= 1)) {
    throw invalid('textShareMax', `${textShareMax} must be > 0 and <= 1`)
  }
  if (groups !== undefined && groups.length !== texts.length) {
    throw invalid('groups', `are ${groups.length} for ${texts.length} texts`)
  }
}
