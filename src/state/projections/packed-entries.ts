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
}

/**
 * Rounded as the packed form rounds, so that a value in memory equals the value read back. The log
 * knows no minus zero: adding zero takes its sign, so that a replay gives the same bytes.
 */
export function packable(entry: QueueEntry, item: Ordinal): Entry {
  const { sources, run, model } = entry
  const score = Math.fround(entry.score) + 0
  const expiresAt = Math.floor(entry.expiresAt / 1_000) * 1_000
  // Spelled out: a spread costs ten times as much, and a page is made of hundreds.
  return { item, score, sources, run, model, expiresAt }
}

/** What repeats over the entries, by the number that stands for it. */
interface Dictionary {
  readonly sources: readonly string[]
  /** Which sources proposed an entry, in their order: places in `sources`. */
  readonly lists: readonly (readonly number[])[]
  readonly origins: readonly (readonly [run: string, model: string])[]
}

const entryBytes = 16

/**
 * Entries as bytes, behind a JSON header: `[headerBytes u32][header][entries]`, and an entry is
 * `[item u32][score f32][list u16][origin u16][expiry in seconds u32]`, little endian.
 */
export function packEntries<Header>(header: Header, entries: readonly Entry[]): Bytes {
  const lists = numbering<readonly string[]>(sameTexts)
  const origins = numbering<Entry>((one, other) => {
    return one.run === other.run && one.model === other.model
  })
  const packed = new DataView(new ArrayBuffer(entries.length * entryBytes))
  let start = 0
  for (const entry of entries) {
    packed.setUint32(start, entry.item, true)
    packed.setFloat32(start + 4, entry.score, true)
    packed.setUint16(start + 8, lists.of(entry.sources), true)
    packed.setUint16(start + 10, origins.of(entry), true)
    packed.setUint32(start + 12, entry.expiresAt / 1_000, true)
    start += entryBytes
  }
  const sources = numbering<string>((one, other) => one === other)
  const dictionary: Dictionary = {
    sources: sources.words,
    lists: lists.words.map((list) => list.map(sources.of)),
    origins: origins.words.map(({ run, model }) => [run, model]),
  }
  const head = Buffer.from(JSON.stringify([header, dictionary]))
  const bytes = new Uint8Array(4 + head.byteLength + packed.byteLength)
  new DataView(bytes.buffer).setUint32(0, head.byteLength, true)
  bytes.set(head, 4)
  bytes.set(new Uint8Array(packed.buffer), 4 + head.byteLength)
  return bytes
}

export function unpackEntries<Header>(bytes: Bytes): { header: Header; entries: Entry[] } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const headBytes = view.getUint32(0, true)
  const text = Buffer.from(bytes.buffer, bytes.byteOffset + 4, headBytes).toString()
  const [header, dictionary] = JSON.parse(text) as [Header, Dictionary] // Written by `packEntries`.
  const lists = dictionary.lists.map((list) => list.map((place) => dictionary.sources[place]!))
  const count = (bytes.byteLength - 4 - headBytes) / entryBytes
  const entries = Array.from({ length: count }, (_, index): Entry => {
    const start = 4 + headBytes + index * entryBytes
    const [run, model] = dictionary.origins[view.getUint16(start + 10, true)]!
    return {
      item: view.getUint32(start, true),
      score: view.getFloat32(start + 4, true),
      sources: lists[view.getUint16(start + 8, true)]!,
      run,
      model,
      expiresAt: view.getUint32(start + 12, true) * 1_000,
    }
  })
  return { header, entries }
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

function sameTexts(one: readonly string[], other: readonly string[]): boolean {
  if (one.length !== other.length) return false
  for (let place = 0; place < one.length; place++) if (one[place] !== other[place]) return false
  return true
}
