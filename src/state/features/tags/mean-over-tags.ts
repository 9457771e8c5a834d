import { grown } from '../../../kernel/lists/grown.ts'
import type { NumberSums } from '../../../kernel/number-sums.ts'
import type { Catalogue, TagLists } from '../../catalogue/catalogue.ts'
import type { Feature, Rows } from '../feature.ts'
import type { PerRequest } from '../per-request.ts'

/** A number for each tag, by its code: what a user makes of it. */
export interface TagWeights extends Pick<Feature, 'name' | 'description' | 'needs'> {
  readonly weights: PerRequest<NumberSums | undefined>
}

/** Makes features of one tags attribute: the mean of a weight over the tags of each item. */
export function meanOverTags(
  catalogue: Pick<Catalogue, 'tags'>,
  attribute: string,
): (weighing: TagWeights) => Feature {
  const tagsOf = rowTags(catalogue, attribute)
  // By code, and all zeros between two fills: looked up without a search, and never made anew.
  let weights = new Float64Array(0)
  return ({ weights: weighed, ...named }) => ({
    ...named,
    absent: 0,
    fill(context, rows, known, out) {
      const byTag = weighed(context, known)
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
}

/** The tags of every row, looked up once for all features of the attribute. */
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
