/** How far each entry of the browser's history was scrolled when it was left. */
export interface Scrolls {
  /** The name of the entry that one is at. */
  entry(): string
  /** What a new entry is to be pushed with. */
  state(): unknown
  leave(entry: string): void
  /** Scrolls to where the entry was left, as soon as the page is long enough; else to the top. */
  restore(entry: string): void
}

const storeName = 'starling.scrolls'
const patienceMs = 2_000

export function createScrolls(): Scrolls {
  history.scrollRestoration = 'manual'
  const heights = new Map<string, number>(kept())
  let stop = (): void => undefined
  const named = (): string | undefined => (history.state as { entry?: string } | null)?.entry
  const state = () => ({ entry: crypto.getRandomValues(new Uint32Array(2)).join('-') })
  // One that comes by an address begins at the top, and one that reloads stays where they were.
  if (named() === undefined) history.replaceState(state(), '')
  const entry = (): string => named() ?? ''
  const leave = (name: string): void => {
    heights.set(name, scrollY)
  }
  addEventListener('pagehide', () => {
    leave(entry())
    try {
      sessionStorage.setItem(storeName, JSON.stringify([...heights].slice(-50)))
    } catch {
      // A browser that keeps nothing begins every page at its top.
    }
  })
  return {
    entry,
    leave,
    state,
    restore(name) {
      stop()
      const top = heights.get(name) ?? 0
      stop = scrollWhenPossible(top)
    },
  }
}

/** Scrolls now, and again as the page grows, until it is there, or somebody else scrolls. */
function scrollWhenPossible(top: number): () => void {
  const scroll = (): void => scrollTo({ top, behavior: 'instant' })
  scroll()
  if (top === 0 || Math.abs(scrollY - top) < 2) return () => undefined
  const growth = new ResizeObserver(() => {
    scroll()
    if (Math.abs(scrollY - top) < 2) stop()
  })
  const timer = setTimeout(() => stop(), patienceMs)
  const stop = (): void => {
    growth.disconnect()
    clearTimeout(timer)
    for (const type of ['wheel', 'pointerdown', 'keydown']) removeEventListener(type, stop)
  }
  for (const type of ['wheel', 'pointerdown', 'keydown']) addEventListener(type, stop)
  growth.observe(document.body)
  return stop
}

function kept(): readonly (readonly [string, number])[] {
  try {
    return JSON.parse(sessionStorage.getItem(storeName) ?? '[]') // As it was put there.
  } catch {
    return []
  }
}
