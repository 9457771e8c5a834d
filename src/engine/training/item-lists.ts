import type { LearnedLists, Measure } from '../../kernel/nearest/nearest.ts'
import { openNearest } from '../../kernel/nearest/open-nearest.ts'
import { type IalsModel, ialsModel } from '../../models/als/ials-model.ts'
import { interactionsOf } from '../../models/interactions.ts'
import { cellsBefore, type Likes } from './likes.ts'

/** Neighbours that the recall of lists is measured on: about as many as a feed asks for. */
const neighborCount = 100
/** Queries that ask while it is measured. */
const askerCount = 100
/** Of what looking at all items finds, how much lists are to find. */
const recallWanted = 0.95

export interface ListsOptions {
  /** Items row by row. */
  readonly rows: Float32Array
  readonly width: number
  readonly measure: Measure
  readonly seed: number | string
  /** Who may ask, in any order: some of them, all over. */
  readonly askers: readonly number[]
  /** What an asker asks with, as requests will; undefined where it has nothing to ask. */
  readonly vectorOf: (asker: number) => Float32Array | Promise<Float32Array> | undefined
}

/**
 * The lists that items lie in, so that requests need not look at all of them. What they find is
 * measured with vectors as requests will ask. Takes some seconds per hundred thousand items, and is
 * therefore of the training.
 */
export async function learnedLists(options: ListsOptions): Promise<LearnedLists | undefined> {
  const { rows, width, measure, seed } = options
  const { lists } = openNearest({
    ...{ rows, width, measure, seed, queries: await queriesOf(options) },
    ...{ exactRowsMax: 0, k: neighborCount, recall: recallWanted },
  })
  return lists
}

/**
 * The same factors with the lists that their items lie in: for people, and for what stands beside
 * an item, which goes by directions alone.
 */
export async function withLists(
  model: IalsModel,
  likes: Likes,
  seed: number | string,
): Promise<IalsModel> {
  const { dims, items, gram, penalty } = model
  const { cells, shape } = cellsBefore(likes, Number.POSITIVE_INFINITY)
  const { rowCount, starts, columns, weights } = interactionsOf(cells, shape, 'max')
  const own = { rows: items, width: dims, seed }
  const lists = await learnedLists({
    ...{ ...own, measure: 'product', askers: [...Array(rowCount).keys()] },
    vectorOf(user) {
      const [from, to] = [starts[user]!, starts[user + 1]!]
      if (to === from) return undefined
      return model.foldIn(columns.subarray(from, to), weights.subarray(from, to))
    },
  })
  const met = new Set(columns)
  const alike = await learnedLists({
    ...{ ...own, measure: 'cosine', askers: [...met].sort((one, other) => one - other) },
    vectorOf: (item) => items.subarray(item * dims, (item + 1) * dims),
  })
  const found = { ...(lists && { lists }), ...(alike && { alike }) }
  return ialsModel({ ...penalty, dims, items, gram, ...found })
}

/** The figures of a model's lists, as they are shown with its version. */
export function listMetrics(
  lists: LearnedLists | undefined,
  name = 'lists',
): Readonly<Record<string, number>> {
  if (lists === undefined) return {}
  const { value, k } = lists.recall
  return {
    ...{ [name]: lists.listCount, [`${name} looked through`]: lists.probes },
    [`recall@${k} of ${name}`]: value,
  }
}

/** Vectors of askers all over. */
async function queriesOf({ width, askers, vectorOf }: ListsOptions): Promise<Float32Array> {
  const step = Math.max(1, Math.floor(askers.length / askerCount))
  const queries = new Float32Array(askerCount * width)
  let count = 0
  for (let at = 0; at < askers.length && count < askerCount; at += step) {
    const vector = await vectorOf(askers[at]!)
    if (vector !== undefined) queries.set(vector, count++ * width)
  }
  return queries.subarray(0, count * width)
}
