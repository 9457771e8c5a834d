import { batch, computed, type ReadonlySignal, type Signal, signal } from '@preact/signals'
import type { Client } from '../../../src/client/client.ts'
import type { Page } from './api.ts'
import { type Failure, failureOf } from './failure.ts'
import type { Items } from './items.ts'

/** Whose feed is looked at, and where. */
export interface Place {
  readonly user: string
  readonly scene: string
  readonly channel: string
}

/** A page on screen, and the condition it was asked with. */
export interface ShownPage extends Page {
  readonly filter: string
}

/** The pages of one place that are on screen, newest first, without gaps. */
export interface Shelf {
  readonly pages: readonly ShownPage[]
  /** The cursor of the page before the last one; null at the beginning, undefined before any. */
  readonly older: string | null | undefined
  readonly busy: 'refresh' | 'older' | undefined
  readonly failure: Failure | undefined
  /** True where the last refresh brought nothing, because nothing is left. */
  readonly dry: boolean
}

export interface Feeds {
  readonly place: ReadonlySignal<Place | undefined>
  /** The shelf of the place. */
  readonly shelf: ReadonlySignal<Shelf>
  /** The condition that new pages are asked with; empty for none. */
  readonly filter: Signal<string>
  /** Goes to a place, and asks for its first page where none is on screen. */
  goTo(place: Place): void
  /** Puts a new page on top. Resolves with whether it is there. */
  refresh(): Promise<boolean>
  /** Puts the page that was shown before the last one below it. */
  pageBack(): Promise<boolean>
  /** Takes the failure of the place down. */
  dismiss(): void
}

export const pageSize = 12

const emptyShelf: Shelf = {
  pages: [],
  older: undefined,
  busy: undefined,
  failure: undefined,
  dry: false,
}

export function createFeeds(client: Client, items: Items): Feeds {
  const place = signal<Place | undefined>(undefined)
  const filter = signal('')
  const shelves = signal<ReadonlyMap<string, Shelf>>(new Map())
  const shelfAt = (at: Place): Shelf => shelves.value.get(keyOf(at)) ?? emptyShelf
  const change = (at: Place, fields: Partial<Shelf>): void => {
    shelves.value = new Map(shelves.value).set(keyOf(at), { ...shelfAt(at), ...fields })
  }

  const ask = (at: Place, fields: { readonly filter?: string; readonly cursor?: string }) =>
    client.feed({
      ...{ scene: at.scene, user: at.user, size: pageSize, items: true },
      ...(at.channel !== '' && { channel: at.channel }),
      ...fields,
    })

  const run = async (busy: 'refresh' | 'older', step: (at: Place) => Promise<void>) => {
    const at = place.value
    if (at === undefined || shelfAt(at).busy !== undefined) return false
    change(at, { busy, failure: undefined })
    try {
      await step(at)
      change(at, { busy: undefined })
      return true
    } catch (error) {
      change(at, { busy: undefined, failure: failureOf(error) })
      return false
    }
  }

  const refresh = () =>
    run('refresh', async (at) => {
      const wanted = filter.value
      const page = await ask(at, wanted === '' ? {} : { filter: wanted })
      batch(() => {
        items.learn(page.items, page.requestId)
        change(at, withNew(shelfAt(at), { ...page, filter: wanted }))
      })
    })

  const pageBack = () =>
    run('older', async (at) => {
      const { older, pages } = shelfAt(at)
      if (typeof older !== 'string') return
      const page = await ask(at, { cursor: older })
      batch(() => {
        items.learn(page.items, page.requestId)
        const shown = page.items.length > 0 ? [...pages, { ...page, filter: '' }] : pages
        change(at, { pages: shown, older: page.older })
      })
    })

  return {
    place,
    shelf: computed(() => (place.value === undefined ? emptyShelf : shelfAt(place.value))),
    filter,
    refresh,
    pageBack,
    dismiss() {
      if (place.value !== undefined) change(place.value, { failure: undefined })
    },
    goTo(next) {
      place.value = next
      const { pages, dry } = shelfAt(next)
      if (pages.length === 0 && !dry) void refresh()
    },
  }
}

/** Puts a page on the one before it. Where others were shown between them, the rest goes. */
function withNew({ pages, older }: Shelf, page: ShownPage): Partial<Shelf> {
  const [top] = pages
  if (page.items.length === 0) return { dry: true, older: top ? older : page.older }
  if (top !== undefined && page.batchId === top.batchId + 1) {
    return { dry: false, pages: [page, ...pages] }
  }
  return { dry: false, pages: [page], older: page.older }
}

const keyOf = ({ user, scene, channel }: Place): string => JSON.stringify([user, scene, channel])
