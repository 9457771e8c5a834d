import { grown } from '../../kernel/lists/grown.ts'
import type { Catalogue, TagLists } from '../catalogue/catalogue.ts'
import type { Feature, Rows } from './feature.ts'
import { type TagTaste, tagTaste } from './tag-taste.ts'
import { tasteNeeds } from './taste.ts'

/** How well the item's tags go with what the user likes, dislikes, and liked last. */
export function tagAffinity(
  catalogue: Pick<Catalogue, 'size' | 'tags'>,
  attribute: string,
): readonly Feature[] {
  const taste = tagTaste(catalogue, attribute)
  const tagsOf = rowTags(catalogue, attribute)
  // By code, and all zeros between two fills: looked up without a search, and never made anew.
  let weights = new Float64Array(0)
  const meanOverTags = (part: keyof TagTaste, description: string): Feature => ({
    name: `${part}-${attribute}`,
    absent: 0,
    description,
    needs: tasteNeeds,
    fill(context, rows, known, out) {
      const byTag = taste(context, known)?.[part]
      if (byTag === undefined || byTag.size === 0) return
      const { starts, codes } = tagsOf(rows)
      const tags = byTag.entries()
      weights = grown(weights, catalogue.tags(attribute)!.names.length)
      for (let place = 0; place < byTag.size; place++) {
        weights[tags.numbers[place]!] = tags.sums[place]!
      }
      for (let row = 0; row + 1 < starts.length; row++) {
        const [start, end] = [starts[row]!, starts[row + 1]!]
        let sum = 0
        for (let place = start; place < end; place++) sum += weights[codes[place]!]!
        if (end > start) out[row] = sum / (end - start)
      }
      for (let place = 0; place < byTag.size; place++) weights[tags.numbers[place]!] = 0
    },
  })
  return [
    meanOverTags('liked', `Liking that falls on the item's ${attribute}, above chance; mean`),
    meanOverTags('disliked', `Dislike that falls on the item's ${attribute}, above chance; mean`),
    meanOverTags('recent', `Share of the last 5 likes with each of the item's ${attribute}; mean`),
  ]
}

/** The tags of every row, looked up once for all three. */
function rowTags(catalogue: Pick<Catalogue, 'tags'>, attribute: string): (rows: Rows) => TagLists {
  const found = new WeakMap<Rows, TagLists>()
  return (rows) => {
    let lists = found.get(rows)
    if (lists === undefined) {
      lists = catalogue.tags(attribute)?.gather(rows.items) ?? noTags
      found.set(rows, lists)
    }
    return lists
  }
}

const noTags: TagLists = { starts: new Uint32Array(1), codes: new Uint32Array(0) }
