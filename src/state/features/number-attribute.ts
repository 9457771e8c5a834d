import type { Catalogue } from '../catalogue/catalogue.ts'
import type { Feature } from './feature.ts'
import { perRequest } from './per-request.ts'
import { tasteNeeds, tasteOf } from './taste.ts'

/** A number or time attribute, and how to bring it near to 0 and 1. */
export interface NumberAttribute {
  readonly attribute: string
  /** A value that says little: what is absent is taken for it. */
  readonly typical: number
  /** A difference that means something: ten years, a thousand words. > 0. */
  readonly scale: number
}

/**
 * What an attribute is, what the user's likes have had on average, and how far the two are apart.
 */
export function numberAttribute(
  catalogue: Pick<Catalogue, 'numbers'>,
  { attribute, typical, scale }: NumberAttribute,
): readonly Feature[] {
  const meanOfLikes = perRequest((context, known) => {
    const numbers = catalogue.numbers(attribute)
    let [sum, count] = [0, 0]
    for (const { item } of tasteOf(context, known).positives) {
      const value = numbers?.[item] ?? Number.NaN
      if (Number.isNaN(value)) continue
      sum += value
      count++
    }
    return sum / count
  })
  const near = (value: number): number => bounded((value - typical) / scale)
  const unit = `(${attribute} - ${typical}) / ${scale}`
  return [
    {
      name: attribute,
      absent: 0,
      description: `The item's ${attribute}; ${unit}`,
      needs: () => [],
      fill(_context, { items }, _known, out) {
        const numbers = catalogue.numbers(attribute)
        for (let row = 0; row < items.length; row++) {
          const value = numbers?.[items[row]!] ?? Number.NaN
          if (!Number.isNaN(value)) out[row] = near(value)
        }
      },
    },
    {
      name: `liked-${attribute}`,
      absent: 0,
      description: `The mean ${attribute} of what the user liked; ${unit}`,
      needs: tasteNeeds,
      fill(context, _rows, known, out) {
        const mean = meanOfLikes(context, known)
        if (!Number.isNaN(mean)) out.fill(near(mean))
      },
    },
    {
      name: `${attribute}-distance`,
      absent: 1,
      description: `From the item's ${attribute} to the mean of what the user liked; in ${scale}s`,
      needs: tasteNeeds,
      fill(context, { items }, known, out) {
        const mean = meanOfLikes(context, known)
        const numbers = catalogue.numbers(attribute)
        for (let row = 0; row < items.length; row++) {
          const value = numbers?.[items[row]!] ?? Number.NaN
          const distance = Math.abs(value - mean) / scale
          if (!Number.isNaN(distance)) out[row] = bounded(distance)
        }
      },
    },
  ]
}

/** So many scales away is a slip of the pen, and must not drown everything else. */
const farthest = 100

function bounded(value: number): number {
  return Math.max(-farthest, Math.min(farthest, value))
}
