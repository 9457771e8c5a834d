import { computed, type ReadonlySignal, signal } from '@preact/signals'
import type { Client } from '../../../src/client/client.ts'
import type { PastAction } from './api.ts'
import { type Failure, failureOf } from './failure.ts'

/** What the user did with items, as the server remembers it. */
export interface Deeds {
  /** Newest first; undefined until the server told. */
  readonly past: ReadonlySignal<readonly PastAction[] | undefined>
  readonly failure: ReadonlySignal<Failure | undefined>
  opinion(item: string): Opinion
  load(user: string): Promise<void>
}

/** What the user thinks of an item, by the last that they said. */
export interface Opinion {
  readonly stars?: number
  readonly liked?: boolean
  readonly disliked?: boolean
  readonly opened?: boolean
}

const none: Opinion = {}
const historySize = 200

export function createDeeds(client: Client): Deeds {
  const past = signal<readonly PastAction[] | undefined>(undefined)
  const failure = signal<Failure | undefined>(undefined)
  const opinions = computed(() => opinionsOf(past.value ?? []))
  let shownUser = ''
  return {
    past,
    failure,
    opinion: (item) => opinions.value.get(item) ?? none,
    async load(user) {
      if (user !== shownUser) past.value = undefined
      shownUser = user
      try {
        const { actions } = await client.userHistory({ id: user, size: historySize })
        if (user !== shownUser) return
        past.value = actions
        failure.value = undefined
      } catch (error) {
        if (user === shownUser) failure.value = failureOf(error)
      }
    },
  }
}

/** Folds actions, newest first, into what they leave behind. */
export function opinionsOf(past: readonly PastAction[]): ReadonlyMap<string, Opinion> {
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
    case 'click':
      return { opened: true }
    default:
      return none
  }
}
