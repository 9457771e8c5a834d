import { type ReadonlySignal, signal } from '@preact/signals'
import type { Client } from '../../../../src/client/client.ts'
import { createReranker, type Reranker, type Tracker } from '../../../../src/client/index.ts'
import type { PageItem } from '../api.ts'
import { type Failure, failureOf } from '../failure.ts'
import type { Items } from '../items.ts'

/** A video in the stream, and the page that it came with. */
export interface Clip extends PageItem {
  readonly requestId: string
}

/** How a video was left: the share of it that was played, and whether that was to its end. */
export interface Left {
  readonly share: number
  /** Its end was told when it came. */
  readonly ended: boolean
}

/**
 * A stream of videos, one after the other, without an end. What is not shown yet is reordered on
 * the spot by what was watched and what was swiped past; the server hears of both.
 */
export interface Reel {
  readonly clips: ReadonlySignal<readonly Clip[]>
  readonly failure: ReadonlySignal<Failure | undefined>
  /** Nothing is left that was not shown. */
  readonly dry: ReadonlySignal<boolean>
  /** How often the rest was put in another order. */
  readonly reorderings: ReadonlySignal<number>
  /** The place that was looked at last: who comes back goes on there. */
  readonly place: number
  /** Begins anew for somebody else; for the same user, goes on. */
  begin(user: string): void
  /** Asks for more, unless that is under way. */
  more(): Promise<void>
  /** The clip at a place has come on screen: it stays there, and more is asked for in time. */
  shown(place: number): void
  /** A clip plays: it is left once, by what is returned or when whoever looks at it goes. */
  plays(leave: () => void): () => void
  /** Whoever looked looks no more: what plays is left now, and told of as theirs. */
  leave(): void
  /** It was played to its end. */
  ended(clip: Clip): void
  left(clip: Clip, how: Left): void
  /** Something else was done that speaks of what is like the clip too. */
  said(clip: Clip, type: 'like' | 'unlike' | 'dislike'): void
}

export const reelPageSize = 8

/** So many must lie ahead: fewer than this, and more is asked for. */
const aheadMin = 4

/** Who leaves before so much of a video was played did not want it. */
export const swipeShare = 0.25

export interface ReelParts {
  readonly client: Client
  readonly items: Items
  readonly tracker: Tracker
  /** The scene that the stream is, newest way first: what a server lacks is passed over. */
  readonly scenes: readonly [string, ...string[]]
}

export function createReel({ client, items, tracker, scenes }: ReelParts): Reel {
  const clips = signal<readonly Clip[]>([])
  const failure = signal<Failure | undefined>(undefined)
  const dry = signal(false)
  const reorderings = signal(0)
  let reranker: Reranker<Clip> = createReranker()
  let user = ''
  let scene = 0
  let place = 0
  let busy: Promise<void> | undefined
  /** While one comes on screen, the one before it may not have gone. */
  const playing = new Set<() => void>()

  const ask = async (whose: string): Promise<void> => {
    const wanted = { user: whose, size: reelPageSize, items: true, vectors: true }
    failure.value = undefined
    try {
      const page = await client.feed({ ...wanted, scene: scenes[scene] ?? scenes[0] })
      if (whose !== user) return
      items.learn(page.items, page.requestId)
      const { requestId, vectors } = page
      const added = page.items.map((item) => ({ ...item, requestId }))
      reranker.add({ items: added, ...(vectors && { vectors }) })
      clips.value = reranker.items
      dry.value = added.length === 0
    } catch (error) {
      if (whose !== user) return
      const trouble = failureOf(error)
      const isUnknown = trouble.code === 'not_found' || trouble.field === 'scene'
      if (isUnknown && scene + 1 < scenes.length) {
        scene++
        return ask(whose)
      }
      failure.value = trouble
    }
  }
  const more = (): Promise<void> => {
    if (busy !== undefined) return busy
    const asking = ask(user).finally(() => {
      // Somebody else's stream may have begun meanwhile, and be asked for.
      if (busy === asking) busy = undefined
    })
    busy = asking
    return asking
  }

  const did = (clip: Clip, type: 'play' | 'swipe-past' | Opinion, value?: number): void => {
    const deed = { item: clip.id, type, ...(value !== undefined && { value }) }
    const changed = reranker.did(deed)
    for (const reordering of changed) void tracker.track(reordering)
    if (changed.length === 0) return
    reorderings.value++
    clips.value = reranker.items
  }
  const tell = (clip: Clip, type: 'play' | 'swipe-past', share: number): void => {
    const value = Math.round(Math.min(1, share) * 1_000) / 1_000
    void tracker.track({ type, item: clip.id, token: clip.token, value })
    did(clip, type, value)
  }

  return {
    ...{ clips, failure, dry, reorderings, more },
    get place() {
      return place
    },
    begin(whose) {
      if (whose === user) {
        if (clips.value.length === 0) void more()
        return
      }
      user = whose
      place = 0
      reranker = createReranker()
      clips.value = []
      dry.value = false
      busy = undefined
      void more()
    },
    shown(at) {
      place = at
      const clip = clips.value[at]
      if (clip !== undefined) reranker.shown(clip.id)
      if (clips.value.length - 1 - at < aheadMin && !dry.value) void more()
    },
    plays(leave) {
      playing.add(leave)
      return () => {
        if (playing.delete(leave)) leave()
      }
    },
    leave() {
      for (const leave of playing) leave()
      playing.clear()
    },
    ended: (clip) => tell(clip, 'play', 1),
    left(clip, { share, ended }) {
      if (!ended) tell(clip, share < swipeShare ? 'swipe-past' : 'play', share)
    },
    said: (clip, type) => did(clip, type),
  }
}

type Opinion = 'like' | 'unlike' | 'dislike'
