import type { Partition } from '../../events/streams/partitions.ts'
import { loadOrdinals, type OrdinalIndex } from '../ordinal-index.ts'
import { keySeparator, type Need, type Projection } from '../projections/projection.ts'
import { loadRows, type ResidentRows } from '../resident-rows.ts'
import type { Key, Store, Write } from '../store/store.ts'
import type { Table } from '../tables/table.ts'
import { ValueCache } from '../value-cache.ts'
import type { Division } from './spread.ts'

/** The rows of one partition: values in memory, and the store they are committed to. */
export interface Holdings {
  readonly ordinals: OrdinalIndex
  /** Between two events: what one of them has read is not let go before it is folded. */
  turn(): void
  /** Values that wait for the next commit, and rows of tables. */
  readonly dirtyCount: number
  /**
   * Has them in memory, those that are there and those that are not. Nothing to wait for where all
   * are: most events are judged by what the last ones were.
   */
  load(needs: readonly Need[]): Promise<void> | undefined
  find(projection: Projection<unknown>, key: Key): { readonly value: unknown } | undefined
  fold(projection: Projection<unknown>, key: Key, change: unknown): void
  foldRow(table: Table, ordinal: number, change: unknown): void
  /**
   * Removes rows that are keyed by the user, or say that they are theirs. To be called right after
   * a commit: it finds what the store holds.
   */
  erase(projection: Projection<unknown>, user: string): Promise<void>
  /** All that changed and `more`, in one commit. */
  commit(more: readonly Write[]): Promise<void>
}

export async function openHoldings(
  store: Store,
  division: Division,
  partition: Partition,
  cacheBytes: number,
): Promise<Holdings> {
  const ordinals = await loadOrdinals(store)
  const share = { first: partition, every: division.count }
  const tables = new Map<Table, ResidentRows>()
  for (const table of division.spread.tables) {
    tables.set(table, await loadRows(store, table, share))
  }
  const cache = new ValueCache(cacheBytes)

  const load = (needs: readonly Need[]): Promise<void> | undefined => {
    const missing = needs.filter(({ projection, key }) => !cache.has(projection, key))
    return missing.length === 0 ? undefined : fetch(missing)
  }

  const fetch = async (missing: readonly Need[]): Promise<void> => {
    const found = await store.get(missing.map(({ projection, key }) => `${projection.name}/${key}`))
    for (const [index, { projection, key }] of missing.entries()) {
      const bytes = found[index]
      const value = bytes === undefined ? undefined : projection.decode(bytes)
      cache.fill(projection, key, value, bytes?.byteLength ?? 0)
    }
  }

  return {
    ordinals,
    turn: () => cache.turn(),
    load,
    find: (projection, key) => cache.find(projection, key),
    get dirtyCount() {
      let count = cache.dirtyCount
      for (const rows of tables.values()) count += rows.dirtyCount
      return count
    },

    fold(projection, key, change) {
      cache.fold(projection, key, change)
    },

    foldRow(table, ordinal, change) {
      tables.get(table)!.fold(ordinal, change)
    },

    async erase(projection, user) {
      const { keyBy, owner, name } = projection
      const prefix = `${name}/`
      const mine = owner === undefined ? `${prefix}${user}` : prefix
      for await (const batch of store.scan(mine)) {
        for (const [row, bytes] of batch) {
          const key = row.slice(prefix.length)
          const byKey = keyBy === 'user' && (key === user || key.startsWith(user + keySeparator))
          if (!byKey && owner?.(projection.decode(bytes)) !== user) continue
          await load([{ projection, key }])
          cache.set(projection, key, undefined)
        }
      }
    },

    async commit(more) {
      const cached = cache.drain()
      const others = [ordinals, ...tables.values()].flatMap((part) => part.drain().writes)
      const writes = [...cached.writes, ...cached.later.map((write) => write())]
      await store.commit([...writes, ...others, ...more])
      cached.done()
    },
  }
}
