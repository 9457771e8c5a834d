import { grown } from '../../../kernel/lists/grown.ts'

/** A topic's number in a table. */
export type TopicId = number

/** A topic that items of a channel have: what an interest is an interest in. */
export interface Topic {
  /** Empty for items without a channel. */
  readonly channel: string
  /** The tags attribute: genres, keywords, cast. */
  readonly attribute: string
  readonly tag: string
}

/** Topics numbered in one table; beyond it another is begun. */
const topicCountMax = 2 ** 17

/**
 * Numbers for topics, and for the words that they are made of. A profile is a hundred topics, and
 * every deed asks it for some thirty: numbers are found by looking into arrays, where texts had to
 * be hashed and compared.
 */
export class TopicTable {
  readonly #words = new Map<string, number>()
  readonly #texts: string[] = []
  /** Channel, attribute and tag of each topic, as words. */
  #parts = new Uint32Array(3 * 1_024)
  /** Where topics are found by their parts: a topic and 1, or 0; never more than half full. */
  #slots = new Uint32Array(2 * 1_024)
  #count = 0
  /** One mark per topic, for whoever goes through two lists of them: 0 whenever nobody does. */
  marks = new Uint32Array(1_024)
  /** The same for words. */
  wordMarks = new Uint32Array(1_024)

  get isFull(): boolean {
    return this.#count >= topicCountMax
  }

  word(text: string): number {
    let word = this.#words.get(text)
    if (word === undefined) {
      word = this.#texts.push(text) - 1
      this.#words.set(text, word)
      if (word === this.wordMarks.length) this.wordMarks = grown(this.wordMarks, word + 1)
    }
    return word
  }

  text(word: number): string {
    return this.#texts[word]!
  }

  /** The topic of these words. */
  of(channel: number, attribute: number, tag: number): TopicId {
    const parts = this.#parts
    let slot = this.#slotOf(channel, attribute, tag)
    for (;;) {
      const topic = this.#slots[slot]! - 1
      if (topic < 0) return this.#added(slot, channel, attribute, tag)
      const at = topic * 3
      if (parts[at + 2] === tag && parts[at] === channel && parts[at + 1] === attribute) {
        return topic
      }
      slot = (slot + 1) & (this.#slots.length - 1)
    }
  }

  channelOf(topic: TopicId): number {
    return this.#parts[topic * 3]!
  }

  attributeOf(topic: TopicId): number {
    return this.#parts[topic * 3 + 1]!
  }

  tagOf(topic: TopicId): number {
    return this.#parts[topic * 3 + 2]!
  }

  topic(topic: TopicId): Topic {
    return {
      channel: this.text(this.channelOf(topic)),
      attribute: this.text(this.attributeOf(topic)),
      tag: this.text(this.tagOf(topic)),
    }
  }

  /** The same topic, numbered in another table. */
  moved(topic: TopicId, to: TopicTable): TopicId {
    const { channel, attribute, tag } = this.topic(topic)
    return to.of(to.word(channel), to.word(attribute), to.word(tag))
  }

  #added(slot: number, channel: number, attribute: number, tag: number): TopicId {
    const topic = this.#count++
    let free = slot
    if (topic === this.marks.length) {
      this.#grow(topic)
      free = this.#freeSlot(channel, attribute, tag)
    }
    this.#parts.set([channel, attribute, tag], topic * 3)
    this.#slots[free] = topic + 1
    return topic
  }

  #grow(count: number): void {
    this.marks = grown(this.marks, count + 1)
    this.#parts = grown(this.#parts, 3 * (count + 1))
    this.#slots = new Uint32Array(this.#slots.length * 2)
    for (let topic = 0; topic < count; topic++) {
      const free = this.#freeSlot(this.channelOf(topic), this.attributeOf(topic), this.tagOf(topic))
      this.#slots[free] = topic + 1
    }
  }

  #freeSlot(channel: number, attribute: number, tag: number): number {
    let slot = this.#slotOf(channel, attribute, tag)
    while (this.#slots[slot] !== 0) slot = (slot + 1) & (this.#slots.length - 1)
    return slot
  }

  #slotOf(channel: number, attribute: number, tag: number): number {
    let hash = Math.imul(tag, 0x9e3779b1) ^ Math.imul(channel, 0x85ebca6b)
    hash ^= Math.imul(attribute, 0xc2b2ae35)
    return (hash ^ (hash >>> 15)) & (this.#slots.length - 1)
  }
}

/**
 * The table that new topics are numbered in. Where it is full it is left to the profiles in memory
 * that were made by it, and goes with them: a profile that is changed moves to the newest.
 */
export function topicTable(): TopicTable {
  if (newest.isFull) newest = new TopicTable()
  return newest
}

let newest = new TopicTable()
