import { batch, type ReadonlySignal, signal } from '@preact/signals'
import type { Client } from '../../../../src/client/client.ts'
import type { Found } from '../api.ts'
import { failureOf } from '../failure.ts'

/** What is found while one types: only what was typed last counts. */
export interface Lookup {
  readonly hits: ReadonlySignal<Found['items']>
  /** The words that the hits belong to; empty where nothing was looked for. */
  readonly words: ReadonlySignal<string>
  readonly trouble: ReadonlySignal<string | undefined>
  /** Looks for words a little later, unless others come before. */
  type(words: string): void
  stop(): void
}

const delayMs = 140
const size = 7

export function createLookup(client: Pick<Client, 'search'>): Lookup {
  const hits = signal<Found['items']>([])
  const words = signal('')
  const trouble = signal<string | undefined>(undefined)
  let timer: ReturnType<typeof setTimeout> | undefined
  let waiting = new AbortController()

  const stop = (): void => {
    clearTimeout(timer)
    waiting.abort()
  }
  const show = (found: Found['items'], of: string, fault?: string): void =>
    batch(() => {
      hits.value = found
      words.value = of
      trouble.value = fault
    })
  const look = async (text: string): Promise<void> => {
    const mine = new AbortController()
    waiting = mine
    try {
      const { items } = await client.search({ q: text, size }, { signal: mine.signal })
      if (!mine.signal.aborted) show(items, text)
    } catch (error) {
      if (!mine.signal.aborted) show([], text, failureOf(error).message)
    }
  }

  return {
    ...{ hits, words, trouble, stop },
    type(text) {
      stop()
      const wanted = text.trim()
      if (wanted === '') show([], '')
      else timer = setTimeout(() => void look(wanted), delayMs)
    },
  }
}
