import { grown } from '../../kernel/lists/grown.ts'
import type { Ordinal } from '../projections/projection.ts'
import type { Column } from './column.ts'

/** Points by ordinal, 16 bytes each: latitude and longitude in turn, in degrees. */
export interface GeoColumn extends Column {
  geo(item: Ordinal): { latitude: number; longitude: number } | undefined
}

export function geoColumn(rowCount: () => number): GeoColumn {
  let data = new Float64Array(0)
  return {
    geo(item) {
      const latitude = data[item * 2]
      if (latitude === undefined || Number.isNaN(latitude)) return undefined
      return { latitude, longitude: data[item * 2 + 1]! }
    },
    put(item, value) {
      const point = value !== undefined && 'geo' in value ? value.geo : undefined
      data = grown(data, rowCount() * 2, Number.NaN)
      data[item * 2] = point?.latitude ?? Number.NaN
      data[item * 2 + 1] = point?.longitude ?? Number.NaN
    },
  }
}
