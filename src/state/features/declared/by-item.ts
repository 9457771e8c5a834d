import { grown } from '../../../kernel/lists/grown.ts'
import type { ItemRevisions } from '../../catalogue/item-revisions.ts'
import type { Known } from '../../projections/projection.ts'
import { type Context, type Rows, unrecalled } from '../feature.ts'
import type { Filled } from './encoding/coder.ts'
import type { FilledField } from './rows.ts'

/** Values by item, kept until its record changes: what a request asks for is copied together. */
export interface ByItem {
  /** One array per field, in the order of the rows. */
  gather(context: Context, rows: Rows, known: Known): readonly Filled[]
}

/** Writes the values of each of the rows to its place of the arrays. */
export type WriteByItem = (
  context: Context,
  rows: Rows,
  known: Known,
  outs: readonly Filled[],
  places: Uint32Array,
) => void

/** Some 4 bytes for each value of each item that was ever asked for, and 4 for its revision. */
export function byItem(
  revisions: ItemRevisions,
  fields: readonly FilledField[],
  write: WriteByItem,
): ByItem {
  const widths = fields.map((field) => (field.kind === 'sequence' ? field.length : 1))
  let kept: Filled[] = fields.map(({ kind }) =>
    kind === 'number' ? new Float32Array(0) : new Uint32Array(0),
  )
  /** One more than the revision that is kept; 0 for none. */
  let known = new Uint32Array(0)

  const refresh = (context: Context, { items }: Rows, values: Known): void => {
    let most = -1
    const missing: number[] = []
    for (let row = 0; row < items.length; row++) {
      const item = items[row]!
      if (item > most) most = item
      if (known[item] !== revisions.of(item) + 1) missing.push(item)
    }
    if (missing.length === 0) return
    known = grown(known, most + 1)
    kept = kept.map((array, index) => grown(array, (most + 1) * widths[index]!))
    const places = Uint32Array.from(missing)
    // Who recalled an item is nothing of its record.
    write(context, unrecalled(places), values, kept, places)
    for (const item of missing) known[item] = revisions.of(item) + 1
  }

  return {
    gather(context, rows, values) {
      refresh(context, rows, values)
      const { items } = rows
      return kept.map((from, index) => {
        const width = widths[index]!
        const out =
          from instanceof Float32Array
            ? new Float32Array(items.length * width)
            : new Uint32Array(items.length * width)
        for (let row = 0; row < items.length; row++)
          for (let place = 0; place < width; place++)
            out[row * width + place] = from[items[row]! * width + place]!
        return out
      })
    },
  }
}
