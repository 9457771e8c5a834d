import { topK } from '../../kernel/top-k.ts'
import type { Artifact, HistoryModel } from '../model.ts'
import { joinWeights, readArtifact } from '../weights.ts'

/** What items are about, and so which are alike: known of an item that nobody has met yet. */
export interface ContentModel extends HistoryModel {
  readonly kind: 'content'

  /** The words of an item that weigh most, the heaviest first. */
  keywords(item: number): readonly { readonly word: string; readonly weight: number }[]

  /**
   * The `count` items most like this one, and how much, the most alike first: the cosine of their
   * keywords, in (0, 1]. Of items with groups only those of the item's own.
   */
  similar(item: number, count: number): Similar
}

export interface Similar {
  readonly items: Uint32Array
  readonly similarities: Float32Array
}

/** Item i's keywords stand at starts[i] … starts[i + 1] - 1, the heaviest first. */
export interface ContentParts {
  readonly vocabulary: readonly string[]
  readonly starts: Uint32Array
  readonly words: Uint32Array
  /** Of length 1 over an item's words, taken as a vector. */
  readonly weights: Float32Array
  /** One per item, where only items of a group may be alike: channels, languages. */
  readonly groups?: Uint32Array
}

export function contentModel(parts: ContentParts): ContentModel {
  const { vocabulary, starts, words, weights, groups } = parts
  const itemCount = starts.length - 1
  const holders = holdersOf(parts)

  /** Adds `weight` times the cosine with each item of its group that shares a word. */
  const addSimilar = (item: number, weight: number, scores: Float32Array): void => {
    for (let place = starts[item]!; place < starts[item + 1]!; place++) {
      const word = words[place]!
      const share = weight * weights[place]!
      for (let held = holders.starts[word]!; held < holders.starts[word + 1]!; held++) {
        const other = holders.items[held]!
        if (groups !== undefined && groups[other] !== groups[item]) continue
        scores[other] = scores[other]! + share * holders.weights[held]!
      }
    }
  }

  return {
    kind: 'content',
    itemCount,

    keywords: (item) =>
      Array.from({ length: starts[item + 1]! - starts[item]! }, (_, index) => {
        const place = starts[item]! + index
        return { word: vocabulary[words[place]!]!, weight: weights[place]! }
      }),

    similar(item, count) {
      const scores = new Float32Array(itemCount)
      addSimilar(item, 1, scores)
      const items = topK(scores, count, (other) => other !== item && scores[other]! > 0)
      return { items, similarities: Float32Array.from(items, (other) => scores[other]!) }
    },

    score(items, given) {
      const scores = new Float32Array(itemCount)
      for (const [index, item] of items.entries()) addSimilar(item, given[index]!, scores)
      return scores
    },

    save() {
      const header = {
        ...{ kind: 'content', itemCount, pairCount: words.length },
        ...{ vocabulary: [...vocabulary], grouped: groups === undefined ? 0 : 1 },
      }
      const arrays = [starts, words, weights, ...(groups === undefined ? [] : [groups])]
      return { header, weights: joinWeights(arrays) }
    },
  }
}

/** Throws `failed_precondition` for another kind, and `data_loss` where the bytes don't fit. */
export function loadContent(artifact: Artifact): ContentModel {
  const reader = readArtifact(artifact, 'content')
  const [itemCount, pairCount] = [reader.count('itemCount'), reader.count('pairCount')]
  const parts = {
    vocabulary: reader.texts('vocabulary'),
    starts: reader.uint32(itemCount + 1),
    words: reader.uint32(pairCount),
    weights: reader.float32(pairCount),
    ...(reader.count('grouped') === 1 && { groups: reader.uint32(itemCount) }),
  }
  reader.end()
  return contentModel(parts)
}

/** The same cells with a row per word. */
function holdersOf({ vocabulary, starts, words, weights }: ContentParts) {
  const ends = new Uint32Array(vocabulary.length + 1)
  for (const word of words) ends[word + 1]! += 1
  for (let word = 0; word < vocabulary.length; word++) ends[word + 1]! += ends[word]!
  const next = ends.slice()
  const held = { items: new Uint32Array(words.length), weights: new Float32Array(words.length) }
  for (let item = 0; item + 1 < starts.length; item++) {
    for (let place = starts[item]!; place < starts[item + 1]!; place++) {
      const at = next[words[place]!]!++
      held.items[at] = item
      held.weights[at] = weights[place]!
    }
  }
  return { starts: ends, ...held }
}
