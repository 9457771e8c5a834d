import { invalid, StarlingError } from '../../../error.ts'
import type { ActionEvent, ItemId, RequestId, ServedEvent } from '../../../events/event.ts'
import type { LoggedEvent, Offset } from '../../../events/log/event-log.ts'
import { type Random, seededRandom } from '../../../kernel/random.ts'
import type { DeclaredColumn, DeclaredSet } from '../../../state/features/declared/declaration.ts'
import { type Reader, readerFor } from '../../../state/features/declared/filler.ts'
import { openState } from '../../../state/folded-state.ts'
import { history } from '../../../state/projections/history.ts'
import type { Ordinal } from '../../../state/projections/projection.ts'
import { knowledge } from '../../folds.ts'
import { orderedSources } from '../../recipes/recipes.ts'
import { comingRecall, openResidents, type Residents } from '../../recipes/residents.ts'
import { reserveRows } from './example-bytes.ts'
import { type ExampleTable, exampleTable, isPositive, speaksOf } from './example-table.ts'
import type { ExampleOptions, LogSource } from './examples.ts'
import { negativeDraw } from './negatives.ts'
import { type Offer, offers } from './offers.ts'
import { type Collector, pagesOf } from './pages.ts'

/**
 * Examples by replay: at each chosen moment the set is read over the state as it was just before
 * the event, by the same code that reads it when a page is made.
 */
export async function examplesFromLog(
  options: ExampleOptions,
  source: LogSource,
): Promise<ExampleTable> {
  const { set, signal, onProgress = () => undefined } = options
  checkReplayable(set)
  const { log, since = log.tail } = source
  const { chosen, runs } = await chosenMoments(options, source)
  await using state = await openState({ store: await source.base(), ...knowledge })
  const residents = await openResidents({
    state,
    attributes: source.attributes,
    sources: orderedSources,
    factors: () => source.factorsAt?.(state.offset),
    at: 0,
  })
  const table = exampleTable(set)
  const collector = collectorFor({ options, source, residents, table, runs })
  const [start, head] = [state.offset, log.head]
  for await (const batch of log.read(start)) {
    signal?.throwIfAborted()
    for (const { offset, event } of batch) {
      if (event !== undefined && offset >= since) {
        await collector.before(event, chosen.has(offset))
      }
      await state.fold(offset, [event])
    }
    onProgress((state.offset - start) / (head - start))
  }
  collector.end()
  return table
}

/**
 * Facts of a request stand in no event, nor does what models of that moment would have recalled:
 * they are learned from what was logged as used.
 */
function checkReplayable({ name, columns }: DeclaredSet): void {
  const isOfRequest = ({ source }: DeclaredColumn) => source.from === 'request-field'
  const isComing = ({ source }: DeclaredColumn) =>
    source.from === 'feature' && comingRecall.some((feature) => feature.name === source.name)
  const column = columns.find((each) => isOfRequest(each) || isComing(each))
  if (column === undefined) return
  const from = isComing(column)
    ? 'is told by what models and candidate sets proposed'
    : 'is read from the request'
  const message =
    `column "${column.name}" of the set "${name}" ${from}, which the log does ` +
    'not keep: take examples of it from logged features'
  throw new StarlingError('failed_precondition', message)
}

/**
 * The offsets of the events that become groups, so many that their rows fit: an even sample of all
 * there are (selection sampling, Knuth volume 2, algorithm S). One pass that folds nothing.
 */
