import type { Timestamp } from '../../events/clock.ts'
import type {
  ActionEvent,
  Event,
  ItemId,
  RequestId,
  ServedEvent,
  UserId,
} from '../../events/event.ts'
import type { EventLog, Offset } from '../../events/log/event-log.ts'
import { positiveSignal, signalOf } from '../../events/signals.ts'
import { type CandidateTable, gather } from '../../feed/pipeline/candidate-table.ts'
import { needsOf } from '../../feed/pipeline/pipeline.ts'
import { chanceOf, type Query } from '../../feed/pipeline/query.ts'
import { recall } from '../../feed/pipeline/recall.ts'
import { quotasOf, type Recipe } from '../../feed/pipeline/recipe.ts'
import { type Random, seededRandom } from '../../kernel/random.ts'
import type { CurrentFactors, Factors } from '../../state/features/user-vector.ts'
import { openState } from '../../state/folded-state.ts'
import { signalsInForce, signalsNeed } from '../../state/projections/parameters.ts'
import type { Ordinal } from '../../state/projections/projection.ts'
import type { Store } from '../../state/store/store.ts'
import { knowledge } from '../folds.ts'
import { orderedSources, recipesOf, sourceNames } from '../recipes/recipes.ts'
import { type DeclaredAttributes, openResidents, type Residents } from '../recipes/residents.ts'

/** What was on offer at one moment, and what the user took: rows of features with labels. */
export interface SampleGroup {
  readonly at: Timestamp
  /** Where in the log it stands: whoever learned from what lies behind may have met it. */
  readonly offset: Offset
  readonly user: UserId
  /** rowCount × features, as serving would have filled them at that moment. */
  readonly rows: Float32Array
  readonly labels: Uint8Array
  /** How many candidates each row stands for. */
  readonly weights: Float32Array
}

export interface SampleOptions {
  readonly log: EventLog
  /** What was known where the log begins: empty for a whole log, the snapshot of a trimmed one. */
  readonly base: () => Promise<Store>
  readonly attributes: DeclaredAttributes
  /** Samples are taken from here on. */
  readonly from: Offset
  /** The factors that serving had at an offset: learned from nothing that lies behind it. */
  readonly factorsAt: (offset: Offset) => Factors | undefined
  /** Groups wanted of each kind, at most and about. */
  readonly groupCount: number
  /** Likes and pages from `from` on: tells how many to pass over. */
  readonly likeCount: number
  readonly pageCount: number
  readonly seed: number | string
  readonly signal?: AbortSignal
  readonly onProgress?: (share: number) => void
}

/** Candidates that were not taken, per one that was. */
const rejectedCount = 30

/**
 * Replays the log, and asks at sampled moments what serving would have seen: the recipe's own
 * recall and features, over the state as it was before the event. Two kinds of moment: a page that
 * was served (its items, and what was done with them), and a like out of the blue, as imported
 * histories hold (the item liked, among what recall would have offered instead). Shelves have an
 * order of another kind: a like there is one out of the blue.
 */
export async function sampleGroups(options: SampleOptions): Promise<readonly SampleGroup[]> {
  const { log, from, signal, onProgress = () => undefined } = options
  await using state = await openState({ store: await options.base(), ...knowledge })
  const factors: CurrentFactors = () => options.factorsAt(state.offset)
  const { attributes } = options
  const residents = await openResidents({
    state,
    attributes,
    sources: orderedSources,
    factors,
    at: 0,
  })
  const sampler = openSampler(residents, options)
  const [start, head] = [state.offset, log.head]
  for await (const batch of log.read(start)) {
    signal?.throwIfAborted()
    for (const { offset, event } of batch) {
      if (event !== undefined && offset >= from) await sampler.before(event)
      await state.fold(offset, [event])
    }
    onProgress((state.offset - start) / (head - start))
  }
  return sampler.groups()
}

/** Who asked for what, and by which request: it tells the chances that were taken for it. */
type Asked = Pick<Query, 'user' | 'at' | 'scene' | 'channel' | 'request'>

interface Page {
  readonly offset: Offset
  readonly served: ServedEvent
  readonly items: readonly ItemId[]
  readonly rows: Float32Array
  readonly signals: Float32Array
  /** 1 for each item that anything was reported of. */
  readonly met: Uint8Array
  /** Were impressions reported? */
  viewed: boolean
}

