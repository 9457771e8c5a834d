import type { Context, Feature } from '../../state/features/feature.ts'
import type { Entry } from '../../state/projections/packed-entries.ts'
import type { Need } from '../../state/projections/projection.ts'
import type { State } from '../../state/state.ts'
import { bestFirst } from './best-first.ts'
import { type CandidateTable, gather } from './candidate-table.ts'
import type { Order } from './candidates.ts'
import type { Filter } from './filter.ts'
import type { Mixer } from './mixer.ts'
import type { Query } from './query.ts'
import { recall } from './recall.ts'
import { quotasOf, type Recipe } from './recipe.ts'
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
  written: Recipe,
  ask: Ask,
  state: Pick<State, 'read'>,
): Promise<Slate> {
  const recipe = await ofNow(written, ask)
  const query: Query = { ...ask, known: await state.read(needsOf(recipe, ask)) }
  const steps: Step[] = []
  const recalled = gather(await recall(recipe.recall, query, steps))
  const { table, droppedBy } = await dropRows(recipe, query, recalled, steps)
  const ranked = await rankRows(recipe, query, table, steps)
  const orders = mixRows(recipe, query, table, ranked, steps)
  const finished = orders.at(-1)!.slice(0, recipe.slateSizeMax)
  const scores = table.column(recipe.by)
  const model = modelOf(recipe, query, steps)
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

/** Sources and rankers are those of this moment, for the whole run. */
async function ofNow(written: Recipe, { user }: Ask): Promise<Recipe> {
  const { more: _, rankNow, ...recipe } = { ...written, recall: quotasOf(written) }
  return rankNow === undefined ? recipe : { ...recipe, rank: await rankNow(user) }
}

/** All that the stages of a recipe will read of the user, once each. */
export function needsOf(recipe: Recipe, context: Context): readonly Need[] {
  const needs: Need[] = []
  // Dozens of features need the same few values: each is asked for, and looked up, once.
  const add = (more: readonly Need[] | undefined): void => {
    for (const need of more ?? []) {
      if (!needs.some((known) => isSame(known, need))) needs.push(need)
    }
  }
  for (const { source } of quotasOf(recipe)) add(source.needs?.(context))
  for (const filter of recipe.filter) add(filter.needs?.(context))
  for (const feature of needyOf(recipe)) add(feature.needs(context))
  for (const scorer of recipe.rank) add(scorer.needs?.(context))
  return needs
}

function isSame(one: Need, other: Need): boolean {
  return one.projection === other.projection && one.key === other.key
}

export function featuresOf(recipe: Recipe): readonly Feature[] {
  return [...new Set(recipe.rank.flatMap((scorer) => scorer.reads))]
}

/** By the features that a scorer reads, those of them that are asked what they need. */
const needy = new WeakMap<readonly Feature[], readonly Feature[]>()

/** Features that share a `needs` need the same: one of them is asked, and found once a recipe. */
function needyOf({ rank }: Recipe): readonly Feature[] {
  return rank.flatMap(({ reads }) => {
    let found = needy.get(reads)
    if (found === undefined) needy.set(reads, (found = oneOfEach(reads)))
    return found
  })
}

function oneOfEach(features: readonly Feature[]): readonly Feature[] {
  const asked = new Set<Feature['needs']>()
  return features.filter((feature) => {
    // One that is inherited may need what only the feature itself knows of.
    if (!Object.hasOwn(feature, 'needs')) return true
    if (asked.has(feature.needs)) return false
    asked.add(feature.needs)
    return true
  })
}

async function dropRows(
  { filter, candidateCountMax }: Recipe,
  query: Query,
  recalled: CandidateTable,
  steps: Step[],
): Promise<{ table: CandidateTable; droppedBy: Int8Array }> {
  const droppedBy = new Int8Array(recalled.items.length).fill(keptRow)
  let rowCount = droppedBy.length
  for (const [index, stage] of filter.entries()) {
    const elapsed = stopwatch()
    const mask = await maskOf(stage, query, recalled)
    let dropped = 0
    for (let row = 0; row < droppedBy.length; row++) {
      if (mask[row] === 1 || droppedBy[row] !== keptRow) continue
      droppedBy[row] = index
      dropped++
    }
    rowCount -= dropped
    steps.push({ stage: 'filter', name: stage.name, rowCount, dropped, durationMs: elapsed() })
  }
  const kept = new Uint32Array(Math.min(rowCount, candidateCountMax))
  let count = 0
  for (let row = 0; row < droppedBy.length; row++) {
    if (droppedBy[row] !== keptRow) continue
    if (count < kept.length) kept[count++] = row
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
      const blanks = table.blanks(scorer.reads)
      for (const [index, feature] of scorer.reads.entries()) {
        const rows = blanks[index]!
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

/** Whose scores stand: those of the last scorer that asked a model, and did not fail. */
function modelOf({ rank }: Recipe, query: Query, steps: readonly Step[]): string {
  const ran = steps.filter(({ stage }) => stage === 'rank')
  const stood = rank.filter(({ model }, index) => model !== undefined && !ran[index]?.failure)
  const asked = stood.at(-1)
  return asked?.modelFor?.(query) ?? asked?.model ?? ''
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
    const { order, failure } = mixed(mixer, query, table, before, recipe.slateSizeMax)
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

function mixed(mixer: Mixer, query: Query, table: CandidateTable, before: Order, places: number) {
  try {
    const order = mixer.mix(query, table, before, places)
    const left = new Uint8Array(table.items.length)
    for (let place = 0; place < before.length; place++) left[before[place]!] = 1
    for (let place = 0; place < order.length; place++) {
      const row = order[place]!
      if (left[row] !== 1) {
        return { order: before, failure: `row ${row} was invented or repeated` }
      }
      left[row] = 0
    }
    return { order }
  } catch (error) {
    return { order: before, failure: String(error) }
  }
}

function finite(value: number): number {
  return Number.isFinite(value) ? value : 0
}
