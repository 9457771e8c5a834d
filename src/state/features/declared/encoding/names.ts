import { hashText } from '../../../../kernel/hash.ts'

/** The place of a name in a list of words, from 1; 0 for any other. */
export function placesOf(words: readonly string[]): (name: string) => number {
  const places = new Map(words.map((word, place) => [word, place + 1]))
  return (name) => places.get(name) ?? 0
}

/** 1 to `buckets` by the hash of the name; 0 for none. */
export function hashed(buckets: number, seed: string): (name: string) => number {
  return (name) => (name === '' ? 0 : 1 + (hashText(`${seed}/${name}`).low % buckets))
}

/** What a name brings into a cross: 32 bits, and `absentHash` for none. */
export function crossHash(name: string, seed: string): number {
  if (name === '') return absentHash
  const { low } = hashText(`${seed}/${name}`)
  return low === absentHash ? 1 : low
}

const absentHash = 0

/**
 * 1 to `buckets` for a combination of hashes, in their order; 0 where any is absent. Mixed after
 * each, so that those of a and b are not those of b and a.
 */
export function crossed(hashes: readonly number[], buckets: number): number {
  let mixed = 0x9e3779b9
  for (const hash of hashes) {
    if (hash === absentHash) return 0
    mixed = Math.imul(mixed ^ hash, 0x85ebca6b)
    mixed ^= mixed >>> 15
    mixed = Math.imul(mixed, 0xc2b2ae35)
    mixed ^= mixed >>> 13
  }
  return 1 + ((mixed >>> 0) % buckets)
}
