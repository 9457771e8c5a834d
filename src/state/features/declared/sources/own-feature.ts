import { invalid } from '../../../../error.ts'
import type { NumberSource } from './source.ts'
import type { ColumnGround, NumberReader } from './source-reader.ts'

/** Throws `invalid_argument` where the engine has no such feature. */
export function ownFeature(
  { features }: ColumnGround,
  { name }: Extract<NumberSource, { readonly from: 'feature' }>,
): NumberReader {
  const feature = features.find((each) => each.name === name)
  if (feature === undefined) {
    const known = features.map((each) => each.name).join(', ')
    throw invalid('source.name', `"${name}" is none of the engine's own features: ${known}`)
  }
  return {
    ...({ gives: 'numbers', count: 1, isShared: false, isOfRecord: false } as const),
    needs: feature.needs,
    read(context, rows, known, out) {
      const column = new Float32Array(out.length).fill(feature.absent)
      feature.fill(context, rows, known, column)
      for (let row = 0; row < out.length; row++) {
        if (Number.isFinite(column[row])) out[row] = column[row]!
      }
    },
  }
}