function openSampler(residents: Residents, options: SampleOptions) {
  const { state, features } = residents
  const { feed: recipe, similar } = recipesOf(residents, () => undefined)
  // No feature tells what candidate sets bring, and making them anew for every moment that is asked
  // for would take a third of the replay.
  const quotas = quotasOf(recipe).filter(({ source }) => sourceNames.includes(source.name))
  const random = seededRandom(options.seed)
  const likeShare = options.groupCount / Math.max(1, options.likeCount)
  const pageShare = options.groupCount / Math.max(1, options.pageCount)
  const pages = new Map<string, Page>()
  /** Requests for shelves and the like: no ranking tells what somebody passed by there. */
  const unranked = new Set<RequestId>()
  const likes: SampleGroup[] = []

  const offerAt = async (asked: Asked, extra: readonly Ordinal[]) => {
    const query = await queryFor(residents, recipe, asked)
    const recalled = await recall(quotas, query, [])
    const table = gather(new Map([...recalled, ['taken', { items: extra }]]))
    return { table, fill: (rows: readonly number[]) => fill(residents, query, table, rows) }
  }

  const servedPage = async (served: ServedEvent): Promise<void> => {
    if (served.repeatable && served.recipe !== similar.name) unranked.add(served.request)
    if (served.repeatable || random.next() > pageShare) return
    const items = served.items.map(({ item }) => item)
    const known = items.flatMap((item) => state.ordinals.of(item) ?? [])
    if (known.length < items.length) return
    // The ranker saw what the run that proposed the page recalled, chance included.
    const { user, at, scene, channel } = served
    const run = { user, at, scene, channel, request: served.items[0]!.run }
    const { table, fill } = await offerAt(run, known)
    const rows = fill(known.map((item) => table.items.indexOf(item)))
    const signals = new Float32Array(items.length)
    const met = new Uint8Array(items.length)
    const page = { offset: state.offset, served, items, rows, signals, met, viewed: false }
    pages.set(served.request, page)
  }

  const likedOutOfTheBlue = async (event: ActionEvent): Promise<void> => {
    if (random.next() > likeShare) return
    const item = state.ordinals.of(event.item!)
    if (item === undefined || !residents.catalogue.servable(item, event.at)) return
    const { user, at } = event
    const request = `${options.seed}/${user}/${at}`
    const { table, fill } = await offerAt({ user, at, scene: '', channel: '', request }, [])
    const taken = table.items.indexOf(item)
    // What recall does not find, no ranker can lift: it would learn from a row it never sees.
    if (taken < 0) return
    const others = drawn(table.items.length, taken, random)
    const weights = new Float32Array(1 + others.length).fill(
      (table.items.length - 1) / others.length,
    )
    weights[0] = 1
    const labels = new Uint8Array(1 + others.length)
    labels[0] = 1
    const rows = fill([taken, ...others])
    likes.push({ at: event.at, offset: state.offset, user: event.user, rows, labels, weights })
  }

  return {
    async before(event: Event): Promise<void> {
      if (event.type === 'served') return servedPage(event)
      if (event.type !== 'action' || event.item === undefined) return
      const signals = signalsInForce(await state.read(signalsNeed))
      const signal = signalOf(signals, event.action, event.value)
      const { shown } = event
      const page = shown && pages.get(shown.request)
      if (page !== undefined) {
        page.signals[shown!.position]! += signal
        page.met[shown!.position] = 1
        if (event.action === 'impression') page.viewed = true
      } else if (signal >= positiveSignal && (!shown || unranked.has(shown.request))) {
        await likedOutOfTheBlue(event)
      }
    },

    groups(): readonly SampleGroup[] {
      const fromPages = [...pages.values()].flatMap((page) => pageGroup(page, features.length))
      return [...likes, ...fromPages].sort((a, b) => a.at - b.at)
    },
  }
}

/**
 * The items of a page that were met. Where impressions are reported, these and what was acted on
 * are all that was looked at; else it is what stands above the last deed, since what lies below was
 * perhaps never seen. A page that was looked at teaches even where nothing on it was liked.
 */
function pageGroup(page: Page, width: number): SampleGroup[] {
  const { offset, served, rows, signals, met, viewed } = page
  const last = met.lastIndexOf(1)
  const places = served.items.flatMap((_, place) =>
    viewed ? (met[place] === 1 ? [place] : []) : place <= last ? [place] : [],
  )
  const labels = Uint8Array.from(places, (place) => (signals[place]! >= positiveSignal ? 1 : 0))
  if (places.length === 0 || !(viewed || labels.includes(1))) return []
  const weights = new Float32Array(places.length).fill(1)
  const chosen = new Float32Array(places.length * width)
  for (const [row, place] of places.entries()) {
    chosen.set(rows.subarray(place * width, (place + 1) * width), row * width)
  }
  const { at, user } = served
  return [{ at, offset, user, rows: chosen, labels, weights }]
}

async function queryFor({ state }: Residents, recipe: Recipe, asked: Asked): Promise<Query> {
  const context = { ...asked, fields: {} }
  return {
    ...context,
    size: 10,
    excluded: new Set(),
    known: await state.read(needsOf(recipe, context)),
    random: chanceOf(asked.request),
    signal: new AbortController().signal,
  }
}

/** The chosen rows' features, row after row. */
function fill(
  { features }: Residents,
  query: Query,
  table: CandidateTable,
  rows: readonly number[],
): Float32Array {
  const chosen = table.only(rows)
  const filled = new Float32Array(rows.length * features.length)
  for (const [index, feature] of features.entries()) {
    const column = chosen.blank(feature)
    feature.fill(query, chosen, query.known, column)
    for (let row = 0; row < rows.length; row++) filled[row * features.length + index] = column[row]!
  }
  return filled
}

/** Rows other than the one taken, all equally likely. */
function drawn(rowCount: number, taken: number, random: Random): readonly number[] {
  const rows = new Set<number>()
  const wanted = Math.min(rejectedCount, rowCount - 1)
  while (rows.size < wanted) {
    const row = random.below(rowCount)
    if (row !== taken) rows.add(row)
  }
  return [...rows]
}
