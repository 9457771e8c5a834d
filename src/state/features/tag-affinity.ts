import type { Catalogue } from '../catalogue/catalogue.ts'
import type { Feature, Rows } from './feature.ts'
import { type TagTaste, tagTaste } from './tag-taste.ts'
import { tasteNeeds } from './taste.ts'

/** How well the item's tags go with what the user likes, dislikes, and liked last. */
export function tagAffinity(
  catalogue: Pick<Catalogue, 'size' | 'tags'>,
  attribute: string,
): readonly Feature[] {
  const taste = tagTaste(catalogue, attribute)
  const codesOf = rowTags(catalogue, attribute)
  const meanOverTags = (part: keyof TagTaste, description: string): Feature => ({
    name: `${part}-${attribute}`,
    absent: 0,
    description,
    needs: tasteNeeds,
    fill(context, rows, known, out) {
      const byTag = taste(context, known)?.[part]
      if (byTag === undefined || byTag.size === 0) return
      const codesByRow = codesOf(rows)
      for (let row = 0; row < codesByRow.length; row++) {
        const codes = codesByRow[row]!
        let sum = 0
        for (let place = 0; place < codes.length; place++) sum += byTag.get(codes[place]!)
        if (codes.length > 0) out[row] = sum / codes.length
      }
    },
  })
  return [
    meanOverTags('liked', `Liking that falls on the item's ${attribute}, above chance; mean`),
    meanOverTags('disliked', `Dislike that falls on the item's ${attribute}, above chance; mean`),
    meanOverTags('recent', `Share of the last 5 likes with each of the item's ${attribute}; mean`),
  ]
}

/** The tags of every row, looked up once for all three. */
function rowTags(
  catalogue: Pick<Catalogue, 'tags'>,
  attribute: string,
): (rows: Rows) => readonly Uint32Array[] {
  const found = new WeakMap<Rows, readonly Uint32Array[]>()
  return (rows) => {
    let codes = found.get(rows)
    if (codes === undefined) {
      const column = catalogue.tags(attribute)
      codes = column === undefined ? [] : Array.from(rows.items, (item) => column.of(item))
      found.set(rows, codes)
    }
    return codes
  }
}
