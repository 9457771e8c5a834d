import { setImmediate as breath } from 'node:timers/promises'
import { broken } from '../error.ts'
import type { Event } from '../events/event.ts'
import type { Offset } from '../events/log/event-log.ts'
import { type EventFold, eventFold, type Watcher } from './event-fold.ts'
import { knownOf } from './known.ts'
import { loadOrdinals, type OrdinalIndex } from './ordinal-index.ts'
import { decodeJson, encodeJson } from './projections/json-value.ts'
import { type Known, keySeparator, type Need, type Projection } from './projections/projection.ts'
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
/** Values encoded before others get their turn: a millisecond, about. */
const laterAtOnce = 64

const cacheBytesDefault = 32 * 2 ** 20

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

/** Folds one event at a time, in order; reads may come in between, and see whole events only. */
class FoldedState implements State {
  readonly #parts: Parts
  readonly #cache: ValueCache
  /** Whether events are being folded: then what is let go is theirs to say. */
  #folding = false
  readonly #events: EventFold
  #offset: Offset
  #durable: Offset
  /** The tail of the chain of folds and checkpoints: each waits for the one before. */
  #turn: Promise<void> = Promise.resolve()
  #commits = 0
  /** The commit under way, if any: settled otherwise. */
  #committing: Promise<void> = Promise.resolve()

  constructor(parts: Parts) {
    this.#parts = parts
    this.#offset = parts.offset
    this.#durable = parts.offset
    this.#cache = new ValueCache(parts.cacheBytes)
    this.#events = eventFold({
      ...parts,
      cache: this.#cache,
      load: (missing) => this.#load(missing),
      erase: (user) => this.#erase(user),
    })
  }

  get offset(): Offset {
    return this.#offset
  }

  get durable(): Offset {
    return this.#durable
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
      this.#folding = true
      try {
        for (const event of events) {
          if (event !== undefined) {
            const folding = this.#events.fold({ offset: this.#offset, event })
            if (folding !== undefined) await folding
          }
          this.#offset++
        }
      } finally {
        this.#folding = false
      }
    })
  }

  async read(needs: readonly Need[]): Promise<Known> {
    if (!this.#folding) this.#cache.turn()
    const missing = this.#missing(needs)
    if (missing.length > 0) await this.#load(missing)
    return knownOf(
      needs,
      needs.map(({ projection, key }) => this.#cache.get(projection, key)),
    )
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
    this.#events.watch(projection, seen as Watcher)
  }

  watchRows(table: Table, seen: (ordinal: number) => void): void {
    this.#events.watchRows(table, seen)
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
        this.#events.set(projection, key, undefined)
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
        for (const [count, later] of cached.later.entries()) {
          writes.push(later())
          if (count % laterAtOnce === laterAtOnce - 1) await breath()
        }
        await this.#parts.store.commit(writes)
        cached.done()
        this.#commits++
        this.#durable = meta.offset
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

/** A state may know more than is asked for: a training replays some of its projections alone. */
function holds(stored: Meta['versions'], wanted: Meta['versions']): boolean {
  return Object.entries(wanted).every(([name, version]) => stored[name] === version)
}

async function clear(store: Store): Promise<void> {
  for await (const batch of store.scan('')) {
    await store.commit(batch.map(([key]): Write => ({ delete: key })))
  }
}
