import type { CandidateTable } from './candidate-table.ts'
import type { Order, Row } from './candidates.ts'
import type { Query } from './query.ts'
import type { Recipe } from './recipe.ts'
import { keptRow, type Step, type Trace, tracedPlaces } from './trace.ts'

interface Run {
  readonly recipe: Recipe
  readonly query: Query
  readonly model: string
  readonly steps: readonly Step[]
  readonly recalled: CandidateTable
  /** The rows of `recalled` that the filters left, in order: rows of `orders` are places in it. */
  readonly table: CandidateTable
  readonly droppedBy: Int8Array
  readonly orders: readonly Order[]
  readonly finished: Order
}

/**
 * The trace of a finished run. Rows are those of recall, so that what was dropped is told as well.
 */
export function traceOf(run: Run): Trace {
  const { recipe, query, model, steps, recalled, table, droppedBy } = run
  const kept: Row[] = []
  for (let row = 0; row < droppedBy.length; row++) if (droppedBy[row] === keptRow) kept.push(row)
  const scores = new Float32Array(recalled.items.length).fill(Number.NaN)
  const ranked = table.column(recipe.by)
  for (const [place, row] of kept.entries()) scores[row] = ranked[place]!
  const sources = recipe.recall.map(({ source }) => source.name)
  const ranks = new Int16Array(sources.length * recalled.items.length)
  for (const [index, source] of sources.entries()) {
    ranks.set(recalled.rankBy(source), index * recalled.items.length)
  }
  return {
    run: query.request,
    user: query.user,
    at: query.at,
    recipe: recipe.name,
    model,
    steps,
    items: recalled.items,
    sources,
    ranks,
    droppedBy,
    filters: recipe.filter.map(({ name }) => name),
    scores,
    orders: [...run.orders, run.finished].map((order) => rowsOf(order, kept)),
    mixers: recipe.mix.map(({ name }) => name),
    ...featuresOf(run),
    ...(query.beside !== undefined && { beside: query.beside }),
    ...groundsOf(run),
  }
}

function groundsOf({ recipe, query, table, finished }: Run): Pick<Trace, 'grounds'> {
  if (recipe.grounds === undefined) return {}
  try {
    const items = finished.slice(0, placeCountOf(query)).map((row) => table.items[row]!)
    return { grounds: recipe.grounds(query, Uint32Array.from(items)) }
  } catch {
    return {}
  }
}

/** An order over what the filters left, as rows of recall. */
function rowsOf(order: Order, kept: readonly Row[]): Uint16Array {
  const rows = new Uint16Array(order.length)
  for (let place = 0; place < rows.length; place++) rows[place] = kept[order[place]!]!
  return rows
}

const nothingExplained = {
  features: [],
  values: new Float32Array(0),
  contributions: new Float32Array(0),
}

function featuresOf({ recipe, query, table, finished, steps }: Run) {
  const scorer = recipe.rank.find(
    (stage) =>
      stage.contributions !== undefined &&
      steps.some((step) => step.name === stage.name && step.failure === undefined),
  )
  if (scorer?.contributions === undefined) return nothingExplained
  const features = scorer.reads
  const places = finished.slice(0, placeCountOf(query))
  const values = new Float32Array(places.length * features.length)
  const contributions = new Float32Array(values.length)
  const columns = features.map((feature) => table.column(feature))
  for (const [place, row] of places.entries()) {
    for (const [index, column] of columns.entries())
      values[place * features.length + index] = column[row]!
    contributions.set(scorer.contributions(table, row), place * features.length)
  }
  return { features: features.map(({ name }) => name), values, contributions }
}

/** Places of which all is kept: those of the page, and of the pages that are likely to follow. */
function placeCountOf({ size }: Query): number {
  return Math.min(tracedPlaces.max, Math.max(tracedPlaces.min, size))
}
