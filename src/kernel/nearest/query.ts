import { invalid } from '../../error.ts'
import { dot } from '../linear/dot.ts'
import type { Measure } from './nearest.ts'

/** Kernels take eight numbers of single precision at a time. */
export const widthFor = (width: number): number => Math.ceil(width / 8) * 8

/** Places a query, as a direction where cosines are asked for; returns how long it is then. */
export function queryOf(
  asked: Float32Array,
  width: number,
  measure: Measure,
  placed: Float32Array,
): number {
  if (asked.length !== width) {
    throw invalid('query', `holds ${asked.length} numbers where there must be ${width}`)
  }
  const length = Math.sqrt(dot(asked, 0, asked, 0, width))
  if (measure === 'product' || length === 0) {
    placed.set(asked)
    return length
  }
  for (let k = 0; k < width; k++) placed[k] = asked[k]! / length
  return 1
}
