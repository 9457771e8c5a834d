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

/** Rounded as the packed form rounds, so that a value in memory equals the value read back. */
export function packable(entry: QueueEntry, item: Ordinal): Entry {
  const expiresAt = Math.floor(entry.expiresAt / 1_000) * 1_000
  return { ...entry, item, score: Math.fround(entry.score), expiresAt }
}

/** Words that repeat over the entries, by the number that stands for them. */
interface Dictionary {
  readonly sources: readonly string[]
  readonly origins: readonly (readonly [run: string, model: string])[]
}

const entryBytes = 18

/**
 * Entries as bytes, behind a JSON header: `[headerBytes u32][header][entries]`, and an entry is
 * `[item u32][score f32][sources u32, a bit each][origin u16][expiry in seconds u32]`.
 */
export function packEntries<Header>(header: Header, entries: readonly Entry[]): Bytes {
  const sources = new Map<string, number>()
  const origins = new Map<string, number>()
  const dictionary = { sources: [] as string[], origins: [] as [string, string][] }
  const sourceBit = (name: string): number => {
    let bit = sources.get(name)
    if (bit === undefined) {
      bit = dictionary.sources.push(name) - 1
      sources.set(name, bit)
    }
    return bit
  }
  const originOf = ({ run, model }: Entry): number => {
    const key = `${run}\n${model}`
    let origin = origins.get(key)
    if (origin === undefined) {
      origin = dictionary.origins.push([run, model]) - 1
      origins.set(key, origin)
    }
    return origin
  }
  const packed = new DataView(new ArrayBuffer(entries.length * entryBytes))
  for (const [index, entry] of entries.entries()) {
    const start = index * entryBytes
    let bits = 0
    for (const name of entry.sources) bits |= 1 << sourceBit(name)
    packed.setUint32(start, entry.item, true)
    packed.setFloat32(start + 4, entry.score, true)
    packed.setUint32(start + 8, bits, true)
    packed.setUint16(start + 12, originOf(entry), true)
    packed.setUint32(start + 14, entry.expiresAt / 1_000, true)
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
  const count = (bytes.byteLength - 4 - headBytes) / entryBytes
  const entries = Array.from({ length: count }, (_, index): Entry => {
    const start = 4 + headBytes + index * entryBytes
    const bits = view.getUint32(start + 8, true)
    const [run, model] = dictionary.origins[view.getUint16(start + 12, true)]!
    return {
      item: view.getUint32(start, true),
      score: view.getFloat32(start + 4, true),
      sources: dictionary.sources.filter((_name, bit) => (bits & (1 << bit)) !== 0),
      run,
      model,
      expiresAt: view.getUint32(start + 14, true) * 1_000,
    }
  })
  return { header, entries }
}
