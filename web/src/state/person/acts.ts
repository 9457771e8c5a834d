import { batch, type ReadonlySignal, signal } from '@preact/signals'
import type { Report, Tracker } from '../../../../src/client/index.ts'
import type { PageItem } from '../api.ts'
import type { Deeds } from './deeds.ts'
import type { Visitor } from './visitor.ts'

/** An item that something is done to; with the token of the page that showed it, if one did. */
export type Target = Pick<PageItem, 'id'> & Partial<Pick<PageItem, 'token'>>

/** What a user can do with an item. */
export interface Acts {
  /** How many things the server was told since the last new page: the next one will know them. */
  readonly told: ReadonlySignal<number>
  /** Why the last thing could not be told. */
  readonly trouble: ReadonlySignal<string | undefined>
  open(target: Target): void
  rate(target: Target, stars: number): void
  say(target: Target, opinion: 'like' | 'unlike' | 'dislike'): void
  /** Tells of anything else that was done; what a page does not show of it is not noted here. */
  tell(deed: Deed, target: Target, more?: Pick<Report, 'value' | 'text'>): void
  /** A new page has come, which knows all that was told. */
  reset(): void
}

export interface ActsParts {
  readonly visitor: Visitor
  readonly tracker: Tracker
  readonly deeds: Deeds
  /** Called when the server knows of a deed. */
  readonly onTold: () => void
}

export type Deed = Exclude<Report['type'], 'impression' | 'rerank'>

export function createActs({ visitor, tracker, deeds, onTold }: ActsParts): Acts {
  const told = signal(0)
  const trouble = signal<string | undefined>(undefined)

  const tell = async (
    type: Deed,
    { id, token }: Target,
    said: Pick<Report, 'value' | 'text'> = {},
  ): Promise<void> => {
    const user = visitor.user.value
    if (user === undefined) return
    const { value } = said
    const takeBack = deeds.note(id, { action: type, ...(value !== undefined && { value }) })
    trouble.value = undefined
    const shown = token === undefined ? {} : { token }
    const outcome = await tracker.track({ type, item: id, ...shown, ...said })
    if (visitor.user.value !== user) return
    if (outcome.fate === 'told') {
      told.value++
      return onTold()
    }
    takeBack()
    if (outcome.fate === 'refused') {
      trouble.value = `The server did not take that: ${outcome.reason}`
    }
  }

  return {
    told,
    trouble,
    open: (target) => void tell('click', target),
    rate: (target, stars) => void tell('rate', target, { value: stars }),
    tell: (deed, target, more) => void tell(deed, target, more),
    say: (target, opinion) => void tell(opinion, target),
    reset: () =>
      batch(() => {
        told.value = 0
        trouble.value = undefined
      }),
  }
}
