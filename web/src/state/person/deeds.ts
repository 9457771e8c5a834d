import { signal } from '@preact/signals'
import type { PastAction } from '../api.ts'

/** What the user thinks of the items that this page has met, by the last that they said. */
export interface Deeds {
  opinion(item: string): Opinion
  /** Takes note of what the server remembers, newest first. */
  learn(past: readonly PastAction[]): void
  /** Takes note of what the user says now. What is returned takes it back. */
  note(item: string, deed: Pick<PastAction, 'action' | 'value'>): () => void
  /** Somebody else sits down: nothing is known of them. */
  forget(): void
}

export interface Opinion {
  readonly stars?: number
  readonly liked?: boolean
  readonly disliked?: boolean
  readonly opened?: boolean
  readonly collected?: boolean
}

const none: Opinion = {}

export function createDeeds(): Deeds {
  const opinions = signal<ReadonlyMap<string, Opinion>>(new Map())
  // What was said on this page is newer than any answer that came before.
  const said = new Set<string>()
  const set = (item: string, opinion: Opinion): void => {
    opinions.value = new Map(opinions.value).set(item, opinion)
  }
  return {
    opinion: (item) => opinions.value.get(item) ?? none,
    learn(past) {
      const told = opinionsOf(past.filter(({ item }) => !said.has(item)))
      if (told.size > 0) opinions.value = new Map([...opinions.peek(), ...told])
    },
    note(item, { action, value }) {
      const before = opinions.peek().get(item) ?? none
      said.add(item)
      set(item, { ...before, ...changeBy(action, value) })
      return () => set(item, before)
    },
    forget() {
      said.clear()
      opinions.value = new Map()
    },
  }
}

/** Folds actions, newest first, into what they leave behind. */
function opinionsOf(past: readonly PastAction[]): ReadonlyMap<string, Opinion> {
  const opinions = new Map<string, Opinion>()
  for (const { item, action, value } of past.toReversed()) {
    opinions.set(item, { ...opinions.get(item), ...changeBy(action, value) })
  }
  return opinions
}

function changeBy(action: PastAction['action'], value: number | undefined): Opinion {
  switch (action) {
    case 'rate':
      return value === undefined ? none : { stars: value }
    case 'like':
      return { liked: true, disliked: false }
    case 'unlike':
      return { liked: false }
    case 'dislike':
      return { disliked: true, liked: false }
    case 'collect':
      return { collected: true }
    case 'click':
      return { opened: true }
    default:
      return none
  }
}
