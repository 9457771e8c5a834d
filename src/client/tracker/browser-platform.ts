import type { Happening, Platform, TextStorage } from './platform.ts'

/** The browser that this runs in. */
export function browserPlatform(): Platform {
  // The one border to the browser: what is used of it, in a project without its types.
  const browser = globalThis as unknown as Browser
  const { document } = browser
  return {
    now: () => Date.now(),
    random: () => Math.random(),
    newId,
    after(durationMs, run) {
      const timer = setTimeout(run, durationMs)
      return () => clearTimeout(timer)
    },
    storage: storageOf(browser),
    isVisible: () => document.visibilityState === 'visible',
    watch: watcher(browser),
    on(happening, run) {
      const isNow = (): boolean =>
        happening === (document.visibilityState === 'visible' ? 'shown' : 'hidden')
      const heard = signs[happening].map(([target, name]) => {
        const told = (): void => {
          if (name !== 'visibilitychange' || isNow()) run()
        }
        browser[target].addEventListener(name, told, { passive: true })
        return () => browser[target].removeEventListener(name, told)
      })
      return () => {
        for (const leave of heard) leave()
      }
    },
  }
}

type Target = 'window' | 'document'

const signs: Readonly<Record<Happening, readonly (readonly [Target, string])[]>> = {
  // Safari leaves some pages without the first, and phones kill some without the second.
  hidden: [
    ['document', 'visibilitychange'],
    ['window', 'pagehide'],
  ],
  shown: [
    ['document', 'visibilitychange'],
    ['window', 'pageshow'],
  ],
  online: [['window', 'online']],
  active: (['pointerdown', 'pointermove', 'keydown', 'scroll', 'wheel'] as const).map(
    (name) => ['window', name] as const,
  ),
}

interface Listening {
  addEventListener(name: string, run: () => void, options: { passive: boolean }): void
  removeEventListener(name: string, run: () => void): void
}

interface Browser {
  readonly window: Listening
  readonly document: Listening & { readonly visibilityState: string }
  readonly localStorage: TextStorage
  readonly IntersectionObserver: new (
    tell: (entries: readonly Crossing[]) => void,
    options: { threshold: readonly number[] },
  ) => Observer
}

interface Observer {
  observe(element: object): void
  unobserve(element: object): void
}

interface Crossing {
  readonly target: object
  readonly intersectionRatio: number
  readonly intersectionRect: { readonly height: number }
  readonly rootBounds: { readonly height: number } | null
}

/** 96 random bits. `crypto.randomUUID` is not there on a page that came over plain HTTP. */
function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(12))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** A browser that was told to keep nothing throws where it is asked for its storage. */
function storageOf(browser: Browser): TextStorage | undefined {
  try {
    return browser.localStorage
  } catch {
    return undefined
  }
}

const shareMin = 0.5

/** The small ones are for what is taller than the screen: it fills half of it before half shows. */
const thresholds = [0, 0.02, 0.05, 0.1, 0.2, 0.3, 0.4, shareMin]

function watcher({ IntersectionObserver }: Browser): Platform['watch'] {
  const tells = new Map<object, Set<(inView: boolean) => void>>()
  const told = new Map<object, boolean>()
  let observer: Observer | undefined
  const crossed = (entries: readonly Crossing[]): void => {
    for (const { target, intersectionRatio, intersectionRect, rootBounds } of entries) {
      const screen = rootBounds?.height ?? Number.POSITIVE_INFINITY
      const inView = intersectionRatio >= shareMin || intersectionRect.height >= shareMin * screen
      told.set(target, inView)
      for (const tell of tells.get(target) ?? []) tell(inView)
    }
  }
  return (element, tell) => {
    observer ??= new IntersectionObserver(crossed, { threshold: thresholds })
    const all = tells.get(element) ?? new Set()
    all.add(tell)
    tells.set(element, all)
    if (all.size === 1) observer.observe(element)
    else tell(told.get(element) ?? false)
    return () => {
      all.delete(tell)
      if (all.size > 0) return
      tells.delete(element)
      told.delete(element)
      observer?.unobserve(element)
    }
  }
}
