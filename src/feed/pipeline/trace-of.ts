import type { CandidateTable } from './candidate-table.ts'
import type { Order } from './candidates.ts'
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
  const kept = new Uint32Array(table.items.length)
  let keptCount = 0
  for (let row = 0; row < droppedBy.length; row++) {
    if (droppedBy[row] === keptRow) kept[keptCount++] = row
  }
  const scores = new Float32Array(recalled.items.length).fill(Number.NaN)
  const ranked = table.column(recipe.by)
  for (let place = 0; place < kept.length; place++) scores[kept[place]!] = ranked[place]!
  const sources = recipe.recall.map(({ source }) => source.name)
  return {
    run: query.request,
    user: query.user,
    at: query.at,
    recipe: recipe.name,
    model,
    steps,
    items: recalled.items,
    sources,
    ranks: recalled.ranksBy(sources),
    recallScores: recallScoresOf(run, sources),
    droppedBy,
    filters: recipe.filter.map(({ name }) => name),
    scores,
    orders: [...run.orders, run.finished].map((order) => rowsOf(order, kept)),
    mixers: recipe.mix.map(({ name }) => name),
    ...featuresOf(run),
    ...(query.beside !== undefined && { beside: query.beside }),
    ...groundsOf(run),
    ...inputsOf(run),
    ...foretoldOf(run),
  }
}

/** Of the last model that scored: what was foretold before it did not order the feed. */
function foretoldOf({ recipe, query, finished, steps }: Run): Pick<Trace, 'foretold'> {
  const scorer = recipe.rank.findLast(
    ({ name, model }) => model !== undefined && isSound(steps, name),
  )
  const told = scorer?.foretold?.(query)
  if (told === undefined) return {}
  const { heads, formula, columns } = told
  const places = finished.slice(0, placeCountOf(query))
  const values = new Float32Array(places.length * heads.length)
  for (const [place, row] of places.entries())
    for (const [index, column] of columns.entries())
      values[place * heads.length + index] = column[row]!
  return { foretold: { heads, formula, values } }
}

const isSound = (steps: readonly Step[], name: string): boolean =>
  steps.some((step) => step.stage === 'rank' && step.name === name && step.failure === undefined)

/** What cannot be told of how a feed was ranked is no reason to fail it. */
function inputsOf({ recipe, query, table, finished, steps }: Run): Pick<Trace, 'inputs'> {
  const scorer = recipe.rank.find(
    ({ name, inputs }) =>
      inputs !== undefined &&
      steps.some((step) => step.name === name && step.failure === undefined),
  )
  if (scorer?.inputs === undefined) return {}
  try {
    return { inputs: scorer.inputs(query, table, finished.slice(0, placeCountOf(query))) }
  } catch {
    return {}
  }
}

function recallScoresOf({ query, table, finished }: Run, sources: readonly string[]): Float32Array {
  const places = finished.slice(0, placeCountOf(query))
  const scores = new Float32Array(places.length * sources.length)
  for (let index = 0; index < sources.length; index++) {
    const column = table.scoreBy(sources[index]!)
    for (let place = 0; place < places.length; place++) {
      scores[place * sources.length + index] = column[places[place]!]!
    }
  }
  return scores
}

function groundsOf({ recipe, query, table, finished }: Run): Pick<Trace, 'grounds'> {
  if (recipe.grounds === undefined) return {}
  try {
    // Nobody asks what speaks for an item that this run cannot show.
    const placeCount = Math.min(placeCountOf(query), query.offered ?? finished.length)
    const items = new Uint32Array(Math.min(placeCount, finished.length))
    for (let place = 0; place < items.length; place++) items[place] = table.items[finished[place]!]!
    return { grounds: recipe.grounds(query, items) }
  } catch {
    return {}
  }
}

/** An order over what the filters left, as rows of recall. */
function rowsOf(order: Order, kept: Uint32Array): Uint16Array {
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
  const width = features.length
  for (let index = 0; index < width; index++) {
    const column = table.column(features[index]!)
    for (let place = 0; place < places.length; place++) {
      values[place * width + index] = column[places[place]!]!
    }
  }
  for (let start = 0; start < values.length; start += width) {
    const own = contributions.subarray(start, start + width)
    const told = scorer.contributions(values.subarray(start, start + width), query, own)
    if (told !== own) own.set(told)
  }
  return { features: features.map(({ name }) => name), values, contributions }
}

/** Places of which all is kept: those of the page, and of the pages that are likely to follow. */
function placeCountOf({ size }: Query): number {
  return Math.min(tracedPlaces.max, Math.max(tracedPlaces.min, size))
}
