import { computed, type ReadonlySignal, signal } from '@preact/signals'
import type { Page, PageItem } from './api.ts'

/** An item that is looked at, on the page that showed it. */
export interface Opened {
  readonly requestId: string
  readonly entry: PageItem
}

/** What lies over the feed: an item with the way that led to it, or why a page is as it is. */
export interface Panel {
  readonly opened: ReadonlySignal<Opened | undefined>
  /** The item that was looked at before. */
  readonly previous: ReadonlySignal<Opened | undefined>
  readonly explained: ReadonlySignal<Page | undefined>
  open(requestId: string, entry: PageItem): void
  back(): void
  explain(page: Page): void
  close(): void
}

export function createPanel(): Panel {
  const way = signal<readonly Opened[]>([])
  const explained = signal<Page | undefined>(undefined)
  return {
    opened: computed(() => way.value.at(-1)),
    previous: computed(() => way.value.at(-2)),
    explained,
    open(requestId, entry) {
      way.value = [...way.value, { requestId, entry }]
    },
    back() {
      way.value = way.value.slice(0, -1)
    },
    explain(page) {
      explained.value = page
    },
    close() {
      way.value = []
      explained.value = undefined
    },
  }
}
