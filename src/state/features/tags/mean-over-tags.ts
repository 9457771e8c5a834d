import { grown } from '../../../kernel/lists/grown.ts'
import type { Catalogue } from '../../catalogue/catalogue.ts'
import type { Feature } from '../feature.ts'
import type { PerRequest } from '../per-request.ts'
import { rowTags } from './row-tags.ts'
import type { TagSums } from './tag-sums.ts'

/** A number for each tag, by its code: what a user makes of it. */
export interface TagWeights extends Pick<Feature, 'name' | 'description' | 'needs'> {
  readonly weights: PerRequest<TagSums | undefined>
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
      if (byTag === undefined || byTag.codes.length === 0) return
      const { starts, codes } = tagsOf(rows)
      weights = grown(weights, catalogue.tags(attribute)!.names.length)
      // A loop looks up a name of its own far faster than one that others may give another value.
      const { codes: weighty, sums } = byTag
      const weightOf = weights
      for (let place = 0; place < weighty.length; place++) weightOf[weighty[place]!] = sums[place]!
      let start = starts[0]!
      for (let row = 0; row + 1 < starts.length; row++) {
        const end = starts[row + 1]!
        let sum = 0
        for (let place = start; place < end; place++) sum += weightOf[codes[place]!]!
        if (end > start) out[row] = sum / (end - start)
        start = end
      }
      for (let place = 0; place < weighty.length; place++) weightOf[weighty[place]!] = 0
    },
  })
}
