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

export async function loadRows(store: Store, table: Table): Promise<ResidentRows> {
  const prefix = `${table.name}/`
  const width = table.columns.length
  let data = new Float64Array(width * 1_024)
  let rowCount = 0
  let dirty = new Set<Ordinal>()

  const reach = (ordinal: Ordinal): void => {
    rowCount = Math.max(rowCount, ordinal + 1)
    if (rowCount * width <= data.length) return
    const grown = new Float64Array(Math.max(rowCount * width, data.length * 2))
    grown.set(data)
    data = grown
  }

  for await (const batch of store.scan(prefix)) {
    for (const [key, bytes] of batch) {
      const ordinal = fromHex(key.slice(prefix.length))
      reach(ordinal)
      // Stored bytes are at any address; a typed array wants an aligned one.
      data.set(new Float64Array(bytes.slice().buffer), ordinal * width)
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
      reach(ordinal)
      table.fold(data, ordinal * width, change)
      dirty.add(ordinal)
    },

    drain() {
      const drained = dirty
      const writes = [...drained].map((ordinal): Write => {
        const row = data.slice(ordinal * width, (ordinal + 1) * width)
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
