import { batch, type ReadonlySignal, signal } from '@preact/signals'
import type { Reporter } from '../tracking/reporter.ts'
import type { PageItem } from './api.ts'
import type { Deeds } from './deeds.ts'
import { failureOf } from './failure.ts'
import type { Visitor } from './visitor.ts'

/** An item that something is done to; with the token of the page that showed it, if one did. */
export type Target = Pick<PageItem, 'id'> & Partial<Pick<PageItem, 'token'>>

/** What a user can do with an item. */
export interface Acts {
  /** How many things the server was told since the last new page: the next one will know them. */
  readonly told: ReadonlySignal<number>
  /** Why the last thing could not be told. */
  readonly trouble: ReadonlySignal<string | undefined>
  seen(target: Target): void
  open(target: Target): void
  rate(target: Target, stars: number): void
  say(target: Target, opinion: 'like' | 'unlike' | 'dislike'): void
  /** A new page has come, which knows all that was told. */
  reset(): void
}

export interface ActsParts {
  readonly visitor: Visitor
  readonly reporter: Reporter
  readonly deeds: Deeds
  /** Called when the server knows of a deed. */
  readonly onTold: () => void
}

type Deed = 'click' | 'rate' | 'like' | 'unlike' | 'dislike'

export function createActs({ visitor, reporter, deeds, onTold }: ActsParts): Acts {
  const told = signal(0)
  const trouble = signal<string | undefined>(undefined)

  const tell = async (type: Deed, { id, token }: Target, value?: number): Promise<void> => {
    const user = visitor.user.value
    if (user === undefined) return
    const said = value === undefined ? {} : { value }
    const takeBack = deeds.note(id, { action: type, ...said })
    trouble.value = undefined
    try {
      const shown = token === undefined ? {} : { token }
      const refused = await reporter.tell({ type, user, item: id, ...shown, ...said })
      if (visitor.user.value !== user) return
      if (refused === undefined) {
        told.value++
        return onTold()
      }
      takeBack()
      trouble.value = `The server did not take that: ${refused}`
    } catch (error) {
      takeBack()
      trouble.value = `That could not be told: ${failureOf(error).message}`
    }
  }

  return {
    told,
    trouble,
    seen({ id, token }) {
      const user = visitor.user.value
      if (user === undefined || token === undefined) return
      reporter.tellLater({ type: 'impression', user, item: id, token })
    },
    open: (target) => void tell('click', target),
    rate: (target, stars) => void tell('rate', target, stars),
    say: (target, opinion) => void tell(opinion, target),
    reset: () =>
      batch(() => {
        told.value = 0
        trouble.value = undefined
      }),
  }
}
