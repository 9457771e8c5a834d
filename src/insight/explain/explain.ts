import type { Timestamp } from '../../events/clock.ts'
import type { Delivery, ItemId, RequestId, UserId } from '../../events/event.ts'
import { type InputTold, toldInputs } from '../../feed/pipeline/inputs.ts'
import type { Step, Trace } from '../../feed/pipeline/trace.ts'
import { type Descriptions, noDescriptions } from '../../state/features/declared/descriptions.ts'
import type { Batch } from '../../state/projections/batches.ts'
import type { Entry } from '../../state/projections/packed-entries.ts'
import type { Ordinals } from '../../state/state.ts'
import { type Because, becauseOf } from './because.ts'
import { listed } from './deed-words.ts'
import { type Fate, fateOf, noOtherPages, type OtherPages } from './fate.ts'
import { type Share, type Shares, sharesOf } from './shares.ts'
import type { Knowledge } from './subject.ts'

/** Why a page looks as it does: per stage, per item shown, and per candidate that was not. */
export interface Explanation {
  readonly requestId: RequestId
  readonly user: UserId
  readonly scene: string
  readonly channel: string
  readonly batchId: number
  readonly at: Timestamp
  readonly delivery: Delivery
  readonly recipe: string
  readonly model: string
  /** What failed on the way, where a stage did. */
  readonly degraded?: string
  /** The run of the request, if it had one, and those that brought its items, oldest first. */
  readonly runs: readonly RunView[]
  /** Of every one of these runs. */
  readonly stages: readonly StageView[]
  readonly items: readonly ItemExplanation[]
  /** Candidates that did not make the page, with the stage that lost them. */
  readonly lost: readonly Fate[]
}

/** One run of a recipe. */
export interface RunView {
  readonly run: RequestId
  readonly at: Timestamp
  readonly recipe: string
  readonly model: string
  /** Items that the sources proposed, each counted once. */
  readonly candidateCount: number
  /** Items that the filters left and the limit let through: those that were ranked. */
  readonly rankedCount: number
  /** Items of the finished order. */
  readonly slateLength: number
  /** Items that the page shows of it. */
  readonly shownCount: number
  /** How the score was made of what the ranker foretold; absent where it told none of it. */
  readonly formula?: string
}

export interface StageView extends Step {
  readonly run: RequestId
}

export interface ItemExplanation extends Because {
  readonly id: ItemId
  readonly title: string
  readonly position: number
  readonly score: number
  readonly run: RequestId
  readonly sources: readonly SourceTold[]
  readonly features: readonly {
    readonly name: string
    readonly value: number
    readonly contribution: number
    /** What the number means, with its unit; '' where this version does not know. */
    readonly description: string
  }[]
  /** What a ranker of a declared set was given of it, before any encoding. */
  readonly inputs: readonly InputTold[]
  /** What the ranker foretold of it, head by head; the run's `formula` makes its score of them. */
  readonly foretold: readonly { readonly head: string; readonly value: number }[]
  /** What set it apart from the run's best-ranked items, by family of features; largest first. */
  readonly shares: readonly Pick<Share, 'name' | 'contribution'>[]
  /** Place before and after each mixer that moved it. */
  readonly moves: readonly { readonly mixer: string; readonly from: number; readonly to: number }[]
}

export interface SourceTold {
  readonly name: string
  /** Place in its list, from 0; -1 where it is not kept. */
  readonly rank: number
  /** How good the source held it, as a share of its best: absent where it gives no scores. */
  readonly score?: number
}

export interface ExplainOptions {
  readonly traces: ReadonlyMap<RequestId, Trace>
  readonly ordinals: Pick<Ordinals, 'id'>
  readonly knowledge: Knowledge
  readonly others?: OtherPages
  readonly descriptions?: Descriptions
}

/**
 * Reads a page's traces out. Runs whose trace is no longer kept leave their items with what the
 * page knows.
 */
export function explain(batch: Batch, options: ExplainOptions): Explanation {
  const { traces, ordinals, knowledge, others = noOtherPages } = options
  const shown = new Set(batch.items.map(({ item }) => item))
  const runs = [...traces.values()].sort((one, other) => one.at - other.at)
  const shares = new Map(runs.map((trace) => [trace.run, sharesOf(trace, knowledge.tags)]))
  const lost = runs.flatMap((trace) =>
    [...trace.items].flatMap((item): Fate[] => {
      const fate = fateOf(trace, item, ordinals.id(item), others)
      return shown.has(item) ? [] : [{ ...fate, title: knowledge.titleOf(item) }]
    }),
  )
  const failures = traces.get(batch.request)?.steps.flatMap(failureOf) ?? []
  return {
    requestId: batch.request,
    user: batch.user,
    scene: batch.scene,
    channel: batch.channel,
    batchId: batch.batch,
    at: batch.at,
    delivery: batch.delivery,
    recipe: batch.recipe,
    model: batch.items[0]?.model ?? '',
    ...(failures.length > 0 && { degraded: failures.join('; ') }),
    runs: runs.map((trace) => runView(trace, batch)),
    stages: runs.flatMap((trace) => trace.steps.map((step) => ({ ...step, run: trace.run }))),
    items: batch.items.map((entry, position) => ({
      ...{ id: ordinals.id(entry.item), title: knowledge.titleOf(entry.item), position },
      ...{ score: entry.score, run: entry.run },
      ...itemOf(entry, traces.get(entry.run), shares.get(entry.run), options),
    })),
    lost: onceEach(lost),
  }
}

