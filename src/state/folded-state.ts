import { broken } from '../error.ts'
import type { Event } from '../events/event.ts'
import type { Offset } from '../events/log/event-log.ts'
import { loadOrdinals, type OrdinalIndex } from './ordinal-index.ts'
import { decodeJson, encodeJson } from './projections/json-value.ts'
import {
  type Known,
  keySeparator,
  type Need,
  type Past,
  type Projection,
} from './projections/projection.ts'
import { loadRows, type ResidentRows } from './resident-rows.ts'
import type { State } from './state.ts'
import type { Key, Store, Write } from './store/store.ts'
import type { Table } from './tables/table.ts'
import { ValueCache } from './value-cache.ts'

export interface StateOptions {
  readonly store: Store
  readonly projections: readonly Projection<unknown>[]
  readonly tables: readonly Table[]
  /** Bytes of encoded values kept in memory, about; decoded ones weigh a few times more. */
  readonly cacheBytes?: number
}

/** The row that says how far the state has come, and of what it is made. */
export const metaKey = 'meta/state'
const cacheBytesDefault = 16 * 2 ** 20

interface Meta {
  readonly offset: Offset
  /** Versions of all projections and tables: others are another state, built anew from the log. */
  readonly versions: Readonly<Record<string, number>>
}

/**
 * Opens the state as the last checkpoint left it; empty where its projections have changed since.
 */
export async function openState(options: StateOptions): Promise<State> {
  const { store, projections, tables } = options
  const versions = Object.fromEntries(
    [...projections, ...tables].map((fold) => [fold.name, fold.version]),
  )
  const [bytes] = await store.get([metaKey])
  const meta = bytes && decodeJson<Meta>(bytes)
  const known = meta !== undefined && holds(meta.versions, versions)
  // Rows without a meta row are what a crash left of a state that was being cleared.
  if (!known) await clear(store)
  const offset = known ? meta.offset : 0
  const ordinals = await loadOrdinals(store)
  const rows = new Map<Table, ResidentRows>()
  for (const table of tables) rows.set(table, await loadRows(store, table))
  const cacheBytes = options.cacheBytes ?? cacheBytesDefault
  return new FoldedState({ store, projections, rows, ordinals, versions, offset, cacheBytes })
}

interface Parts {
  readonly store: Store
  readonly projections: readonly Projection<unknown>[]
  readonly rows: ReadonlyMap<Table, ResidentRows>
  readonly ordinals: OrdinalIndex
  readonly versions: Meta['versions']
  readonly offset: Offset
  readonly cacheBytes: number
}

type Watcher = (key: Key, value: unknown) => void

/** Folds one event at a time, in order; reads may come in between, and see whole events only. */
class FoldedState implements State {
  readonly #parts: Parts
  readonly #cache: ValueCache
  readonly #past: Past
  readonly #watchers = new Map<Projection<unknown>, Watcher[]>()
  readonly #rowWatchers = new Map<Table, ((ordinal: number) => void)[]>()
  #offset: Offset
  /** The tail of the chain of folds and checkpoints: each waits for the one before. */
  #turn: Promise<void> = Promise.resolve()
  #commits = 0
  /** The commit under way, if any: settled otherwise. */
  #committing: Promise<void> = Promise.resolve()

