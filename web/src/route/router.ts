import { batch, computed, type ReadonlySignal, signal } from '@preact/signals'
import { createScrolls } from './scrolls.ts'

/**
 * Where one is on a site, over the browser's own history. What its addresses mean, the site says.
 */
export interface Router<Route> {
  readonly route: ReadonlySignal<Route>
  /** The address of the route, with its query. */
  readonly address: ReadonlySignal<string>
  /** Another one for each time that one came somewhere. */
  readonly arrival: ReadonlySignal<Arrival>
  go(address: string): void
  /** The same place, otherwise looked at: no new entry of the history. */
  replace(address: string): void
  /** Puts the page where it was when it was left, or at its top. For when a screen is drawn. */
  settle(): void
}

export interface Arrival {
  /** By a link, or by walking back and forth over what was seen before. */
  readonly how: 'anew' | 'again'
}

export function createRouter<Route>(read: (address: string) => Route): Router<Route> {
  const scrolls = createScrolls()
  const address = signal(here())
  const arrival = signal<Arrival>({ how: 'anew' })
  let entry = scrolls.entry()

  const arrive = (how: Arrival['how']): void =>
    batch(() => {
      address.value = here()
      arrival.value = { how }
    })
  const go = (to: string): void => {
    if (to === here()) {
      scrollTo({ top: 0 })
      return
    }
    scrolls.leave(entry)
    history.pushState(scrolls.state(), '', to)
    entry = scrolls.entry()
    arrive('anew')
  }

  addEventListener('popstate', () => {
    scrolls.leave(entry)
    entry = scrolls.entry()
    arrive('again')
  })
  document.addEventListener('click', (event) => {
    const to = ownLink(event)
    if (to === undefined) return
    event.preventDefault()
    go(to)
  })

  return {
    route: computed(() => read(address.value)),
    address,
    arrival,
    go,
    replace(to) {
      history.replaceState(history.state, '', to)
      address.value = here()
    },
    settle: () => scrolls.restore(entry),
  }
}

const here = (): string => location.pathname + location.search

/** Where a click leads within the site; undefined where the browser should see to it. */
function ownLink(event: MouseEvent): string | undefined {
  const { defaultPrevented, button, ctrlKey, metaKey, shiftKey, altKey, target } = event
  if (defaultPrevented || button !== 0 || ctrlKey || metaKey || shiftKey || altKey) return undefined
  const link = target instanceof Element ? target.closest('a') : null
  if (link === null || link.origin !== location.origin || link.target !== '') return undefined
  if (link.rel.includes('external') || link.hash !== '') return undefined
  return link.pathname + link.search
}
