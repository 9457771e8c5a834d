import type { NameSource } from './source.ts'
import { type ColumnGround, type NameReader, nothingNeeded } from './source-reader.ts'

type Of<From extends NameSource['from']> = Extract<NameSource, { readonly from: From }>

const ofRecord = {
  ...({ gives: 'names', count: 1, isShared: false, isOfRecord: true } as const),
  needs: nothingNeeded,
}

export function itemIdName({ ordinals }: ColumnGround): NameReader {
  return {
    ...ofRecord,
    read(_context, { items }, _known, out) {
      for (let row = 0; row < items.length; row++) out[row] = ordinals.id(items[row]!)
    },
  }
}

export function itemText({ catalogue }: ColumnGround, { attribute }: Of<'item-text'>): NameReader {
  return {
    ...ofRecord,
    read(_context, { items }, _known, out) {
      for (let row = 0; row < items.length; row++)
        out[row] = catalogue.text(attribute, items[row]!) ?? ''
    },
  }
}

export function itemTags(
  { catalogue }: ColumnGround,
  { attribute, count, none = '' }: Of<'item-tags'>,
): NameReader {
  return {
    ...ofRecord,
    count,
    read(_context, { items }, _known, out) {
      const tags = catalogue.tags(attribute)
      for (let row = 0; row < items.length; row++) out[row * count] = none
      if (tags === undefined) return
      const { starts, codes } = tags.gather(items)
      for (let row = 0; row < items.length; row++) {
        const length = Math.min(count, starts[row + 1]! - starts[row]!)
        for (let place = 0; place < length; place++)
          out[row * count + place] = tags.names[codes[starts[row]! + place]!]!
      }
    },
  }
}
