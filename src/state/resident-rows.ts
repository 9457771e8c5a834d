import { fromHex, toHex } from './ordinal-index.ts'
import type { Ordinal } from './projections/projection.ts'
import type { Store, Write } from './store/store.ts'
import type { Rows, Table } from './tables/table.ts'

/** One table's rows in memory, and which of them changed since the last commit. */
export interface ResidentRows extends Rows {
  fold(ordinal: Ordinal, change: unknown): void
  readonly dirtyCount: number
  drain(): { readonly writes: readonly Write[]; readonly undo: () => void }
}

/** Which rows are held: every `every`-th, from `first` on. The rest is another's. */
export interface RowShare {
  readonly first: Ordinal
  readonly every: number
}

const allRows: RowShare = { first: 0, every: 1 }

export async function loadRows(
  store: Store,
  table: Table,
  { first, every }: RowShare = allRows,
): Promise<ResidentRows> {
  const prefix = `${table.name}/`
  const width = table.columns.length
  let data = new Float64Array(width * 1_024)
  let rowCount = 0
  let dirty = new Set<Ordinal>()

  /** Where a row begins, with room made for it. */
  const reach = (ordinal: Ordinal): number => {
    const place = (ordinal - first) / every
    rowCount = Math.max(rowCount, place + 1)
    if (rowCount * width <= data.length) return place * width
    const grown = new Float64Array(Math.max(rowCount * width, data.length * 2))
    grown.set(data)
    data = grown
    return place * width
  }

  for await (const batch of store.scan(prefix)) {
    for (const [key, bytes] of batch) {
      const ordinal = fromHex(key.slice(prefix.length))
      const start = reach(ordinal)
      // Stored bytes are at any address; a typed array wants an aligned one.
      data.set(new Float64Array(bytes.slice().buffer), start)
    }
  }

  return {
    width,
    get data() {
      return data
    },
    get rowCount() {
      return rowCount
    },
    get dirtyCount() {
      return dirty.size
    },

    fold(ordinal, change) {
      const start = reach(ordinal)
      table.fold(data, start, change)
      dirty.add(ordinal)
    },

    drain() {
      const drained = dirty
      const writes = [...drained].map((ordinal): Write => {
        const start = reach(ordinal)
        const row = data.slice(start, start + width)
        return { put: prefix + toHex(ordinal), value: new Uint8Array(row.buffer) }
      })
      dirty = new Set()
      return {
        writes,
        undo: () => {
          for (const ordinal of drained) dirty.add(ordinal)
        },
      }
    },
  }
}
