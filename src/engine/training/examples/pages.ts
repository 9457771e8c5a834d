import type { Event, ItemId, OfferedEvent, RequestId, ServedEvent } from '../../../events/event.ts'
import type { DeclaredSet } from '../../../state/features/declared/declaration.ts'
import type { Reader } from '../../../state/features/declared/filler.ts'
import { rowOf } from '../../../state/features/declared/raw-table.ts'
import type { RawRows } from '../../../state/features/declared/rows.ts'
import type { Residents } from '../../recipes/residents.ts'
import type { ExampleTable } from './example-table.ts'
import type { Offer } from './offers.ts'

export interface PageParts {
  readonly set: DeclaredSet
  readonly residents: Residents
  readonly table: ExampleTable
  readonly reader: Reader
  readonly offered: Offer
  /** The items that will stand on chosen pages, by the run that proposed them. */
  readonly runs: ReadonlyMap<RequestId, ReadonlySet<ItemId>>
}

/** Sees the events as they come, in order, before each is folded. */
export interface Collector {
  before(event: Event, isChosen: boolean): Promise<void>
  end(): void
}

interface OpenPage {
  readonly rows: readonly number[]
  readonly met: Uint8Array
  isViewed: boolean
}

/**
 * Pages that were served: of those that report impressions the rows that were looked at or acted
 * on, else all above the last deed, since what lies below was perhaps never seen.
 *
 * What waited in a queue was ranked when it was put there: its rows are those of that moment.
 */
export function pagesOf({ set, residents, table, reader, offered, runs }: PageParts): Collector {
  const { ordinals } = residents.state
  const pages = new Map<RequestId, OpenPage>()
  /** A row each, of what was offered and may be shown yet. */
  const waiting = new Map<RequestId, Map<ItemId, RawRows>>()

  const readRun = async (
    { user, at, scene, channel }: OfferedEvent | ServedEvent,
    run: RequestId,
    items: readonly ItemId[],
  ): Promise<void> => {
    const known = items.flatMap((item) => ordinals.of(item) ?? [])
    if (known.length < items.length) return
    // The ranker saw what the run that proposed the page recalled, chance included.
    const asked = { user, at, scene, channel, fields: {}, request: run }
    const raw = await offered(asked, known, reader)
    const rows = waiting.get(run) ?? new Map<ItemId, RawRows>()
    waiting.set(run, rows)
    for (const [row, item] of items.entries()) rows.set(item, rowOf(set, raw, row))
  }

  const takeOffer = async (event: OfferedEvent): Promise<void> => {
    for (const run of new Set(event.entries.map((entry) => entry.run))) {
      const wanted = runs.get(run)
      if (wanted === undefined || waiting.has(run)) continue
      const own = event.entries.filter((entry) => entry.run === run && wanted.has(entry.item))
      await readRun(
        event,
        run,
        own.map(({ item }) => item),
      )
    }
  }

  const takePage = async (served: ServedEvent): Promise<void> => {
    const { items, user, at, request } = served
    // A page that leaves nothing waiting is told without an offer.
    const missing = items.filter(({ run, item }) => !waiting.get(run)?.has(item))
    for (const run of new Set(missing.map((entry) => entry.run))) {
      const own = missing.filter((entry) => entry.run === run)
      await readRun(
        served,
        run,
        own.map(({ item }) => item),
      )
    }
    const rows = items.map(({ run, item }) => waiting.get(run)?.get(item))
    for (const { run, item } of items) waiting.get(run)?.delete(item)
    if (rows.includes(undefined)) return
    const group = { at, user }
    pages.set(request, {
      rows: rows.map((row) => table.append(row!, group)),
      met: new Uint8Array(items.length),
      isViewed: false,
    })
  }

  return {
    async before(event, isChosen) {
      if (event.type === 'offered') await takeOffer(event)
      if (event.type === 'served' && isChosen) await takePage(event)
      if (event.type !== 'action' || event.shown === undefined) return
      const { request, position } = event.shown
      const page = pages.get(request)
      if (page === undefined || position >= page.rows.length) return
      page.met[position] = 1
      if (event.action === 'impression') page.isViewed = true
      table.see(page.rows[position]!, event.action, event.value)
    },

    end() {
      for (const { rows, met, isViewed } of pages.values()) {
        const last = met.lastIndexOf(1)
        for (const [place, row] of rows.entries())
          table.keep(row, isViewed ? met[place] === 1 : place <= last)
      }
    },
  }
}
