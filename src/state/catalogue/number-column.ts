import { grown } from '../../kernel/lists/grown.ts'
import type { Column } from './column.ts'

/** Numbers or times by ordinal, 8 bytes each. */
export interface NumberColumn extends Column {
  /** NaN where absent; at least `rowCount` long. Replaced when it grows. */
  readonly data: Float64Array
}

export function numberColumn(type: 'number' | 'time', rowCount: () => number): NumberColumn {
  let data = new Float64Array(0)
  function reach(): Float64Array {
    return (data = grown(data, rowCount(), Number.NaN))
  }
  return {
    get data() {
      return reach()
    },
    put(item, value) {
      let number = Number.NaN
      if (type === 'number' && value !== undefined && 'number' in value) number = value.number
      if (type === 'time' && value !== undefined && 'time' in value) number = value.time
      reach()[item] = number
    },
  }
}
