import { grown } from '../../kernel/lists/grown.ts'
import type { VectorColumn } from './catalogue.ts'
import type { Column } from './column.ts'

/** Vectors by ordinal in one array: 4 bytes a number, one more a row to tell absent from zero. */
export function vectorColumn(dimensions: number, rowCount: () => number): Column & VectorColumn {
  let data = new Float32Array(0)
  let present = new Uint8Array(0)
  function reach(): Float32Array {
    return (data = grown(data, rowCount() * dimensions))
  }
  return {
    dimensions,
    get data() {
      return reach()
    },
    has: (item) => present[item] === 1,
    put(item, value) {
      const fits = value !== undefined && 'vector' in value && value.vector.length === dimensions
      present = grown(present, rowCount())
      if (fits) reach().set(value.vector, item * dimensions)
      else if (present[item] === 1) data.fill(0, item * dimensions, (item + 1) * dimensions)
      present[item] = fits ? 1 : 0
    },
  }
}
