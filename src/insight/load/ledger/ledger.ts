import type { ItemId, UserId } from '../../../events/event.ts'
import type { Asked, AskedPage } from '../transport.ts'
import type { KeptPages } from './kept-pages.ts'

/** What a feed promises, and every way to break it. */
export const faults = ['repeat', 'withdrawn', 'history', 'empty'] as const
export type Fault = (typeof faults)[number]

/** Holds every page against what the feed promises, in bounded memory. */
export interface Ledger {
  /** Judges a page that was asked for at `sentMs`. */
  judge(asked: Asked, page: AskedPage, sentMs: number): void
  /** From now on nobody may be shown the item: it was taken away, and the server has said so. */
  withdrawn(item: number, atMs: number): void
  readonly counts: ReadonlyMap<Fault, number>
  /** The first few, in words. */
  readonly examples: readonly string[]
  /** Pages of users for whom there was no memory left: they were not looked at for repeats. */
  readonly unwatchedPages: number
}

export interface LedgerOptions {
  readonly itemOf: (id: ItemId) => number | undefined
  readonly itemCount: number
  readonly kept: KeptPages
  /** May the item be shown there now? */
  readonly mayShow: (item: number, channel: string) => boolean
  /** For who was shown what: a bit per item for each user. */
  readonly bytesMax?: number
}

const examplesMax = 10

export function openLedger(options: LedgerOptions): Ledger {
  const { itemOf, itemCount, kept, mayShow, bytesMax = 256 * 2 ** 20 } = options
  const bytesPerUser = Math.ceil(itemCount / 8)
  const usersMax = Math.floor(bytesMax / bytesPerUser)
  const shown = new Map<UserId, Uint8Array>()
  const gone = new Map<number, number>()
  const counts = new Map<Fault, number>()
  const examples: string[] = []
  let unwatchedPages = 0

  const report = (fault: Fault, asked: Asked, words: string): void => {
    counts.set(fault, (counts.get(fault) ?? 0) + 1)
    const place = asked.channel === '' ? asked.scene : `${asked.scene} ${asked.channel}`
    if (examples.length < examplesMax) {
      examples.push(`${fault}: ${asked.user} on ${place} (${asked.kind}) ${words}`)
    }
  }

  const rowOf = (user: UserId): Uint8Array | undefined => {
    const known = shown.get(user)
    if (known !== undefined || shown.size === usersMax) return known
    const row = new Uint8Array(bytesPerUser)
    shown.set(user, row)
    return row
  }

  const judgeNew = (asked: Asked, page: AskedPage): void => {
    const row = rowOf(asked.user)
    if (row === undefined) {
      unwatchedPages++
      return
    }
    for (const { id } of page.items) {
      const item = itemOf(id)
      if (item === undefined) continue
      const [byte, bit] = [item >>> 3, 1 << (item & 7)]
      if ((row[byte]! & bit) !== 0) report('repeat', asked, `was shown ${id} again`)
      row[byte]! |= bit
    }
    if (page.items.length === 0 && hasMore(row, asked.channel)) {
      report('empty', asked, 'was shown an empty page, while there is more to show')
    }
  }

  /** Is there anything that the user was not shown? Walks all items: pages are rarely empty. */
  const hasMore = (row: Uint8Array, channel: string): boolean => {
    for (let item = 0; item < itemCount; item++) {
      const wasShown = (row[item >>> 3]! & (1 << (item & 7))) !== 0
      if (!wasShown && !gone.has(item) && mayShow(item, channel)) return true
    }
    return false
  }

  const judgeOlder = (asked: Asked, page: AskedPage): void => {
    const first = kept.firstSeen(asked, page.batchId)
    if (first === undefined) return
    // What may not be shown any more may be missing; whether it is there is judged by itself.
    const stays = (id: ItemId): boolean => {
      const item = itemOf(id)
      return item === undefined || (!gone.has(item) && mayShow(item, ''))
    }
    const [before, now] = [first.filter(stays), page.items.map(({ id }) => id).filter(stays)]
    if (before.join('\n') === now.join('\n')) return
    const words = `${now.join(' ')}, and it was ${before.join(' ')}`
    report('history', asked, `paged back to batch ${page.batchId} and saw ${words}`)
  }

  return {
    judge(asked, page, sentMs) {
      for (const { id } of page.items) {
        const item = itemOf(id)
        const goneMs = item === undefined ? undefined : gone.get(item)
        if (goneMs !== undefined && goneMs < sentMs) {
          report('withdrawn', asked, `was shown ${id}, which had been withdrawn`)
        }
      }
      if (asked.kind === 'older') judgeOlder(asked, page)
      else if (asked.kind !== 'similar') judgeNew(asked, page)
    },
    withdrawn: (item, atMs) => void gone.set(item, atMs),
    counts,
    examples,
    get unwatchedPages() {
      return unwatchedPages
    },
  }
}
