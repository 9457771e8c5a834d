import { batch, type ReadonlySignal, signal } from '@preact/signals'
import type { Reporter } from '../tracking/reporter.ts'
import type { PageItem } from './api.ts'
import type { Deeds } from './deeds.ts'
import { failureOf } from './failure.ts'
import type { Panel } from './panel.ts'
import type { Visitor } from './visitor.ts'

/** What a user can do with an item that a page showed. */
export interface Acts {
  /** How many things the server was told since the last new page: the next one will know them. */
  readonly told: ReadonlySignal<number>
  /** Why the last thing could not be told. */
  readonly trouble: ReadonlySignal<string | undefined>
  seen(entry: PageItem): void
  open(requestId: string, entry: PageItem): void
  rate(entry: PageItem, stars: number): void
  say(entry: PageItem, opinion: 'like' | 'unlike' | 'dislike'): void
  /** A new page has come, which knows all that was told. */
  reset(): void
}

export interface ActsParts {
  readonly visitor: Visitor
  readonly reporter: Reporter
  readonly deeds: Deeds
  readonly panel: Panel
}

type Deed = 'click' | 'rate' | 'like' | 'unlike' | 'dislike'

export function createActs({ visitor, reporter, deeds, panel }: ActsParts): Acts {
  const told = signal(0)
  const trouble = signal<string | undefined>(undefined)

  const tell = async (type: Deed, { id, token }: PageItem, value?: number): Promise<void> => {
    const user = visitor.user.value
    if (user === undefined) return
    trouble.value = undefined
    try {
      const refused = await reporter.tell({
        ...{ type, user, item: id, token },
        ...(value !== undefined && { value }),
      })
      if (refused !== undefined) {
        trouble.value = `The server did not take that: ${refused}`
        return
      }
      if (visitor.user.value !== user) return
      told.value++
      await deeds.load(user)
    } catch (error) {
      trouble.value = `That could not be told: ${failureOf(error).message}`
    }
  }

  return {
    told,
    trouble,
    seen({ id, token }) {
      const user = visitor.user.value
      if (user !== undefined) reporter.tellLater({ type: 'impression', user, item: id, token })
    },
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