function failureOf({ stage, name, failure }: Step): string[] {
  return failure === undefined ? [] : [`${stage} ${name}: ${failure}`]
}

function runView(trace: Trace, { items }: Batch): RunView {
  return {
    run: trace.run,
    at: trace.at,
    recipe: trace.recipe,
    model: trace.model,
    candidateCount: trace.items.length,
    rankedCount: trace.orders[0]?.length ?? 0,
    slateLength: trace.orders.at(-1)?.length ?? 0,
    shownCount: items.filter(({ run }) => run === trace.run).length,
    ...(trace.foretold && { formula: trace.foretold.formula }),
  }
}

type FromTrace = Pick<
  ItemExplanation,
  'sources' | 'features' | 'inputs' | 'foretold' | 'shares' | 'moves' | keyof Because
>

function itemOf(
  entry: Entry,
  trace: Trace | undefined,
  shares: Shares | undefined,
  { knowledge, ordinals, descriptions = noDescriptions }: ExplainOptions,
): FromTrace {
  const row = trace?.items.indexOf(entry.item) ?? -1
  if (trace === undefined || row < 0) return forgotten(entry.sources)
  const place = trace.orders.at(-1)!.indexOf(row)
  const own = shares?.at(place) ?? []
  const feature = (name: string): number => shares?.feature(place, name) ?? 0
  const subject = { item: entry.item, trace, place, sources: entry.sources, shares: own, feature }
  return {
    sources: sourcesOf(trace, row, place),
    features: featuresOf(trace, place, descriptions),
    inputs: toldInputs(trace.inputs, place, descriptions),
    foretold: foretoldOf(trace, place),
    shares: own.map(({ name, contribution }) => ({ name, contribution })),
    moves: movesOf(trace, row),
    ...becauseOf(subject, knowledge, ordinals),
  }
}

function forgotten(sources: readonly string[]): FromTrace {
  return {
    sources: sources.map((name) => ({ name, rank: -1 })),
    ...{
      features: [],
      inputs: [],
      foretold: [],
      shares: [],
      moves: [],
      evidence: [],
      reason: 'forgotten',
    },
    because: `Proposed by ${listed(sources)}; what else was known then is no longer kept.`,
  }
}

/** Several runs may have lost the same item: the newest one tells. */
function onceEach(fates: readonly Fate[]): readonly Fate[] {
  return [...new Map(fates.map((fate) => [fate.id, fate])).values()]
}

function sourcesOf(trace: Trace, row: number, place: number): ItemExplanation['sources'] {
  return trace.sources.flatMap((name, index) => {
    const rank = trace.ranks[index * trace.items.length + row]!
    if (rank < 0) return []
    const score = place < 0 ? 0 : (trace.recallScores?.[place * trace.sources.length + index] ?? 0)
    return [{ name, rank, ...(score > 0 && { score }) }]
  })
}

function featuresOf(
  trace: Trace,
  place: number,
  descriptions: Descriptions,
): ItemExplanation['features'] {
  const width = trace.features.length
  if (place < 0 || (place + 1) * width > trace.values.length) return []
  return trace.features.map((name, index) => ({
    name,
    value: trace.values[place * width + index]!,
    contribution: trace.contributions[place * width + index]!,
    description: descriptions.feature(name),
  }))
}

function foretoldOf({ foretold }: Trace, place: number): ItemExplanation['foretold'] {
  if (foretold === undefined) return []
  const { heads, values } = foretold
  if (place < 0 || (place + 1) * heads.length > values.length) return []
  return heads.map((head, index) => ({ head, value: values[place * heads.length + index]! }))
}

function movesOf(trace: Trace, row: number): ItemExplanation['moves'] {
  return trace.mixers.flatMap((mixer, index) => {
    const from = trace.orders[index]!.indexOf(row)
    const to = trace.orders[index + 1]!.indexOf(row)
    return from === to || to < 0 ? [] : [{ mixer, from, to }]
  })
}
