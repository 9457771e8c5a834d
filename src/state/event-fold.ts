import { broken } from '../error.ts'
import type { Event } from '../events/event.ts'
import { unannounced } from './known.ts'
import type { OrdinalIndex } from './ordinal-index.ts'
import type { Happening, Need, Past, Projection } from './projections/projection.ts'
import type { ResidentRows } from './resident-rows.ts'
import type { Key } from './store/store.ts'
import type { Table } from './tables/table.ts'
import type { ValueCache } from './value-cache.ts'

/** Folds single events into values and rows that are in memory. */
export interface EventFold {
  /**
   * Folds one event. Nothing to wait for where all that it looks at and changes is in memory: most
   * events are of users and items that were heard of a moment ago. Calls must not overlap.
   */
  fold(happening: Happening): Promise<void> | undefined
  watch(projection: Projection<unknown>, seen: Watcher): void
  watchRows(table: Table, seen: RowWatcher): void
  /** Sets a value, and tells who watches it. */
  set(projection: Projection<unknown>, key: Key, value: unknown): void
}

export type Watcher = (key: Key, value: unknown) => void
export type RowWatcher = (ordinal: number) => void

export interface EventFoldOptions {
  readonly projections: readonly Projection<unknown>[]
  readonly rows: ReadonlyMap<Table, ResidentRows>
  readonly ordinals: OrdinalIndex
  readonly cache: ValueCache
  /** Has values in memory that are not. */
  readonly load: (missing: readonly Need[]) => Promise<void>
  /** Removes all that is an erased user's. */
  readonly erase: (user: string) => Promise<void>
}

/** A table with its rows, and what the event at hand changes in them. */
interface Lane {
  readonly table: Table
  readonly rows: ResidentRows
  readonly watchers: RowWatcher[]
  changes: ReturnType<Table['changes']>
}

interface Change extends Need {
  readonly change: unknown
  readonly held: ReturnType<ValueCache['find']>
}

export function eventFold(options: EventFoldOptions): EventFold {
  const { projections, rows, ordinals, cache, load, erase } = options
  const readers = [...projections, ...rows.keys()].filter(({ reads }) => reads !== undefined)
  const watchers = new Map<Projection<unknown>, Watcher[]>()
  const lanes = Array.from(rows, ([table, rows]): Lane => {
    return { table, rows, watchers: [], changes: [] }
  })
  /** Used again for every event. */
  const changes: Change[] = []

  const past: Past = {
    ordinal(item) {
      const ordinal = ordinals.of(item)
      if (ordinal === undefined) throw broken(`${item} is not an item of the event`)
      return ordinal
    },
    get<Value>(projection: Projection<Value>, key: Key) {
      const held = cache.find(projection, key)
      if (held === undefined) throw unannounced(projection, key)
      return held.value as Value | undefined // Filled by its own decode.
    },
  }

  const missingReads = (event: Event): Need[] | undefined => {
    let missing: Need[] | undefined
    for (const fold of readers) missing = missingOf(fold.reads!(event), missing)
    return missing
  }

  const missingOf = (needs: readonly Need[], found?: Need[]): Need[] | undefined => {
    let missing = found
    for (const need of needs) {
      if (cache.has(need.projection, need.key)) continue
      if (missing === undefined) missing = [need]
      else missing.push(need)
    }
    return missing
  }

  /** All changes are worked out before any is applied: they look at the past, not at each other. */
  const judge = (happening: Happening): Promise<void> | undefined => {
    changes.length = 0
    let unheld: Need[] | undefined
    for (const projection of projections) {
      // By place, here and below: an iterator makes an object for each change of each event.
      const own = projection.changes(happening, past)
      for (let place = 0; place < own.length; place++) {
        const key = own[place]![0]
        const change = own[place]![1]
        const held = cache.find(projection, key)
        const made = { projection, key, change, held }
        changes.push(made)
        if (held !== undefined || projection.replaces) continue
        if (unheld === undefined) unheld = [made]
        else unheld.push(made)
      }
    }
    for (const lane of lanes) lane.changes = lane.table.changes(happening, past)
    if (happening.event.type === 'erase') return applyErasure(happening.event.user)
    if (unheld === undefined) apply()
    return unheld && load(unheld).then(apply)
  }

  /** What is known of a user tells which items they are to be taken out of, and is removed then. */
  const applyErasure = async (user: string): Promise<void> => {
    await erase(user)
    // What was held when the changes were worked out may have been let go of since.
    for (const [place, { projection, key, change }] of changes.entries()) {
      changes[place] = { projection, key, change, held: undefined }
    }
    await load(changes)
    apply()
  }

  const apply = (): void => {
    for (const { projection, key, change, held } of changes) {
      const value = cache.fold(projection, key, change, held)
      tell(projection, key, value)
    }
    for (const { rows, changes, watchers } of lanes) {
      for (let place = 0; place < changes.length; place++) {
        const ordinal = changes[place]![0]
        rows.fold(ordinal, changes[place]![1])
        for (const seen of watchers) seen(ordinal)
      }
    }
  }

  const tell = (projection: Projection<unknown>, key: Key, value: unknown): void => {
    const list = watchers.get(projection)
    if (list !== undefined) for (const seen of list) seen(key, value)
  }

  return {
    fold(happening) {
      cache.turn()
      ordinals.admit(happening.event)
      const unread = missingReads(happening.event)
      return unread === undefined ? judge(happening) : load(unread).then(() => judge(happening))
    },

    watch(projection, seen) {
      const list = watchers.get(projection)
      if (list === undefined) watchers.set(projection, [seen])
      else list.push(seen)
    },

    watchRows(table, seen) {
      lanes.find((lane) => lane.table === table)?.watchers.push(seen)
    },

    set(projection, key, value) {
      cache.set(projection, key, value)
      tell(projection, key, value)
    },
  }
}
