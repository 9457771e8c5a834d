import type { Timestamp } from '../../events/clock.ts'
import type { ItemId, RequestId, UserId } from '../../events/event.ts'
import type { Trace } from '../../feed/pipeline/trace.ts'
import { type Explanation, explain } from '../../insight/explain/explain.ts'
import { type Fate, fateOf, type OtherPages, type PageName } from '../../insight/explain/fate.ts'
import type { Knowledge } from '../../insight/explain/subject.ts'
import { titlesOf } from '../../insight/explain/titles.ts'
import { descriptionsOf } from '../../state/features/declared/descriptions.ts'
import type { Batch } from '../../state/projections/batches.ts'
import { history } from '../../state/projections/history.ts'
import type { Ordinal } from '../../state/projections/projection.ts'
import type { ExplainRequest, ItemView, PageExplanation } from '../engine.ts'
import type { Parts } from '../parts.ts'
import { fateNow } from './fate-now.ts'
import type { RecentPages } from './recent-pages.ts'

export interface ExplanationsOptions {
  readonly parts: Parts
  readonly recent: Pick<RecentPages, 'walk'>
  readonly itemViews: (ids: readonly ItemId[]) => Promise<ReadonlyMap<ItemId, ItemView>>
}

/** Lost items that are told with their attributes. */
const lostViewCountMax = 100

/** A user's pages that are looked through for what a run brought. */
const pageCountMax = 200

/** Why pages look as they do, from the traces of the runs that made them. */
export function explanations({ parts, recent, itemViews }: ExplanationsOptions) {
  const { queue, traces, state, residents, options, scenes } = parts
  const { ordinals } = state
  const { catalogue, attributes } = residents
  const titleOf = titlesOf(catalogue, ordinals)
  const knowledge: Knowledge = { catalogue, tags: attributes.tags, titleOf }

  const tracesOf = async ({ request, items }: Batch): Promise<ReadonlyMap<RequestId, Trace>> => {
    const found = new Map<RequestId, Trace>()
    // The request's own run may have brought nothing that the page shows.
    for (const run of new Set([request, ...items.map((entry) => entry.run)])) {
      const trace = await traces.find(run)
      if (trace !== undefined) found.set(run, trace)
    }
    return found
  }

  /** Where else the user was shown items since a moment; pages beside items hide nothing. */
  const othersOf = async (batch: Batch, since: Timestamp): Promise<OtherPages> => {
    const [earlier, later] = [new Map<Ordinal, PageName>(), new Map<Ordinal, PageName>()]
    let count = 0
    for await (const page of recent.walk(batch.user)) {
      if (page.at < since || count++ === pageCountMax) break
      if (page.request === batch.request || scenes.get(page.scene)?.repeatable) continue
      const { request, scene, channel } = page
      const name = { requestId: request, scene, channel, batchId: page.batch }
      for (const { item } of page.items) (page.at < batch.at ? earlier : later).set(item, name)
    }
    return { earlier, later }
  }

  const askedOf = async (
    id: ItemId,
    batch: Batch,
    found: ReadonlyMap<RequestId, Trace>,
    others: OtherPages,
  ): Promise<Fate> => {
    const item = ordinals.of(id)
    if (item === undefined) return { id, outcome: 'unknown', reason: 'no event ever named it' }
    const title = titleOf(item)
    const place = batch.items.findIndex((entry) => entry.item === item)
    if (place >= 0)
      return { id, title, outcome: 'shown', reason: `place ${place + 1} of this page` }
    const runs = [...found.values()].sort((one, other) => other.at - one.at)
    if (runs.length === 0) return { id, title, outcome: 'forgotten', reason: keptWords(parts) }
    const fates = runs.map((trace) => fateOf(trace, item, id, others))
    const fate = fates.find(({ outcome }) => outcome !== 'not-recalled') ?? fates[0]!
    if (fate.outcome !== 'not-recalled') return { ...fate, title }
    return { ...fate, title, ...(await whyNotProposed(item, batch, runs[0]!)) }
  }

  /** What kept the sources from proposing an item: they pass over what must not be shown. */
  const whyNotProposed = async (
    item: Ordinal,
    batch: Batch,
    { at }: Trace,
  ): Promise<Partial<Fate>> => {
    if (catalogue.availableFrom(item) > at) {
      return { reason: 'it was not in the catalogue yet when the page was made' }
    }
    const user = parts.aliases.resolve(batch.user)
    const known = await state.read([{ projection: history, key: user }])
    if (known.get(history, user)?.some((deed) => deed.item === item && deed.at < at)) {
      return { by: 'drop-seen', reason: 'the user had met it before: sources pass over it' }
    }
    const page = (await othersOf(batch, Number.NEGATIVE_INFINITY)).earlier.get(item)
    if (page === undefined) return {}
    return { by: 'drop-seen', reason: 'it was shown before: sources pass over it', page }
  }

  /** A run that fails as a whole has nothing to tell: that others of its time do gives it away. */
  const leftNoTrace = (
    { delivery, request, at }: Batch,
    found: ReadonlyMap<RequestId, Trace>,
  ): boolean => {
    const from = traces.span()?.from ?? Number.POSITIVE_INFINITY
    return delivery === 'now' && !found.has(request) && from <= at
  }

  const viewsOf = (told: Explanation, asked: Fate | undefined) =>
    itemViews([
      ...new Set([
        ...told.items.flatMap(({ id, evidence }) => [id, ...evidence.map(({ item }) => item)]),
        ...told.lost.slice(0, lostViewCountMax).map(({ id }) => id),
        ...(asked === undefined ? [] : [asked.id]),
      ]),
    ])

  return {
    async explain(
      request: RequestId,
      { item, withItems }: ExplainRequest = {},
    ): Promise<PageExplanation | undefined> {
      const batch = await queue.byRequest(request, options.clock.now())
      if (batch === undefined) return undefined
      const found = await tracesOf(batch)
      const since = Math.min(batch.at, ...[...found.values()].map(({ at }) => at))
      const others = await othersOf(batch, since)
      const told = explain(batch, {
        ...{ traces: found, ordinals, knowledge, others },
        descriptions: descriptionsOf(residents.ground.features),
      })
      const asked = item === undefined ? undefined : await askedOf(item, batch, found, others)
      return {
        ...told,
        ...(leftNoTrace(batch, found) && { degraded: 'the recipe failed: it left no trace' }),
        ...(asked && { asked }),
        ...(withItems && { views: [...(await viewsOf(told, asked)).values()] }),
      }
    },

    whyNot: (request: { scene: string; user: UserId; item: ItemId }): Promise<Fate> =>
      fateNow(parts, request),
  }
}

function keptWords({ traces }: Parts): string {
  const span = traces.span()
  if (span === undefined) return 'no traces are kept: what the page was made from is not known'
  const [from, to] = [span.from, span.to].map((at) => new Date(at).toISOString())
  return `its traces are no longer kept: those there are reach from ${from} to ${to}`
}
