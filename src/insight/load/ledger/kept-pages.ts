import type { ItemId, UserId } from '../../../events/event.ts'
import type { Random } from '../../../kernel/random.ts'
import type { Asked, AskedPage } from '../transport.ts'

/**
 * What users were shown, page by page, so that paging back can be held against it: the newest pages
 * of each feed, and of as many feeds as there is room for, the first to be asked for.
 */
export interface KeptPages {
  /** Remembers a new page, or how far somebody has paged back. */
  keep(asked: Asked, page: AskedPage): void
  /** A page that can be asked for again; undefined where there is none. */
  pick(random: Random): Pick<Asked, 'user' | 'scene' | 'channel' | 'cursor'> | undefined
  /** The items of the page as it was first answered; undefined where it was not kept. */
  firstSeen(asked: Asked, batchId: number): readonly ItemId[] | undefined
}

const feedsMax = 2_000
const pagesMax = 40

interface Kept {
  readonly user: UserId
  readonly scene: string
  readonly channel: string
  readonly pages: Map<number, readonly ItemId[]>
  cursor: string | null
}

export function keepPages(): KeptPages {
  const feeds = new Map<string, Kept>()
  const list: Kept[] = []
  const nameOf = ({ user, scene, channel }: Asked): string => `${scene}\n${channel}\n${user}`

  return {
    keep(asked, page) {
      const { user, scene, channel } = asked
      let kept = feeds.get(nameOf(asked))
      if (kept === undefined) {
        if (list.length === feedsMax) return
        kept = { user, scene, channel, pages: new Map(), cursor: null }
        feeds.set(nameOf(asked), kept)
        list.push(kept)
      }
      kept.cursor = page.older
      if (asked.kind === 'older' || page.items.length === 0) return
      kept.pages.set(
        page.batchId,
        page.items.map(({ id }) => id),
      )
      if (kept.pages.size > pagesMax) kept.pages.delete(kept.pages.keys().next().value!)
    },

    pick(random) {
      // A few tries: a feed of one page has nothing to page back to.
      for (let attempt = 0; attempt < 4 && list.length > 0; attempt++) {
        const { user, scene, channel, cursor } = list[random.below(list.length)]!
        if (cursor !== null) return { user, scene, channel, cursor }
      }
      return undefined
    },

    firstSeen: (asked, batchId) => feeds.get(nameOf(asked))?.pages.get(batchId),
  }
}
