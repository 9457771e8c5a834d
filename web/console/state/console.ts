import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals'
import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import { type Client, createClient } from '../../../src/client/client.ts'
import { createRouter, type Router } from '../../src/route/router.ts'
import { accessKey } from '../../src/state/access-key.ts'
import type { Failure } from '../../src/state/failure.ts'
import { createTheme, type ThemeChoice } from '../../src/state/theme.ts'
import { type Place, readPlace } from '../route/place.ts'
import type { Catalogue } from './api.ts'
import { createCatalogue } from './catalogue.ts'
import { createTrail, type Trail } from './trail.ts'

/** Everything that the parts of the console know and can do. */
export interface Console {
  readonly client: Client
  readonly router: Router<Place>
  readonly theme: ThemeChoice
  /** True while what is on screen is kept up to date. */
  readonly isWatched: ReadonlySignal<boolean>
  /** Somebody holds the console still, to look at it. */
  readonly isHeld: Signal<boolean>
  /** Why the server lets this page ask nothing, where it does not. */
  readonly refusal: Signal<Failure | undefined>
  /** When the server answered last, in ms; undefined where it does not answer. */
  readonly heardAt: Signal<number | undefined>
  /** The last answers by question, so that going back shows at once what was there. */
  readonly answers: Map<string, unknown>
  /** What can be measured. */
  readonly catalogue: (signal: AbortSignal) => Promise<Catalogue>
  /** How far behind each stream was, since the console was opened. */
  readonly trail: Trail
}

export function createConsole(): Console {
  const key = accessKey()
  const isVisible = signal(!document.hidden)
  document.addEventListener('visibilitychange', () => {
    isVisible.value = !document.hidden
  })
  const isHeld = signal(false)
  // Questions are asked again soon enough: the client need not.
  const client = createClient({ base: '', retries: 0, ...(key !== undefined && { key }) })
  return {
    client,
    catalogue: createCatalogue(client),
    router: createRouter(readPlace),
    theme: createTheme(),
    isWatched: computed(() => isVisible.value && !isHeld.value),
    isHeld,
    refusal: signal(undefined),
    heardAt: signal(undefined),
    answers: new Map(),
    trail: createTrail(),
  }
}

export const ConsoleContext = createContext<Console | undefined>(undefined)

export function useConsole(): Console {
  const console = useContext(ConsoleContext)
  if (console === undefined) throw new Error('a part of the console stands outside of it')
  return console
}
