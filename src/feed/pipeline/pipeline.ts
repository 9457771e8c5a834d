import type { Context, Feature } from '../../state/features/feature.ts'
import type { Entry } from '../../state/projections/packed-entries.ts'
import type { Need } from '../../state/projections/projection.ts'
import type { State } from '../../state/state.ts'
import { type CandidateTable, gather } from './candidate-table.ts'
import type { Order, Row } from './candidates.ts'
import type { Filter } from './filter.ts'
import type { Mixer } from './mixer.ts'
import type { Query } from './query.ts'
import { recall } from './recall.ts'
import type { Recipe } from './recipe.ts'
import { stopwatch } from './stopwatch.ts'
import { cutRow, keptRow, type Step, type Trace } from './trace.ts'
import { traceOf } from './trace-of.ts'

/** What a run of a recipe came to. */
export interface Slate {
  /** Best first. They expire when the caller says. */
  readonly entries: readonly Omit<Entry, 'expiresAt'>[]
  readonly trace: Trace
  /** The stages that failed, in words, where the slate is good for showing all the same. */
  readonly failures: readonly string[]
}

/** What a request brings to a run: all of a query but what the state knows. */
export type Ask = Omit<Query, 'known'>

/**
 * Runs a recipe: recall, filter, rank, mix, in that order and never back.
 *
 * The pipeline holds each stage to its promise. A source that fails leaves a recorded gap, and a
 * thinner feed is better than none. A ranker that fails leaves the order of recall. A mixer that
 * fails, or invents a row, is passed over. A filter that fails fails the run: what must not be
 * shown is not shown.
 */
export async function runRecipe(
  recipe: Recipe,
  ask: Ask,
  state: Pick<State, 'read'>,
): Promise<Slate> {
  const query: Query = { ...ask, known: await state.read(needsOf(recipe, ask)) }
  const steps: Step[] = []
  const recalled = gather(await recall(recipe.recall, query, steps))
  const { table, droppedBy } = await dropRows(recipe, query, recalled, steps)
  const ranked = await rankRows(recipe, query, table, steps)
  const orders = mixRows(recipe, query, table, ranked, steps)
  const finished = orders.at(-1)!.slice(0, recipe.slateSizeMax)
  const scores = table.column(recipe.by)
  const model = recipe.rank.find((scorer) => scorer.model !== undefined)?.model ?? ''
  return {
    entries: finished.map((row) => ({
      item: table.items[row]!,
      score: finite(scores[row]!),
      sources: table.sources(row),
      run: query.request,
      model,
    })),
    trace: traceOf({ recipe, query, model, steps, recalled, table, droppedBy, orders, finished }),
    failures: steps.flatMap(({ stage, name, failure }) =>
      failure ? [`${stage} ${name}: ${failure}`] : [],
    ),
  }
}

/** All that the stages of a recipe will read of the user, once each. */
export function needsOf(recipe: Recipe, context: Context): readonly Need[] {
  return [
    ...recipe.recall.flatMap(({ source }) => source.needs?.(context) ?? []),
    ...recipe.filter.flatMap((filter) => filter.needs?.(context) ?? []),
    ...featuresOf(recipe).flatMap((feature) => feature.needs(context)),
  ]
}

export function featuresOf(recipe: Recipe): readonly Feature[] {
  return [...new Set(recipe.rank.flatMap((scorer) => scorer.reads))]
}

async function dropRows(
  { filter, candidateCountMax }: Recipe,
  query: Query,
  recalled: CandidateTable,
  steps: Step[],
): Promise<{ table: CandidateTable; droppedBy: Int8Array }> {
  const droppedBy = new Int8Array(recalled.items.length).fill(keptRow)
  for (const [index, stage] of filter.entries()) {
    const elapsed = stopwatch()
    const mask = await maskOf(stage, query, recalled)
    let dropped = 0
    for (let row = 0; row < droppedBy.length; row++) {
      if (mask[row] === 1 || droppedBy[row] !== keptRow) continue
      droppedBy[row] = index
      dropped++
    }
    const rowCount = droppedBy.reduce((count, by) => count + (by === keptRow ? 1 : 0), 0)
    steps.push({ stage: 'filter', name: stage.name, rowCount, dropped, durationMs: elapsed() })
  }
  const kept: Row[] = []
  for (let row = 0; row < droppedBy.length; row++) {
    if (droppedBy[row] !== keptRow) continue
    if (kept.length < candidateCountMax) kept.push(row)
    else droppedBy[row] = cutRow
  }
  return { table: recalled.only(kept), droppedBy }
}

async function maskOf(filter: Filter, query: Query, table: CandidateTable): Promise<Uint8Array> {
  const mask = await filter.keep(query, table)
  if (mask.length !== table.items.length) {
    throw new Error(`filter ${filter.name} judged ${mask.length} of ${table.items.length} rows`)
  }
  return mask
}

async function rankRows(
  recipe: Recipe,
  query: Query,
  table: CandidateTable,
  steps: Step[],
): Promise<Order> {
  for (const scorer of recipe.rank) {
    const elapsed = stopwatch()
    const step = {
      stage: 'rank',
      name: scorer.name,
      rowCount: table.items.length,
      dropped: 0,
    } as const
    try {
      for (const feature of scorer.reads) {
        const rows = table.blank(feature)
        feature.fill(query, table, query.known, rows)
        table.write(feature, rows, feature.name)
      }
      const columns = await scorer.score(query, table)
      for (const [index, column] of scorer.writes.entries()) {
        table.write(column, columns[index], scorer.name)
      }
      steps.push({ ...step, durationMs: elapsed() })
    } catch (error) {
      steps.push({ ...step, durationMs: elapsed(), failure: String(error) })
    }
  }
  return bestFirst(table.column(recipe.by))
}

/** The ranker's order, then the order after each mixer. */
function mixRows(
  recipe: Recipe,
  query: Query,
  table: CandidateTable,
  ranked: Order,
  steps: Step[],
): readonly Order[] {
  const orders = [ranked]
  for (const mixer of recipe.mix) {
    const elapsed = stopwatch()
    const before = orders.at(-1)!
    const { order, failure } = mixed(mixer, query, table, before)
    steps.push({
      stage: 'mix',
      name: mixer.name,
      rowCount: order.length,
      dropped: before.length - order.length,
      durationMs: elapsed(),
      ...(failure === undefined ? {} : { failure }),
    })
    orders.push(order)
  }
  return orders
}

function mixed(mixer: Mixer, query: Query, table: CandidateTable, before: Order) {
  try {
    const order = mixer.mix(query, table, before)
    const rows = new Set(before)
    const invented = order.find((row) => !rows.delete(row))
    if (invented === undefined) return { order }
    return { order: before, failure: `row ${invented} was invented or repeated` }
  } catch (error) {
    return { order: before, failure: String(error) }
  }
}

/** A score that is not a number sinks, so that no broken row takes a place at the top. */
function bestFirst(scores: Float32Array): Order {
  const rows: Row[] = []
  for (let row = 0; row < scores.length; row++) rows.push(row)
  return rows.sort((a, b) => sunk(scores[b]!) - sunk(scores[a]!) || a - b)
}

function sunk(score: number): number {
  return Number.isFinite(score) ? score : -Number.MAX_VALUE
}

function finite(value: number): number {
  return Number.isFinite(value) ? value : 0
}
