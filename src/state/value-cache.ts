import type { Projection } from './projections/projection.ts'
import type { Key, Write } from './store/store.ts'

/** A value in memory; `undefined` where the store is known to hold none. */
interface Held {
  value: unknown
  sizeBytes: number
  dirty: boolean
}

/** The values of one projection. Each map may hold what the others hold as well. */
interface Drawer {
  young: Map<Key, Held>
  old: Map<Key, Held>
  dirty: Map<Key, Held>
  /** What a commit under way is writing: found here until the store itself can tell it. */
  leaving: Map<Key, Held>
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
  readonly #drawers = new Map<Projection<unknown>, Drawer>()
  #youngBytes = 0
  #dirtyCount = 0

  constructor(sizeBytesMax: number) {
    this.#sizeBytesMax = sizeBytesMax
  }

  get dirtyCount(): number {
    return this.#dirtyCount
  }

  /** True where the value, or its absence, is in memory. */
  has(projection: Projection<unknown>, key: Key): boolean {
    return this.find(projection, key) !== undefined
  }

  get(projection: Projection<unknown>, key: Key): unknown {
    return this.find(projection, key)?.value
  }

  /** The value, or its absence, where either is in memory: both questions for the price of one. */
  find(projection: Projection<unknown>, key: Key): { readonly value: unknown } | undefined {
    return this.#findOn(this.#drawerOf(projection), key)
  }

  /** Holds what the store said, unless something newer is held already. */
  fill(projection: Projection<unknown>, key: Key, value: unknown, sizeBytes: number): void {
    const drawer = this.#drawerOf(projection)
    if (this.#findOn(drawer, key) === undefined) {
      this.#hold(drawer, key, { value, sizeBytes, dirty: false })
    }
  }

  set(projection: Projection<unknown>, key: Key, value: unknown): void {
    const drawer = this.#drawerOf(projection)
    let held = this.#findOn(drawer, key)
    if (held === undefined) {
      held = { value, sizeBytes: sizeBytesGuess, dirty: false }
      this.#hold(drawer, key, held)
    }
    held.value = value
    this.#markDirty(drawer, key, held)
  }

  /**
   * The changes as writes; they count as clean from here on, and stay in memory until the commit is
   * `done`. Where it fails, `undo` makes them dirty again unless they changed anew. One at a time.
   */
  drain(): Drain {
    const writes: Write[] = []
    for (const [projection, drawer] of this.#drawers) {
      for (const [key, held] of drawer.dirty) writes.push(this.#written(projection, key, held))
      drawer.leaving = drawer.dirty
      drawer.dirty = new Map()
    }
    this.#dirtyCount = 0
    const done = (): void => {
      for (const drawer of this.#drawers.values()) drawer.leaving = new Map()
    }
    return {
      writes,
      done,
      undo: () => {
        for (const drawer of this.#drawers.values()) {
          for (const [key, held] of drawer.leaving) this.#markDirty(drawer, key, held)
        }
        done()
      },
    }
  }

  #written(projection: Projection<unknown>, key: Key, held: Held): Write {
    held.dirty = false
    const name = `${projection.name}/${key}`
    if (held.value === undefined) return { delete: name }
    const value = projection.encode(held.value)
    this.#youngBytes += value.byteLength - held.sizeBytes
    held.sizeBytes = value.byteLength
    return { put: name, value }
  }

  #findOn(drawer: Drawer, key: Key): Held | undefined {
    const young = drawer.young.get(key)
    if (young !== undefined) return young
    const aged = drawer.old.get(key) ?? drawer.dirty.get(key) ?? drawer.leaving.get(key)
    if (aged !== undefined) this.#hold(drawer, key, aged)
    return aged
  }

  #hold(drawer: Drawer, key: Key, held: Held): void {
    if (this.#youngBytes > this.#sizeBytesMax / 2) this.#age()
    drawer.young.set(key, held)
    this.#youngBytes += held.sizeBytes + overheadBytes
  }

  #age(): void {
    for (const drawer of this.#drawers.values()) {
      drawer.old = drawer.young
      drawer.young = new Map()
    }
    this.#youngBytes = 0
  }

  #markDirty(drawer: Drawer, key: Key, held: Held): void {
    if (held.dirty) return
    held.dirty = true
    drawer.dirty.set(key, held)
    this.#dirtyCount++
  }

  #drawerOf(projection: Projection<unknown>): Drawer {
    let drawer = this.#drawers.get(projection)
    if (drawer === undefined) {
      drawer = { young: new Map(), old: new Map(), dirty: new Map(), leaving: new Map() }
      this.#drawers.set(projection, drawer)
    }
    return drawer
  }
}
