import type { Timestamp } from '../../../events/clock.ts'
import type { ActionEvent, Event, RequestId, ServedEvent, UserId } from '../../../events/event.ts'
import type { Offset } from '../../../events/log/event-log.ts'
import type { Signals } from '../../../events/signals.ts'
import type { Outcome } from './outcomes.ts'

/**
 * Turns the log into rows to learn, in an order that follows from the log alone.
 *
 * What time it is, pages and deeds say: the newest so far. A place of a page is ripe so long after
 * the first deed on it (its impression, where these are reported): then its label is read, once. On
 * a page of which nobody reports impressions, what stands above the last deed is ripe so long after
 * the page was served, as samples of the ranker take it.
 *
 * A label that turns later is told again, as a correction. Of more pages than are remembered the
 * oldest are forgotten: what is done on them later is of no account.
 */
export interface PageOutcomes {
  /** Every event of the log must pass, in its order. */
  see(offset: Offset, event: Event, signals: Signals): void
  /** What became ripe since this was asked, in order. */
  take(): readonly RipeRow[]
  /**
   * From where the log must be read again to come to where this stands: from `next`, which comes
   * next, where nothing is open.
   */
  since(next: Offset, signals: Signals): Since
}

export interface RipeRow {
  /** The event that made it so. */
  readonly offset: Offset
  /** The page that it stood on, and the run that ranked it. */
  readonly page: RequestId
  readonly run: RequestId
  /** Whose page it is. */
  readonly user: UserId
  readonly item: string
  /** When the page was served. */
  readonly at: Timestamp
  readonly label: 0 | 1
  /** The row was learned with the other label before. */
  readonly isCorrection: boolean
}

export interface Since {
  readonly offset: Offset
  /** What time it was there. */
  readonly clock: Timestamp
  readonly signals: Signals
}

export interface OutcomesOptions {
  readonly outcome: Outcome
  /** How long after the first deed a place is ripe. */
  readonly delayMs: number
  /** Pages that are remembered; 5,000 unless told. */
  readonly pagesMax?: number
  /** What time it is where the log is read from. */
  readonly clock?: Timestamp
}

const [unmet, waiting, ripe] = [0, 1, 2]

interface Page {
  readonly served: ServedEvent
  readonly since: Since
  /** By place: what was seen, where it stands, and the label that was told. */
  readonly soFar: Float64Array
  readonly standing: Uint8Array
  readonly told: Uint8Array
  isViewed: boolean
  /** The last place that anything was done on. */
  last: number
}

/** A place of a page; the page as a whole where it is -1. */
interface Due {
  readonly at: Timestamp
  readonly page: Page
  readonly place: number
}

export function pageOutcomes(options: OutcomesOptions): PageOutcomes {
  const { outcome, delayMs, pagesMax = 5_000 } = options
  const pages = new Map<RequestId, Page>()
  /** The first is due first: all wait equally long. */
  const queue: Due[] = []
  let found: RipeRow[] = []
  let clock = options.clock ?? 0
  let here: Offset = 0

  const tell = (page: Page, place: number, isCorrection: boolean): void => {
    const { run, item } = page.served.items[place]!
    const label = outcome.isPositive(page.soFar[place]!) ? 1 : 0
    page.standing[place] = ripe
    page.told[place] = label
    const { request, user, at } = page.served
    found.push({ offset: here, page: request, run, user, item, at, label, isCorrection })
  }

  const ripen = ({ page, place }: Due): void => {
    if (place >= 0) tell(page, place, false)
    // Of a page that is looked at, only what was met tells anything.
    if (place >= 0 || page.isViewed) return
    for (let above = 0; above < page.last; above++)
      if (page.standing[above] === unmet) tell(page, above, false)
  }

  const wait = (page: Page, place: number): void => {
    queue.push({ at: clock + delayMs, page, place })
  }

  const serve = (offset: Offset, served: ServedEvent, signals: Signals): void => {
    const count = served.items.length
    const page: Page = {
      ...{ served, since: { offset, clock, signals }, isViewed: false, last: -1 },
      soFar: new Float64Array(count),
      standing: new Uint8Array(count),
      told: new Uint8Array(count),
    }
    pages.set(served.request, page)
    wait(page, -1)
    if (pages.size > pagesMax) pages.delete(pages.keys().next().value!)
  }

  const act = ({ action, value, shown }: ActionEvent, signals: Signals): void => {
    const page = shown && pages.get(shown.request)
    if (page === undefined || shown!.position >= page.standing.length) return
    const place = shown!.position
    page.soFar[place] = outcome.next(page.soFar[place]!, { action, value }, signals)
    page.last = Math.max(page.last, place)
    if (action === 'impression') page.isViewed = true
    if (page.standing[place] === unmet) {
      page.standing[place] = waiting
      wait(page, place)
    } else if (page.standing[place] === ripe) {
      const label = outcome.isPositive(page.soFar[place]!) ? 1 : 0
      if (label !== page.told[place]) tell(page, place, true)
    }
  }

  return {
    see(offset, event, signals) {
      if (event.type !== 'served' && event.type !== 'action') return
      clock = Math.max(clock, event.at)
      here = offset
      let count = 0
      while (count < queue.length && queue[count]!.at <= clock) ripen(queue[count++]!)
      queue.splice(0, count)
      // What stands beside something has an order of another kind.
      if (event.type === 'action') act(event, signals)
      else if (!event.repeatable) serve(offset, event, signals)
    },

    take() {
      const rows = found
      found = []
      return rows
    },

    since(next, signals) {
      const first = pages.values().next().value
      const open = queue.map(({ page }) => page)
      return [...(first ? [first] : []), ...open].reduce<Since>(
        (least, { since }) => (least.offset <= since.offset ? least : since),
        { offset: next, clock, signals },
      )
    },
  }
}
