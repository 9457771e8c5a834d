import type { Catalogue } from '../catalogue/catalogue.ts'
import type { Feature } from './feature.ts'

const hourMs = 3_600_000

/** How long an item has been available. */
export function itemAge(catalogue: Pick<Catalogue, 'availableFrom'>): Feature {
  return {
    name: 'age',
    // What is undated is taken to be a year old: a smaller number would make it look like news.
    absent: Math.fround(Math.log1p(365 * 24)),
    description: 'Hours since the item became available; ln(1 + h)',
    needs: () => [],
    fill({ at }, { items }, _known, out) {
      for (let row = 0; row < items.length; row++) {
        const from = catalogue.availableFrom(items[row]!)
        if (!Number.isNaN(from)) out[row] = Math.log1p(Math.max(0, at - from) / hourMs)
      }
    },
  }
}
