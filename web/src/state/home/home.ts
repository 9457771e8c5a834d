import { batch, type ReadonlySignal, signal } from '@preact/signals'
import type { Client } from '../../../../src/client/client.ts'
import { type Failure, failureOf } from '../failure.ts'
import type { Items } from '../items.ts'
import { type News, newsOf } from './news.ts'
import { type Row, rowsOf } from './row.ts'

/** The home page of the user: rows that are made anew after everything the user does. */
export interface Home {
  /** Undefined until the server told. */
  readonly rows: ReadonlySignal<readonly Row[] | undefined>
  /** The key of their explanation. */
  readonly requestId: ReadonlySignal<string>
  readonly degraded: ReadonlySignal<string | undefined>
  readonly failure: ReadonlySignal<Failure | undefined>
  /** What the last change was. */
  readonly news: ReadonlySignal<News | undefined>
  /** Shows it to a user, made anew where it is outdated, until what is returned is called. */
  show(user: string): () => void
  /** The user did something: what is on screen is made anew at once, and else when it is. */
  outdate(): void
  load(): Promise<void>
}

export const rowCount = 8
const rowLength = 14

export function createHome(client: Client, items: Items): Home {
  const rows = signal<readonly Row[] | undefined>(undefined)
  const requestId = signal('')
  const degraded = signal<string | undefined>(undefined)
  const failure = signal<Failure | undefined>(undefined)
  const news = signal<News | undefined>(undefined)
  let [user, isShown, isOutdated] = ['', false, true]
  let waiting = new AbortController()

  const load = async (): Promise<void> => {
    waiting.abort()
    const mine = new AbortController()
    waiting = mine
    isOutdated = false
    const wanted = { user, count: rowCount, size: rowLength, items: true }
    try {
      const answer = await client.shelves(wanted, { signal: mine.signal })
      if (mine.signal.aborted) return
      batch(() => {
        const next = rowsOf(answer)
        for (const row of next) items.learn(row.items, answer.requestId)
        news.value = rows.value && newsOf(rows.value, next)
        rows.value = next
        requestId.value = answer.requestId
        degraded.value = answer.degraded
        failure.value = undefined
      })
    } catch (error) {
      if (mine.signal.aborted) return
      isOutdated = true
      failure.value = failureOf(error)
    }
  }

  return {
    ...{ rows, requestId, degraded, failure, news, load },
    show(whom) {
      isShown = true
      if (whom !== user) {
        user = whom
        isOutdated = true
        batch(() => {
          rows.value = undefined
          news.value = undefined
          failure.value = undefined
        })
      }
      if (isOutdated) void load()
      return () => {
        isShown = false
        news.value = undefined
      }
    },
    outdate() {
      isOutdated = true
      if (isShown) void load()
    },
  }
}
