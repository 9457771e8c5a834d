import type { Platform } from './platform.ts'

/**
 * Tells once per token that something was seen: half of it, on a page that is visible, for a second
 * on end (the Media Rating Council's viewable impression).
 */
export interface Viewability {
  /** Watches an element until the function that is returned is called. */
  watch(element: object, token: string, seen: () => void): () => void
  /** Forgets what was told. What is in view has to be seen anew. */
  reset(): void
}

const durationMs = 1_000

interface Card {
  readonly token: string
  readonly seen: () => void
  inView: boolean
  stop: (() => void) | undefined
}

export function createViewability(platform: Platform): Viewability {
  const told = new Set<string>()
  const cards = new Set<Card>()

  const leave = (card: Card): void => {
    card.stop?.()
    card.stop = undefined
  }
  const look = (card: Card): void => {
    if (!card.inView || !platform.isVisible()) {
      leave(card)
      return
    }
    if (card.stop !== undefined || told.has(card.token)) return
    card.stop = platform.after(durationMs, () => {
      leave(card)
      if (told.has(card.token)) return
      told.add(card.token)
      card.seen()
    })
  }
  const lookAtAll = (): void => cards.forEach(look)
  platform.on('hidden', lookAtAll)
  platform.on('shown', lookAtAll)

  return {
    watch(element, token, seen) {
      const card: Card = { token, seen, inView: false, stop: undefined }
      cards.add(card)
      const unwatch = platform.watch(element, (inView) => {
        card.inView = inView
        look(card)
      })
      return () => {
        unwatch()
        leave(card)
        cards.delete(card)
      }
    },

    reset() {
      told.clear()
      cards.forEach(leave)
      lookAtAll()
    },
  }
}
