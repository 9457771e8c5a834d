/** Watches cards, and tells once per token that one was seen: half of it, for a second. */
export interface Exposure {
  /** Watches an element until the function that is returned is called. */
  watch(element: Element, token: string, seen: () => void): () => void
}

const shareMin = 0.5
const durationMs = 1_000

export function createExposure(): Exposure {
  const told = new Set<string>()
  const watched = new Map<Element, { readonly token: string; readonly seen: () => void }>()
  const timers = new Map<Element, ReturnType<typeof setTimeout>>()

  const leave = (element: Element): void => {
    clearTimeout(timers.get(element))
    timers.delete(element)
  }
  const forget = (element: Element): void => {
    leave(element)
    watched.delete(element)
    observer.unobserve(element)
  }
  const observer = new IntersectionObserver(
    (entries) => {
      for (const { target, intersectionRatio } of entries) {
        if (intersectionRatio < shareMin) leave(target)
        else if (!timers.has(target)) timers.set(target, setTimeout(tell, durationMs, target))
      }
    },
    { threshold: shareMin },
  )
  const tell = (element: Element): void => {
    const card = watched.get(element)
    forget(element)
    if (card === undefined || told.has(card.token)) return
    told.add(card.token)
    card.seen()
  }

  return {
    watch(element, token, seen) {
      if (told.has(token)) return () => undefined
      watched.set(element, { token, seen })
      observer.observe(element)
      return () => forget(element)
    },
  }
}
