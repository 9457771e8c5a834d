import { setImmediate as nextTurn } from 'node:timers/promises'
import MiniSearch, { type Options, type SearchOptions } from 'minisearch'
import type { Catalogue } from '../catalogue/catalogue.ts'
import { items } from '../projections/items.ts'
import type { Ordinal } from '../projections/projection.ts'
import type { State } from '../state.ts'
import { type ItemText, itemText } from './item-text.ts'
import { isUnspaced, wordsOf, wordsToFind } from './words.ts'

/** Items by the words of their texts and tags. */
export interface ItemSearch {
  /** Up to `limit` of the items found that `accept` takes, best first, and how many there are. */
  find(typed: string, limit: number, accept: (item: Ordinal) => boolean): Promise<Hits>
}

export interface Hits {
  readonly hits: readonly Hit[]
  readonly total: number
}

export interface Hit {
  readonly item: Ordinal
  /**
   * BM25 of the fields, as MiniSearch sums it (Lv & Zhai, "Lower-bounding term frequency
   * normalization", CIKM 2011), and up to half as much again for how popular the item is.
   */
  readonly score: number
}

export interface ItemSearchOptions {
  readonly state: Pick<State, 'ordinals' | 'watch'>
  readonly catalogue: Catalogue
  /** How much an item pleased; NaN where nobody had an opinion. */
  readonly popularityOf: (item: Ordinal) => number
}

/** Characters put into the index before others have their turn: a millisecond or two of work. */
const sliceLength = 1_024

/** Of what was typed; nobody looks for more at once. */
const wordCountMax = 16

/**
 * The index is made of the catalogue in memory when somebody first searches, in slices that hold
 * nobody up; from then on what changed is put anew before the next search.
 */
export function itemSearch({ state, catalogue, popularityOf }: ItemSearchOptions): ItemSearch {
  const index = new MiniSearch<ItemText>(indexing)
  /** Items below are in the index, but for those that changed since. */
  let reached = 0
  const changed = new Set<Ordinal>()
  state.watch(items, (id) => {
    const item = state.ordinals.of(id)
    if (item !== undefined && item < reached) changed.add(item)
  })

  const put = (item: Ordinal): number => {
    const text = itemText(catalogue, item)
    if (index.has(item)) index.discard(item)
    if (text !== undefined) index.add(text)
    return text === undefined ? 0 : text.title.length + text.texts.length + text.tags.length
  }

  const isBehind = (): boolean => changed.size > 0 || reached < state.ordinals.size

  const work = async (): Promise<void> => {
    let slice = 0
    while (isBehind()) {
      const [again] = changed
      if (again !== undefined) changed.delete(again)
      slice += 1 + put(again ?? reached++)
      if (slice < sliceLength) continue
      slice = 0
      await nextTurn()
    }
  }

  /** The one who is at work, for all who wait. */
  let working: Promise<void> | undefined
  const catchUp = async (): Promise<void> => {
    while (isBehind()) {
      working ??= work().finally(() => (working = undefined))
      await working
    }
  }

  return {
    async find(typed, limit, accept) {
      await catchUp()
      const words = wordsOf(typed).slice(0, wordCountMax)
      if (words.length === 0) return { hits: [], total: 0 }
      const asked = { ...asking(typed, words), filter: ({ id }: { id: Ordinal }) => accept(id) }
      const text = words.join(' ')
      const all = index.search(text, { ...asked, combineWith: 'AND' })
      // Where nothing has all of the words, what has some of them may be what was meant.
      const found = all.length > 0 ? all : index.search(text, { ...asked, combineWith: 'OR' })
      const hits = found.map(({ id, score }): Hit => ({ item: id, score: score * favour(id) }))
      hits.sort((a, b) => b.score - a.score || a.item - b.item)
      return { hits: hits.slice(0, limit), total: hits.length }
    },
  }

  /** Films of one name, or nearly: most people mean the one that most people like. */
  function favour(item: Ordinal): number {
    const popularity = popularityOf(item)
    return popularity > 0 ? 1 + popularity / (popularity + popularityTypical) / 2 : 1
  }
}

/** Earns half of what popularity can earn at all: some 25 likes, hardly a dislike. */
const popularityTypical = 5

const indexing: Options<ItemText> = {
  idField: 'item',
  fields: ['title', 'texts', 'tags'],
  tokenize: (text) => [...wordsToFind(text)],
  processTerm: (word) => word,
}

/** How words are taken: the last may be unfinished, and longer ones mistyped by a letter or two. */
function asking(typed: string, words: readonly string[]): SearchOptions {
  const isOpen = /[\p{L}\p{M}\p{N}]$/u.test(typed)
  return {
    boost: { title: 4, tags: 1, texts: 0.5 },
    tokenize: () => [...words],
    prefix: (word, place) => isUnspaced(word) || (isOpen && place === words.length - 1),
    fuzzy: (word) => (word.length >= 4 && !/\p{N}/u.test(word) ? 0.2 : false),
    maxFuzzy: 2,
  }
}
