import type { Timestamp } from '../../events/clock.ts'
import type { QueueEntry } from '../../events/event.ts'
import type { Bytes } from '../store/store.ts'
import type { Ordinal } from './projection.ts'

/**
 * A queue entry inside: its item by ordinal, its score in single precision, its expiry in whole
 * seconds.
 */
export interface Entry {
  readonly item: Ordinal
  readonly score: number
  readonly sources: readonly string[]
  readonly run: string
  readonly model: string
  readonly expiresAt: number
  readonly writer?: string
}

/**
 * Rounded as the packed form rounds, so that a value in memory equals the value read back. The log
 * knows no minus zero: adding zero takes its sign, so that a replay gives the same bytes. Where the
 * entry does not say who wrote it, it was `offeredBy`.
 */
export function packable(entry: QueueEntry, item: Ordinal, offeredBy?: string): Entry {
  const { sources, run, model, writer = offeredBy } = entry
  const score = Math.fround(entry.score) + 0
  const expiresAt = Math.floor(entry.expiresAt / 1_000) * 1_000
  // Spelled out: a spread costs ten times as much, and a page is made of hundreds.
  return writer === undefined
    ? { item, score, sources, run, model, expiresAt }
    : { item, score, sources, run, model, expiresAt, writer }
}

/** What repeats over the entries, by the number that stands for it. */
interface Dictionary {
  readonly sources: readonly string[]
  /** Which sources proposed an entry, in their order: places in `sources`. */
  readonly lists: readonly (readonly number[])[]
  readonly origins: readonly Origin[]
}

type Origin = readonly [run: string, model: string, writer?: string]

const entryBytes = 16

/**
 * Entries in their packed form, in which a queue lies in memory as well: it holds hundreds, of
 * which a page looks at a dozen. Nothing of it changes.
 */
export class PackedEntries implements Iterable<Entry> {
  readonly length: number
  readonly #bytes: Bytes
  readonly #view: DataView
  readonly #lists: readonly (readonly string[])[]
  readonly #origins: readonly Origin[]

  /** `bytes` as in `packEntries`, with the words that stand for its numbers; it may be more. */
  constructor(bytes: Bytes, lists: readonly (readonly string[])[], origins: readonly Origin[]) {
    this.length = bytes.byteLength / entryBytes
    this.#bytes = bytes
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    this.#lists = lists
    this.#origins = origins
  }

  at(place: number): Entry | undefined {
    if (place >= this.length) return undefined
    const view = this.#view
    const start = place * entryBytes
    const [run, model, writer] = this.#origins[view.getUint16(start + 10, true)]!
    const item = view.getUint32(start, true)
    const score = view.getFloat32(start + 4, true)
    const sources = this.#lists[view.getUint16(start + 8, true)]!
    const expiresAt = view.getUint32(start + 12, true) * 1_000
    return writer === undefined
      ? { item, score, sources, run, model, expiresAt }
      : { item, score, sources, run, model, expiresAt, writer }
  }

  *[Symbol.iterator](): Iterator<Entry> {
    for (let place = 0; place < this.length; place++) yield this.at(place)!
  }

