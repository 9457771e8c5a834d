import type { Action } from '../../../../events/event.ts'
import type { Need } from '../../../projections/projection.ts'
import { itemCounterColumn } from '../../../tables/item-counters.ts'
import { itemDeedColumn, ratingSquaresColumn } from '../../../tables/item-deeds.ts'
import type { Rows as TableRows } from '../../../tables/table.ts'
import type { Fusion } from '../declaration.ts'
import { figureOfSums } from './figures.ts'
import { fusionsNeed } from './fusions.ts'
import type { NumberSource } from './source.ts'
import {
  type ColumnGround,
  type FusionOf,
  type NumberReader,
  nothingNeeded,
} from './source-reader.ts'

type Of<From extends NumberSource['from']> = Extract<NumberSource, { readonly from: From }>

const hourMs = 3_600_000

const perItem = { gives: 'numbers', count: 1, isShared: false, isOfRecord: false } as const

export function itemNumber(
  { catalogue }: ColumnGround,
  { attribute }: Of<'item-number'>,
): NumberReader {
  return {
    ...perItem,
    isOfRecord: true,
    needs: nothingNeeded,
    read(_context, { items }, _known, out) {
      const numbers = catalogue.numbers(attribute)
      if (numbers === undefined) return
      for (let row = 0; row < items.length; row++) out[row] = numbers[items[row]!] ?? Number.NaN
    },
  }
}

export function itemVector(
  { catalogue }: ColumnGround,
  { attribute, count }: Of<'item-vector'>,
): NumberReader {
  return {
    ...perItem,
    count,
    isOfRecord: true,
    needs: nothingNeeded,
    read(_context, { items }, _known, out) {
      const vectors = catalogue.vectors(attribute)
      if (vectors === undefined) return
      const { data, dimensions } = vectors
      for (let row = 0; row < items.length; row++) {
        const item = items[row]!
        if (!vectors.has(item)) continue
        // Longer vectors are cut, shorter ones leave the rest absent: the set says how many it has.
        for (let place = 0; place < Math.min(count, dimensions); place++)
          out[row * count + place] = data[item * dimensions + place]!
      }
    },
  }
}

export function itemAge({ catalogue }: ColumnGround): NumberReader {
  return {
    ...perItem,
    needs: nothingNeeded,
    read({ at }, { items }, _known, out) {
      for (let row = 0; row < items.length; row++)
        out[row] = Math.max(0, at - catalogue.availableFrom(items[row]!)) / hourMs
    },
  }
}

export function itemDeedCount(
  { deeds }: ColumnGround,
  { of }: Of<'item-deeds'>,
  fusionOf: FusionOf,
): NumberReader {
  return {
    ...perItem,
    needs: (): readonly Need[] => fusionsNeed,
    read(_context, { items }, known, out) {
      const weights = weightsOf(fusionOf(of, known))
      for (let row = 0; row < items.length; row++) out[row] = fused(deeds, items[row]!, weights)
    },
  }
}

export function itemRatio(
  { deeds }: ColumnGround,
  { of, per, before }: Of<'item-ratio'>,
  fusionOf: FusionOf,
): NumberReader {
  return {
    ...perItem,
    needs: (): readonly Need[] => fusionsNeed,
    read(_context, { items }, known, out) {
      const [above, below] = [weightsOf(fusionOf(of, known)), weightsOf(fusionOf(per, known))]
      for (let row = 0; row < items.length; row++) {
        const [of, per] = [fused(deeds, items[row]!, above), fused(deeds, items[row]!, below)]
        out[row] = (of + before[0]) / (per + before[1])
      }
    },
  }
}

export function itemRatings(
  { counters, deeds }: ColumnGround,
  { figure }: Of<'item-ratings'>,
): NumberReader {
  const { ratings, ratingSum } = itemCounterColumn
  return {
    ...perItem,
    needs: nothingNeeded,
    read(_context, { items }, _known, out) {
      const { data, width, rowCount } = counters
      for (let row = 0; row < items.length; row++) {
        const item = items[row]!
        const isKnown = item < rowCount
        const count = isKnown ? data[item * width + ratings]! : 0
        const sum = isKnown ? data[item * width + ratingSum]! : 0
        out[row] = figureOfSums(figure, count, sum, cell(deeds, item, ratingSquaresColumn))
      }
    },
  }
}

export function itemTagWeights(
  { catalogue }: ColumnGround,
  { attribute, count }: Of<'item-tag-weights'>,
): NumberReader {
  return {
    ...perItem,
    count,
    needs: nothingNeeded,
    read(_context, { items }, _known, out) {
      const tags = catalogue.tags(attribute)
      if (tags === undefined) return
      const { starts, codes } = tags.gather(items)
      const rarity = new Map<number, number>()
      for (let row = 0; row < items.length; row++) {
        const weights: number[] = []
        for (let place = starts[row]!; place < starts[row + 1]!; place++) {
          const code = codes[place]!
          let weight = rarity.get(code)
          if (weight === undefined) {
            weight = Math.log((1 + catalogue.size) / (1 + tags.count(code)))
            rarity.set(code, weight)
          }
          weights.push(weight)
        }
        weights.sort((a, b) => b - a)
        for (const [place, weight] of weights.slice(0, count).entries())
          out[row * count + place] = weight
      }
    },
  }
}

/** Column and weight of each action that counts. */
type Weights = readonly (readonly [column: number, weight: number])[]

function weightsOf(fusion: Fusion): Weights {
  return Object.entries(fusion).flatMap(([action, weight]) => {
    const column = itemDeedColumn[action as Action] // Other keys are refused by `checkSet`.
    return column === undefined || weight === undefined ? [] : [[column, weight] as const]
  })
}

function fused(deeds: TableRows, item: number, weights: Weights): number {
  let sum = 0
  for (const [column, weight] of weights) sum += weight * cell(deeds, item, column)
  return Math.max(0, sum)
}

function cell({ data, width, rowCount }: TableRows, item: number, column: number): number {
  return item < rowCount ? data[item * width + column]! : 0
}