async function chosenMoments(
  options: ExampleOptions,
  { log, negatives, since = log.tail }: LogSource,
): Promise<Chosen> {
  const { set, rowCountMax, seed, signal } = options
  const rowsOf = ({ event }: LoggedEvent): number => {
    if (event?.type === 'served') return negatives.kind === 'shown' ? pageRows(event) : 0
    if (event?.type !== 'action' || event.item === undefined) return 0
    if (negatives.kind === 'none') return speaksOf(set.labels, event.action) ? 1 : 0
    if (negatives.kind === 'shown') return 0
    return isPositive(set.labels, event.action, event.value) ? 1 + negatives.perPositive : 0
  }
  const moments: LoggedEvent['offset'][] = []
  const rows: number[] = []
  for await (const batch of log.read(log.tail)) {
    signal?.throwIfAborted()
    for (const logged of batch) {
      const count = logged.offset >= since ? rowsOf(logged) : 0
      if (count === 0) continue
      moments.push(logged.offset)
      rows.push(count)
    }
  }
  const runs = new Map<RequestId, Set<ItemId>>()
  const total = rows.reduce((sum, count) => sum + count, 0)
  const random = seededRandom(seed).fork('moments')
  const wanted = Math.min(moments.length, Math.floor((moments.length * rowCountMax) / total))
  const chosen = new Set<number>()
  let held = 0
  for (const [index, offset] of moments.entries()) {
    const isChosen = (moments.length - index) * random.next() < wanted - chosen.size
    if (!isChosen || held + rows[index]! > rowCountMax) continue
    chosen.add(offset)
    held += rows[index]!
  }
  reserveRows(options, held)
  if (negatives.kind === 'shown')
    for await (const batch of log.read(log.tail))
      for (const { offset, event } of batch) {
        if (event?.type !== 'served' || !chosen.has(offset)) continue
        for (const { item, run } of event.items)
          runs.set(run, (runs.get(run) ?? new Set()).add(item))
      }
  return { chosen, runs }
}

interface Chosen {
  /** Offsets of the events that become groups. */
  readonly chosen: ReadonlySet<Offset>
  /** Of their pages, what each run proposed: its rows are read when it ran, and not when shown. */
  readonly runs: ReadonlyMap<RequestId, ReadonlySet<ItemId>>
}

const pageRows = ({ repeatable, items }: ServedEvent): number => (repeatable ? 0 : items.length)

interface Collecting {
  readonly options: ExampleOptions
  readonly source: LogSource
  readonly residents: Residents
  readonly table: ExampleTable
  readonly runs: Chosen['runs']
}

function collectorFor(collecting: Collecting): Collector {
  const { options, source, residents } = collecting
  const reader = readerFor(options.set, residents.ground)
  const offered = offers(residents, options.set, reader)
  const random = seededRandom(options.seed).fork('negatives')
  return source.negatives.kind === 'shown'
    ? pagesOf({ ...collecting, set: options.set, reader, offered })
    : deedsOf(collecting, { reader, offered, random })
}

interface Deeds {
  readonly reader: Reader
  readonly offered: Offer
  readonly random: Random
}

/** Deeds one by one: alone, or each among items that were drawn beside it. */
function deedsOf({ options, source, residents, table }: Collecting, deeds: Deeds): Collector {
  const { negatives } = source
  if (negatives.kind === 'shown') throw invalid('negatives', 'shown are those of pages')
  const { state, catalogue } = residents
  const draw =
    negatives.kind === 'none' ? undefined : negativeDraw(negatives, catalogue, deeds.random)
  const { labels } = options.set

  const take = async (event: ActionEvent, item: Ordinal): Promise<void> => {
    const { user, at, action, value } = event
    const scene = event.shown?.scene ?? event.scene ?? ''
    const channel = event.shown?.channel ?? event.channel ?? ''
    const request = `${options.seed}/${user}/${at}`
    const asked = { user, at, scene, channel, fields: {}, request }
    const others = draw?.draw(at, await notDone(user, item)) ?? []
    // Drawn in vain, one that was taken would stand alone, and be no choice.
    if (draw !== undefined && others.length === 0) return
    const raw = await deeds.offered(asked, [item, ...others], deeds.reader)
    const start = table.append(raw, { at, user })
    table.see(start, action, value)
  }

  const notDone = async (user: string, taken: Ordinal) => {
    const known = await state.read([{ projection: history, key: user }])
    const done = new Set((known.get(history, user) ?? []).map(({ item }) => item))
    return (item: Ordinal): boolean => item === taken || done.has(item)
  }

  return {
    async before(event, isChosen) {
      if (event.type !== 'action' || event.item === undefined) return
      // An item that nobody mentioned before has no row of anything yet.
      const item = state.ordinals.of(event.item)
      if (item === undefined) return
      if (isChosen) await take(event, item)
      if (draw !== undefined && isPositive(labels, event.action, event.value)) draw.took(item)
    },
    end: () => undefined,
  }
}