  items(): Ordinal[] {
    return Array.from({ length: this.length }, (_, place) => this.#itemAt(place))
  }

  /** Those of other items. */
  without(gone: ReadonlySet<Ordinal>): PackedEntries {
    return this.#those((place) => !gone.has(this.#itemAt(place)))
  }

  /** Those that have not expired. */
  lasting(at: Timestamp): PackedEntries {
    return this.#those((place) => this.#view.getUint32(place * entryBytes + 12, true) * 1_000 > at)
  }

  /** The same bytes as of the entries one by one: words that stand for none are left out. */
  encode<Header>(header: Header): Bytes {
    const lists = renumbering(this.#lists)
    const origins = renumbering(this.#origins)
    const packed = new Uint8Array(this.#bytes)
    const view = new DataView(packed.buffer)
    for (let start = 0; start < packed.byteLength; start += entryBytes) {
      view.setUint16(start + 8, lists.of(view.getUint16(start + 8, true)), true)
      view.setUint16(start + 10, origins.of(view.getUint16(start + 10, true)), true)
    }
    const sources = numbering<string>((one, other) => one === other)
    const dictionary: Dictionary = {
      sources: sources.words,
      lists: lists.words.map((list) => list.map(sources.of)),
      origins: origins.words,
    }
    const head = Buffer.from(JSON.stringify([header, dictionary]))
    const bytes = new Uint8Array(4 + head.byteLength + packed.byteLength)
    new DataView(bytes.buffer).setUint32(0, head.byteLength, true)
    bytes.set(head, 4)
    bytes.set(packed, 4 + head.byteLength)
    return bytes
  }

  #itemAt(place: number): Ordinal {
    return this.#view.getUint32(place * entryBytes, true)
  }

  /** Pages are taken from the front: what is left behind it is no copy. */
  #those(stays: (place: number) => boolean): PackedEntries {
    let first = 0
    while (first < this.length && !stays(first)) first++
    const kept: number[] = []
    for (let place = first; place < this.length; place++) if (stays(place)) kept.push(place)
    if (kept.length === this.length) return this
    const behind = this.#bytes.subarray(first * entryBytes)
    if (kept.length === this.length - first) return this.#of(behind)
    const bytes = new Uint8Array(kept.length * entryBytes)
    for (const [place, from] of kept.entries()) {
      const start = from * entryBytes
      bytes.set(this.#bytes.subarray(start, start + entryBytes), place * entryBytes)
    }
    return this.#of(bytes)
  }

  #of(bytes: Bytes): PackedEntries {
    return new PackedEntries(bytes, this.#lists, this.#origins)
  }
}

export const noEntries = new PackedEntries(new Uint8Array(0), [], [])

/** Packs entries, each as `packable` rounds it. */
export function packed(entries: readonly Entry[]): PackedEntries {
  const lists = numbering<readonly string[]>(sameTexts)
  const origins = numbering<Entry>((one, other) => {
    return one.run === other.run && one.model === other.model && one.writer === other.writer
  })
  const bytes = new Uint8Array(entries.length * entryBytes)
  const view = new DataView(bytes.buffer)
  let start = 0
  for (const entry of entries) {
    view.setUint32(start, entry.item, true)
    view.setFloat32(start + 4, entry.score, true)
    view.setUint16(start + 8, lists.of(entry.sources), true)
    view.setUint16(start + 10, origins.of(entry), true)
    view.setUint32(start + 12, entry.expiresAt / 1_000, true)
    start += entryBytes
  }
  const words = origins.words.map(
    ({ run, model, writer }): Origin =>
      writer === undefined ? [run, model] : [run, model, writer],
  )
  return new PackedEntries(bytes, lists.words, words)
}

/**
 * Entries as bytes, behind a JSON header: `[headerBytes u32][header][entries]`, and an entry is
 * `[item u32][score f32][list u16][origin u16][expiry in seconds u32]`, little endian.
 */
export function packEntries<Header>(header: Header, entries: readonly Entry[]): Bytes {
  return packed(entries).encode(header)
}

export function unpackEntries<Header>(bytes: Bytes): { header: Header; entries: Entry[] } {
  const { header, entries } = readEntries<Header>(bytes)
  return { header, entries: [...entries] }
}

/** As `unpackEntries`, and leaves them packed. */
export function readEntries<Header>(bytes: Bytes): { header: Header; entries: PackedEntries } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const headBytes = view.getUint32(0, true)
  const text = Buffer.from(bytes.buffer, bytes.byteOffset + 4, headBytes).toString()
  const [header, dictionary] = JSON.parse(text) as [Header, Dictionary] // Written by `encode`.
  const lists = dictionary.lists.map((list) => list.map((place) => dictionary.sources[place]!))
  // A copy: what was read is a part of something larger.
  const own = new Uint8Array(bytes.subarray(4 + headBytes))
  return { header, entries: new PackedEntries(own, lists, dictionary.origins) }
}

/**
 * Numbers for words, in the order in which they come: the same entries give the same bytes. Words
 * are few, and neighbours share them: to look through them, the newest first, beats making keys.
 */
function numbering<Word>(same: (one: Word, other: Word) => boolean) {
  const words: Word[] = []
  return {
    words,
    of(word: Word): number {
      for (let number = words.length - 1; number >= 0; number--) {
        if (same(words[number]!, word)) return number
      }
      return words.push(word) - 1
    },
  }
}

/** New numbers for those of the words that are used, in the order in which they are. */
function renumbering<Word>(words: readonly Word[]) {
  const numbers: (number | undefined)[] = []
  const used: Word[] = []
  return {
    words: used,
    of: (number: number): number => (numbers[number] ??= used.push(words[number]!) - 1),
  }
}

function sameTexts(one: readonly string[], other: readonly string[]): boolean {
  if (one.length !== other.length) return false
  for (let place = 0; place < one.length; place++) if (one[place] !== other[place]) return false
  return true
}
