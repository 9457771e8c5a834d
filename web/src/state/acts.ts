import { batch, type ReadonlySignal, signal } from '@preact/signals'
import type { Tracker } from '../../../src/client/index.ts'
import type { PageItem } from './api.ts'
import type { Deeds } from './deeds.ts'
import type { Panel } from './panel.ts'
import type { Visitor } from './visitor.ts'

/** What a user can do with an item that a page showed. */
export interface Acts {
  /** How many things the server was told since the last new page: the next one will know them. */
  readonly told: ReadonlySignal<number>
  /** Why the last thing could not be told. */
  readonly trouble: ReadonlySignal<string | undefined>
  open(requestId: string, entry: PageItem): void
  rate(entry: PageItem, stars: number): void
  say(entry: PageItem, opinion: 'like' | 'unlike' | 'dislike'): void
  /** A new page has come, which knows all that was told. */
  reset(): void
}

export interface ActsParts {
  readonly visitor: Visitor
  readonly tracker: Tracker
  readonly deeds: Deeds
  readonly panel: Panel
}

type Deed = 'click' | 'rate' | 'like' | 'unlike' | 'dislike'

export function createActs({ visitor, tracker, deeds, panel }: ActsParts): Acts {
  const told = signal(0)
  const trouble = signal<string | undefined>(undefined)

  const tell = async (type: Deed, { id, token }: PageItem, value?: number): Promise<void> => {
    const user = visitor.user.value
    if (user === undefined) return
    trouble.value = undefined
    const given = value === undefined ? {} : { value }
    const outcome = await tracker.track({ type, item: id, token, ...given })
    if (outcome.fate === 'refused')
      trouble.value = `The server did not take that: ${outcome.reason}`
    if (outcome.fate !== 'told' || visitor.user.value !== user) return
    told.value++
    await deeds.load(user)
  }

  return {
    told,
    trouble,
    open(requestId, entry) {
      panel.open(requestId, entry)
      void tell('click', entry)
    },
    rate: (entry, stars) => void tell('rate', entry, stars),
    say: (entry, opinion) => void tell(opinion, entry),
    reset: () =>
      batch(() => {
        told.value = 0
        trouble.value = undefined
      }),
  }
}