  constructor(parts: Parts) {
    this.#parts = parts
    this.#offset = parts.offset
    this.#cache = new ValueCache(parts.cacheBytes)
    this.#past = {
      ordinal: (item) => {
        const ordinal = parts.ordinals.of(item)
        if (ordinal === undefined) throw broken(`${item} is not an item of the event`)
        return ordinal
      },
      get: <Value>(projection: Projection<Value>, key: Key) => {
        const held = this.#cache.find(projection, key)
        if (held === undefined) throw unannounced(projection, key)
        return held.value as Value | undefined // Filled by its own decode.
      },
    }
  }

  get offset(): Offset {
    return this.#offset
  }

  get ordinals(): OrdinalIndex {
    return this.#parts.ordinals
  }

  get dirtyCount(): number {
    let count = this.#cache.dirtyCount
    for (const rows of this.#parts.rows.values()) count += rows.dirtyCount
    return count
  }

  fold(first: Offset, events: readonly (Event | undefined)[]): Promise<void> {
    return this.#inTurn(async () => {
      if (first !== this.#offset) throw broken(`fold of ${first} when ${this.#offset} is next`)
      for (const event of events) {
        if (event !== undefined) await this.#foldOne(event)
        this.#offset++
      }
    })
  }

  async read(needs: readonly Need[]): Promise<Known> {
    const missing = this.#missing(needs)
    if (missing.length > 0) await this.#load(missing)
    const held = new Map<Projection<unknown>, Map<Key, unknown>>()
    for (const { projection, key } of needs) {
      let keys = held.get(projection)
      if (keys === undefined) held.set(projection, (keys = new Map()))
      keys.set(key, this.#cache.get(projection, key))
    }
    return {
      get: <Value>(projection: Projection<Value>, key: Key) => {
        const keys = held.get(projection)
        if (keys === undefined || !keys.has(key)) throw unannounced(projection, key)
        return keys.get(key) as Value | undefined // Filled by its own decode.
      },
    }
  }

  async *scan<Value>(
    projection: Projection<Value>,
    prefix = '',
  ): AsyncIterable<readonly [Key, Value]> {
    const start = projection.name.length + 1
    for await (const batch of this.#parts.store.scan(`${projection.name}/${prefix}`)) {
      for (const [key, bytes] of batch) yield [key.slice(start), projection.decode(bytes)]
    }
  }

  rows(table: Table): ResidentRows {
    const rows = this.#parts.rows.get(table)
    if (rows === undefined) throw broken(`the state holds no table ${table.name}`)
    return rows
  }

  watch<Value>(
    projection: Projection<Value>,
    seen: (key: Key, value: Value | undefined) => void,
  ): void {
    // Called only with values of this projection.
    append(this.#watchers, projection, seen as Watcher)
  }

  watchRows(table: Table, seen: (ordinal: number) => void): void {
    append(this.#rowWatchers, table, seen)
  }

  async checkpoint(): Promise<void> {
    await settled(this.#committing)
    let commit: Promise<void> | undefined
    // What is written is taken between two events; the writing itself holds up no fold.
    await this.#inTurn(async () => {
      await settled(this.#committing)
      commit = this.#commit()
    })
    await commit
  }

  shed(): Promise<void> {
    return this.#inTurn(async () => {
      await settled(this.#committing)
      await this.#commit()
      await this.#parts.store.shed()
    })
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.checkpoint()
  }

  #inTurn(work: () => Promise<void>): Promise<void> {
    const done = this.#turn.then(work)
    this.#turn = done.catch(() => undefined)
    return done
  }

  async #foldOne(event: Event): Promise<void> {
    const { projections, rows, ordinals } = this.#parts
    const happening = { offset: this.#offset, event }
    ordinals.admit(event)

    const reads: Need[] = []
    for (const { reads: announce } of projections) if (announce) reads.push(...announce(event))
    for (const { reads: announce } of rows.keys()) if (announce) reads.push(...announce(event))
    const unread = this.#missing(reads)
    if (unread.length > 0) await this.#load(unread)

    // All changes are worked out before any is applied: they look at the past, not at each other.
    const changes: (Need & { readonly change: unknown })[] = []
    for (const projection of projections) {
      for (const [key, change] of projection.changes(happening, this.#past)) {
        changes.push({ projection, key, change })
      }
    }
    const rowChanges = Array.from(rows.keys(), (table) => table.changes(happening, this.#past))
    // What is known of a user tells which items they are to be taken out of, and is removed then.
    if (event.type === 'erase') await this.#erase(event.user)
    const unheld = this.#missing(changes)
    if (unheld.length > 0) await this.#load(unheld)

    for (const { projection, key, change } of changes) {
      this.#set(projection, key, projection.fold(this.#cache.get(projection, key), change))
    }
    let index = 0
    for (const [table, resident] of rows) {
      for (const [ordinal, change] of rowChanges[index++]!) {
        resident.fold(ordinal, change)
        for (const seen of this.#rowWatchers.get(table) ?? []) seen(ordinal)
      }
    }
  }

  #set(projection: Projection<unknown>, key: Key, value: unknown): void {
    this.#cache.set(projection, key, value)
    for (const seen of this.#watchers.get(projection) ?? []) seen(key, value)
  }

  /** Removes all that is keyed by the user, or says that it is theirs. */
  async #erase(user: string): Promise<void> {
    await settled(this.#committing)
    await this.#commit()
    for (const projection of this.#parts.projections) {
      const { keyBy, owner } = projection
      if (keyBy !== 'user' && owner === undefined) continue
      for await (const [key, value] of this.scan(projection, owner === undefined ? user : '')) {
        const byKey = keyBy === 'user' && (key === user || key.startsWith(user + keySeparator))
        const theirs = byKey || owner?.(value) === user
        if (!theirs) continue
        await this.#load([{ projection, key }])
        this.#set(projection, key, undefined)
      }
    }
  }

  #missing(needs: readonly Need[]): readonly Need[] {
    return needs.filter(({ projection, key }) => !this.#cache.has(projection, key))
  }

  async #load(needs: readonly Need[]): Promise<void> {
    for (;;) {
      const commits = this.#commits
      const found = await this.#parts.store.get(
        needs.map(({ projection, key }) => `${projection.name}/${key}`),
      )
      // A commit in between may have written and let go of what was read before it: read again.
      if (commits !== this.#commits) continue
      for (const [index, { projection, key }] of needs.entries()) {
        const bytes = found[index]
        const value = bytes === undefined ? undefined : projection.decode(bytes)
        this.#cache.fill(projection, key, value, bytes?.byteLength ?? 0)
      }
      return
    }
  }

  /** Takes all changes at once, and writes them. To be called in turn, one at a time. */
  #commit(): Promise<void> {
    const cached = this.#cache.drain()
    const others = [this.#parts.ordinals, ...this.#parts.rows.values()].map((part) => part.drain())
    const drains = [cached, ...others]
    const meta: Meta = { offset: this.#offset, versions: this.#parts.versions }
    const writes: Write[] = drains.flatMap((drain) => drain.writes)
    writes.push({ put: metaKey, value: encodeJson(meta) })
    const write = async (): Promise<void> => {
      try {
        await this.#parts.store.commit(writes)
        cached.done()
        this.#commits++
      } catch (error) {
        for (const drain of drains) drain.undo()
        throw error
      }
    }
    this.#committing = write()
    return this.#committing
  }
}

/** Waits for the end of something, whichever it is: who began it is told how it ended. */
async function settled(work: Promise<void>): Promise<void> {
  await work.catch(() => undefined)
}

function unannounced(projection: Projection<unknown>, key: Key): Error {
  return broken(`${projection.name}/${key} was read without being announced`)
}

function append<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
  const list = lists.get(key)
  if (list === undefined) lists.set(key, [value])
  else list.push(value)
}

/** A state may know more than is asked for: a training replays some of its projections alone. */
function holds(stored: Meta['versions'], wanted: Meta['versions']): boolean {
  return Object.entries(wanted).every(([name, version]) => stored[name] === version)
}

async function clear(store: Store): Promise<void> {
  for await (const batch of store.scan('')) {
    await store.commit(batch.map(([key]): Write => ({ delete: key })))
  }
}
