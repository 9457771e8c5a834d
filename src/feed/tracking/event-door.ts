import { invalid, StarlingError } from '../../error.ts'
import type { Clock } from '../../events/clock.ts'
import { decodeAction } from '../../events/decode.ts'
import type { ActionEvent, EventId, RequestId, Shown } from '../../events/event.ts'
import type { Once } from '../../state/once.ts'
import type { AliasView } from '../../state/projections/aliases.ts'
import type { Batch } from '../../state/projections/batches.ts'
import type { Ordinals } from '../../state/state.ts'
import type { FeedQueue } from '../queue/feed-queue.ts'
import type { TokenSeal } from './token.ts'

/** What became of each row that was sent. */
export interface Tracked {
  readonly accepted: number
  readonly duplicates: number
  readonly rejected: readonly Rejection[]
}

export interface Rejection {
  /** Place in the list that was sent, from 0. */
  readonly index: number
  readonly code: string
  readonly message: string
  readonly field?: string
}

export interface EventDoorOptions {
  readonly clock: Clock
  readonly newId: () => EventId
  readonly seal: TokenSeal
  readonly queue: Pick<FeedQueue, 'byRequest'>
  readonly once: Once
  readonly aliases: AliasView
  readonly ordinals: Ordinals
}

/** Rows of one call. */
export const eventCountMax = 10_000

/** A token speaks for its page so long; an offline phone may be late, a forger has no longer. */
export const tokenLifeMs = 30 * 86_400_000

/** An action may seem this much older than the page that it answers: clocks differ. */
const skewMs = 10 * 60_000

/**
 * The door for what users did. Each row is judged by itself: a bad one is refused with its index
 * and the reason, the good ones are kept. Tokens are verified, ids make each event happen once.
 */
export function eventDoor(options: EventDoorOptions) {
  const { clock, newId, seal, queue, once, aliases, ordinals } = options

  const admit = async (raw: unknown, pageOf: PageOf): Promise<ActionEvent> => {
    const decoded = decodeAction(raw, { now: clock.now(), newId })
    const { token, scene, channel, position: stood } = decoded
    const event = { ...decoded.event, user: aliases.resolve(decoded.event.user) }
    if (token === undefined) {
      return { ...event, ...(scene && { scene }), ...(channel && { channel }) }
    }
    const named = seal.open(token)
    if (named === undefined) throw invalid('token', 'was not issued by this server, or was changed')
    const page = await pageOf(named.request)
    const { event: kept, shown } = checked(event, page, named.position)
    // An item is seen once per place on a page: reporting it again, or paging back, adds nothing.
    const id =
      kept.action === 'impression' ? `impression:${named.request}:${named.position}` : kept.id
    return { ...kept, id, shown: stood === undefined ? shown : { ...shown, stood } }
  }

  const checked = (event: ActionEvent, page: Batch | undefined, position: number) => {
    if (page === undefined) throw invalid('token', 'is stale: its page is no longer kept')
    if (clock.now() - page.at > tokenLifeMs) {
      throw invalid(
        'token',
        `is stale: its page was served more than ${tokenLifeMs / 86_400_000} days ago`,
      )
    }
    const entry = page.items[position]
    if (entry === undefined)
      throw invalid('token', `names place ${position} of a page of ${page.items.length}`)
    if (aliases.resolve(page.user) !== event.user) {
      throw invalid('token', `contradicts user: the page was shown to another than ${event.user}`)
    }
    const item = ordinals.id(entry.item)
    if (event.order !== undefined) checkOrder(event.order, page)
    else if (event.item !== item) {
      throw invalid(
        'token',
        `contradicts item: that place held ${item}, not ${event.item ?? 'none'}`,
      )
    }
    if (event.at < page.at - skewMs)
      throw invalid('at', 'is before the page of the token was served')
    return { event, shown: shownOf(page, position) }
  }

  return {
    async track(raws: readonly unknown[]): Promise<Tracked> {
      if (raws.length > eventCountMax) {
        throw invalid('events', `has ${raws.length} rows; at most ${eventCountMax} go in one call`)
      }
      const rejected: Rejection[] = []
      const events: ActionEvent[] = []
      const pageOf = pagesOf(queue, clock)
      for (const [index, raw] of raws.entries()) {
        try {
          events.push(await admit(raw, pageOf))
        } catch (error) {
          rejected.push(rejection(index, error))
        }
      }
      const fates = await once.record(events, { settled: true })
      const duplicates = fates.filter((fate) => fate === 'repeated').length
      return { accepted: fates.length - duplicates, duplicates, rejected }
    },
  }
}

type PageOf = (request: RequestId) => Promise<Batch | undefined>

/** Pages by request, each looked up once: most rows of a call are of the same few pages. */
function pagesOf(queue: EventDoorOptions['queue'], clock: Clock): PageOf {
  const found = new Map<RequestId, Promise<Batch | undefined>>()
  return (request) => {
    let page = found.get(request)
    if (page === undefined) found.set(request, (page = queue.byRequest(request, clock.now())))
    return page
  }
}

function checkOrder(order: readonly number[], { items }: Batch): void {
  const beyond = order.find((place) => place >= items.length)
  if (beyond !== undefined)
    throw invalid('order', `names place ${beyond} of a page of ${items.length}`)
}

/** A refusal that can stand in an answer; what is not the caller's fault goes on up. */
export function rejection(index: number, error: unknown): Rejection {
  if (!(error instanceof StarlingError) || error.code !== 'invalid_argument') throw error
  const { code, message, field } = error
  return { index, code, message, ...(field === undefined ? {} : { field }) }
}

function shownOf(page: Batch, position: number): Shown {
  const { sources, model } = page.items[position]!
  return {
    request: page.request,
    batch: page.batch,
    position,
    scene: page.scene,
    channel: page.channel,
    arms: page.arms,
    sources,
    model,
    servedAt: page.at,
  }
}
