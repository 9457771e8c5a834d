import { batchProducts } from '../batch-products.ts'
import { inParts } from '../in-parts.ts'
import type { History, HistoryModel } from '../model.ts'
import type { IalsModel } from './ials-model.ts'

/** Users whose vectors are held against all items at once. */
const usersAtOnce = 16

/**
 * The same model, for those who ask for many users at once: by kernels, which are some times as
 * fast and differ in the last digits.
 */
export function scoringAll(model: IalsModel): Pick<HistoryModel, 'score' | 'scoreAll'> {
  const products = batchProducts(model.items, model.dims, usersAtOnce)
  const scoreSome = (histories: readonly History[]): readonly Float32Array[] =>
    products
      .of(histories.length, (place, vector) => {
        const { items, weights } = histories[place]!
        vector.set(model.foldIn(items, weights))
      })
      .map((scores) => scores.slice())
  return {
    score: (items, weights) => scoreSome([{ items, weights }])[0]!,
    scoreAll: (histories) => inParts(histories, usersAtOnce, scoreSome),
  }
}
