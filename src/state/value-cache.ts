import type { Projection } from './projections/projection.ts'
import type { Key, Write } from './store/store.ts'

/** A value in memory; `undefined` where the store is known to hold none. */
export interface Held {
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
  /** What was found last: an event asks for the same row a dozen times. */
  lastKey: Key
  last: Held | undefined
}

/** Changes handed out to be committed. */
export interface Drain {
  readonly writes: Write[]
  /** The rest of them: they may be made while values go on changing. */
  readonly later: readonly (() => Write)[]
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
 * moves to the young one, and when the young one is full the old one is dropped, at the next turn.
 * That costs one map look-up per read and no bookkeeping.
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

  /**
   * To be called between two pieces of work: what one of them has read is never let go before it is
   * done, however small the cache. Without it nothing is let go at all.
   */
  turn(): void {
    if (this.#youngBytes > this.#sizeBytesMax / 2) this.#age()
  }

  /** True where the value, or its absence, is in memory. */
  has(projection: Projection<unknown>, key: Key): boolean {
    return this.find(projection, key) !== undefined
  }

  get(projection: Projection<unknown>, key: Key): unknown {
    return this.find(projection, key)?.value
  }

  /** The value, or its absence, where either is in memory: both questions for the price of one. */
  find(projection: Projection<unknown>, key: Key): Readonly<Held> | undefined {
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
    this.#put(drawer, key, this.#findOn(drawer, key), value)
  }

  /** Applies a change to the value and returns the new one. Who knows what is held saves a look. */
  fold(
    projection: Projection<unknown>,
    key: Key,
    change: unknown,
    known = this.find(projection, key),
  ): unknown {
    const value = projection.fold(known?.value, change)
    if (known?.dirty) (known as Held).value = value
    else this.#put(this.#drawerOf(projection), key, known as Held | undefined, value)
    return value
  }

  #put(drawer: Drawer, key: Key, found: Held | undefined, value: unknown): void {
    let held = found
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
    const later: (() => Write)[] = []
    for (const [projection, drawer] of this.#drawers) {
      for (const [key, held] of drawer.dirty) {
        held.dirty = false
        const { value } = held
        const write = (): Write => this.#written(projection, key, held, value)
        if (projection.persistent) later.push(write)
        else writes.push(write())
      }
      drawer.leaving = drawer.dirty
      drawer.dirty = new Map()
    }
    this.#dirtyCount = 0
    const done = (): void => {
      for (const drawer of this.#drawers.values()) drawer.leaving = new Map()
    }
    return {
      writes,
      later,
      done,
      undo: () => {
        for (const drawer of this.#drawers.values()) {
          for (const [key, held] of drawer.leaving) this.#markDirty(drawer, key, held)
        }
        done()
      },
    }
  }

  #written(projection: Projection<unknown>, key: Key, held: Held, value: unknown): Write {
    const name = `${projection.name}/${key}`
    if (value === undefined) return { delete: name }
    const bytes = projection.encode(value)
    this.#youngBytes += bytes.byteLength - held.sizeBytes
    held.sizeBytes = bytes.byteLength
    return { put: name, value: bytes }
  }

  #findOn(drawer: Drawer, key: Key): Held | undefined {
    if (key === drawer.lastKey && drawer.last !== undefined) return drawer.last
    const young = drawer.young.get(key)
    const held = young ?? drawer.old.get(key) ?? drawer.dirty.get(key) ?? drawer.leaving.get(key)
    if (held === undefined) return undefined
    if (young === undefined) this.#hold(drawer, key, held)
    drawer.lastKey = key
    drawer.last = held
    return held
  }

  #hold(drawer: Drawer, key: Key, held: Held): void {
    drawer.young.set(key, held)
    this.#youngBytes += held.sizeBytes + overheadBytes
  }

  #age(): void {
    for (const drawer of this.#drawers.values()) {
      drawer.old = drawer.young
      drawer.young = new Map()
      // It would no longer be told from what was let go.
      drawer.last = undefined
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
      drawer = {
        ...{ young: new Map(), old: new Map(), dirty: new Map(), leaving: new Map() },
        ...{ lastKey: '', last: undefined },
      }
      this.#drawers.set(projection, drawer)
    }
    return drawer
  }
}
