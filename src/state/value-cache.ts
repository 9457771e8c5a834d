import type { Projection } from './projections/projection.ts'
import type { Key, Write } from './store/store.ts'

/** A value in memory; `undefined` where the store is known to hold none. */
interface Held {
  value: unknown
  sizeBytes: number
  dirty: boolean
}

/** Changes handed out to be committed. */
export interface Drain {
  readonly writes: Write[]
  /** To be called when they are committed. */
  readonly done: () => void
  /** To be called when they are not. */
  readonly undo: () => void
}

/** Assumed size of a value that was never encoded. */
const sizeBytesGuess = 256

/** What it costs to hold a value at all, be it absent: key, object and two map entries. */
const overheadBytes = 160

/**
 * The values in memory: those that changed since the last commit, which must stay, and those read
 * lately, which may go. Two generations stand in for a recency list: a value found in the old one
 * moves to the young one, and when the young one is full the old one is dropped. That costs one map
 * look-up per read and no bookkeeping.
 */
export class ValueCache {
  readonly #sizeBytesMax: number
  #young = new Map<Projection<unknown>, Map<Key, Held>>()
  #old = new Map<Projection<unknown>, Map<Key, Held>>()
  #youngBytes = 0
  #dirty = new Map<Projection<unknown>, Map<Key, Held>>()
  #dirtyCount = 0
  /** What a commit under way is writing: found here until the store itself can tell it. */
  #leaving = new Map<Projection<unknown>, Map<Key, Held>>()

  constructor(sizeBytesMax: number) {
    this.#sizeBytesMax = sizeBytesMax
  }

  get dirtyCount(): number {
    return this.#dirtyCount
  }

  /** True where the value, or its absence, is in memory. */
  has(projection: Projection<unknown>, key: Key): boolean {
    return this.#find(projection, key) !== undefined
  }

  get(projection: Projection<unknown>, key: Key): unknown {
    return this.#find(projection, key)?.value
  }

  /** Holds what the store said, unless something newer is held already. */
  fill(projection: Projection<unknown>, key: Key, value: unknown, sizeBytes: number): void {
    if (this.#find(projection, key) === undefined) {
      this.#hold(projection, key, { value, sizeBytes, dirty: false })
    }
  }

  set(projection: Projection<unknown>, key: Key, value: unknown): void {
    let held = this.#find(projection, key)
    if (held === undefined) {
      held = { value, sizeBytes: sizeBytesGuess, dirty: false }
      this.#hold(projection, key, held)
    }
    held.value = value
    this.#markDirty(projection, key, held)
  }

  /**
   * The changes as writes; they count as clean from here on, and stay in memory until the commit is
   * `done`. Where it fails, `undo` makes them dirty again unless they changed anew. One at a time.
   */
  drain(): Drain {
    const drained = this.#dirty
    const writes: Write[] = []
    for (const [projection, keys] of drained) {
      for (const [key, held] of keys) {
        held.dirty = false
        const name = `${projection.name}/${key}`
        if (held.value === undefined) {
          writes.push({ delete: name })
          continue
        }
        const value = projection.encode(held.value)
        this.#youngBytes += value.byteLength - held.sizeBytes
        held.sizeBytes = value.byteLength
        writes.push({ put: name, value })
      }
    }
    this.#leaving = drained
    this.#dirty = new Map()
    this.#dirtyCount = 0
    const done = (): void => {
      this.#leaving = new Map()
    }
    return {
      writes,
      done,
      undo: () => {
        for (const [projection, keys] of drained) {
          for (const [key, held] of keys) this.#markDirty(projection, key, held)
        }
        done()
      },
    }
  }

  #find(projection: Projection<unknown>, key: Key): Held | undefined {
    const young = this.#young.get(projection)?.get(key)
    if (young !== undefined) return young
    const aged =
      this.#old.get(projection)?.get(key) ??
      this.#dirty.get(projection)?.get(key) ??
      this.#leaving.get(projection)?.get(key)
    if (aged !== undefined) this.#hold(projection, key, aged)
    return aged
  }

  #hold(projection: Projection<unknown>, key: Key, held: Held): void {
    if (this.#youngBytes > this.#sizeBytesMax / 2) {
      this.#old = this.#young
      this.#young = new Map()
      this.#youngBytes = 0
    }
    let keys = this.#young.get(projection)
    if (keys === undefined) this.#young.set(projection, (keys = new Map()))
    keys.set(key, held)
    this.#youngBytes += held.sizeBytes + overheadBytes
  }

  #markDirty(projection: Projection<unknown>, key: Key, held: Held): void {
    if (held.dirty) return
    held.dirty = true
    let keys = this.#dirty.get(projection)
    if (keys === undefined) this.#dirty.set(projection, (keys = new Map()))
    keys.set(key, held)
    this.#dirtyCount++
  }
}
