import type { Clock, Timestamp } from '../../events/clock.ts'
import type { Ordinal } from '../../state/projections/projection.ts'
import { shelf, shelfKey } from '../../state/projections/shelf.ts'
import type { State } from '../../state/state.ts'
import { type NearlineSettings, nearlineDefaults } from '../nearline/nearline-settings.ts'
import { type Ask, runRecipe, type Slate } from '../pipeline/pipeline.ts'
import type { Recipe } from '../pipeline/recipe.ts'
import type { Trace } from '../pipeline/trace.ts'
import type { FeedKey, FeedQueue, Offer, Page, Take, Taken } from '../queue/feed-queue.ts'
import { beatNeeds, beatsIn } from './beats.ts'
import { commonPage } from './common-page.ts'
import { offerOf } from './offer-of.ts'
import { commonQuery, type PageAsk, queryOf } from './page-ask.ts'
import type { Scene } from './scene.ts'
import { slots } from './slots.ts'

export interface Delivered extends Page {
  /** Which rung of the ladder the page stands on, where it is not the top one, and why. */
  readonly degraded?: string
}

export interface Deliverer {
  /** A new page for the user; fewer items than asked only where no more may be shown. */
  page(scene: Scene, ask: PageAsk): Promise<Delivered>

  /** What a page would be for a request without a user: nothing is recorded. */
  glance(scene: Scene, ask: PageAsk): Promise<{ readonly slate: Slate; readonly at: Timestamp }>

  /** How pages of nearline scenes came to be, since the engine was opened. */
  counts(): DeliveryCounts
}

export interface DeliveryCounts {
  /** Taken from what was prepared. */
  readonly prepared: number
  /** Made by the recipe in the request. */
  readonly made: number
  /** Common pages, while too many recipes ran. */
  readonly common: number
  /** Recipes that run in requests just now. */
  readonly dryRuns: number
}

export interface DeliverOptions {
  readonly clock: Clock
  readonly state: State
  readonly queue: FeedQueue
  /** For a feed, at this moment: false for an item that may not be shown now, whoever asks. */
  readonly showable: (key: FeedKey) => (item: Ordinal) => boolean
  /**
   * The last rung: walks all that may be shown, so that a feed is never empty while content exists.
   */
  readonly lastRung: Recipe
  /** Parameters that feeds are made by: what was chosen before one changed is out of date. */
  readonly rules: readonly string[]
  readonly keep: (trace: Trace) => void
  /** How pages are prepared, as it is now; `nearlineDefaults` unless told. */
  readonly nearline?: () => NearlineSettings
  /** Sees to what has to be there before a recipe runs for a page. */
  readonly prepare?: (recipe: Recipe, query: Ask) => Promise<void>
}

/** Who writes a page for a rush. */
const commonWriter = 'common'

/** What differs from one try to take a page to the next. */
type Rest = Pick<Take, 'delivery' | 'offers' | 'partial' | 'pulseMin'>

/** A page on its way: what is asked, when, and how to take it. */
interface Errand {
  readonly scene: Scene
  readonly ask: PageAsk
  readonly at: Timestamp
  readonly beats: number
  readonly take: (rest: Rest) => Promise<Taken>
}

/**
 * Makes pages. The ladder: what waits in the queue; else the recipe; else, where the recipe fails,
 * what waits although it is out of date; and where all that is too little, the last rung. Where
 * pages are prepared and too many queues are empty at once, what most people like comes before the
 * recipe.
 */
export function deliverer(options: DeliverOptions): Deliverer {
  const { clock, state, queue, showable, lastRung, keep, rules } = options
  const { nearline = () => nearlineDefaults } = options
  const dry = slots(() => nearline().dryRuns)
  const counts = { prepared: 0, made: 0, common: 0 }

  /** For one taking: what holds for all its entries is looked up with the first of them. */
  const fitOf = ({ key, excluded, condition }: PageAsk, at: number): Take['fit'] => {
    let isShowable: ((item: Ordinal) => boolean) | undefined
    return ({ item, expiresAt }) => {
      isShowable ??= showable(key)
      if (expiresAt <= at || !isShowable(item)) return 'drop'
      return excluded.has(item) || condition?.(item) === false ? 'skip' : 'show'
    }
  }

  /** Runs a recipe; where it fails, there is no slate, and `failures` says why. */
  const run = async (
    recipe: Recipe,
    query: Ask,
    failures: string[],
  ): Promise<Slate | undefined> => {
    try {
      await options.prepare?.(recipe, query)
      const slate = await runRecipe(recipe, query, state)
      // The last rung may look around many times before it finds something.
      if (recipe !== lastRung || slate.entries.length > 0) keep(slate.trace)
      failures.push(...slate.failures)
      return slate
    } catch (error) {
      query.signal.throwIfAborted()
      failures.push(error instanceof Error ? error.message : String(error))
      return undefined
    }
  }

  const common = commonPage({
    clock,
    lifeMs: () => nearline().commonPageMs,
    make: (channel, at) => run(lastRung, commonQuery(channel, at), []),
  })

  const errandOf = async (scene: Scene, ask: PageAsk): Promise<Errand> => {
    const at = clock.now()
    const { user } = ask.key
    const beats = beatsIn(await state.read(beatNeeds(user, rules)), user, rules)
    const base: Omit<Take, keyof Rest | 'fit'> = {
      key: ask.key,
      size: ask.size,
      at,
      request: ask.request,
      recipe: scene.recipe.name,
      arms: ask.arms,
      repeatable: scene.repeatable,
      ...(scene.delivery === 'nearline' && { refresh: true }),
    }
    return {
      scene,
      ask,
      at,
      beats,
      take: (rest) => queue.take({ ...base, ...rest, fit: fitOf(ask, at) }),
    }
  }

  /** A page of a recipe that runs now; where it fails or is too short, of the last rung as well. */
  const make = async ({ scene, ask, at, beats, take }: Errand, stale: boolean) => {
    const query = queryOf(scene, ask, at)
    const failures: string[] = []
    const offers: Offer[] = []
    const slate = await run(scene.recipe, query, failures)
    if (slate) offers.push({ ...offerOf(slate, scene, ask, at, beats), replace: stale })
    // Without a new offer, what waits is better than nothing, however old.
    const now = { delivery: 'now', offers, pulseMin: -1 } as const
    // Beside an item, a short page is better than one padded with what has nothing to do with it.
    const taken = await take({ ...now, partial: scene.repeatable })
    if ('batch' in taken) return delivered(taken, failures)

    const excluded = new Set(ask.excluded)
    for (let round = 1; ; round++) {
      const request = `${ask.request}-last${round}`
      const last = await run(lastRung, { ...query, request, excluded }, failures)
      if (last) offers.push(offerOf(last, scene, ask, at, beats))
      // Where it fails as well, what was judged before is all that may be shown. Filters may drop
      // all that it found at first: it looks further, until there is nothing more to be found.
      const dropped = last ? droppedIn(last.trace).filter((item) => !excluded.has(item)) : []
      const filled = await take({ ...now, partial: dropped.length === 0 })
      if ('batch' in filled) return delivered(filled, failures)
      ask.signal.throwIfAborted()
      for (const item of dropped) excluded.add(item)
    }
  }

  /** A page for somebody whose queue is empty while too many others' are. */
  const rushed = async ({ ask, at, take }: Errand): Promise<Delivered | undefined> => {
    const slate = await common.of(ask.key.channel)
    if (slate === undefined) return undefined
    const entries = slate.entries.map((entry) => ({
      ...entry,
      expiresAt: at + 1,
      writer: commonWriter,
    }))
    const offer = { writer: commonWriter, entries, replace: false, pulse: -1, fleeting: true }
    const taken = await take({ delivery: 'now', offers: [offer], partial: false, pulseMin: -1 })
    if ('short' in taken) return undefined
    counts.common++
    return { ...taken, degraded: `${dry.taken} queues were empty at once: a common page` }
  }

  /** Prepared pages; the recipe runs for those who find none, so many at once. */
  const nearlinePage = async (errand: Errand): Promise<Delivered> => {
    const { ask, beats, take } = errand
    const none = { delivery: 'nearline', offers: [], partial: false, pulseMin: -1 } as const
    const waiting = await take(none)
    if ('batch' in waiting) {
      counts.prepared++
      return waiting
    }
    let leave = dry.tryEnter()
    if (leave === undefined) {
      const page = await rushed(errand)
      if (page !== undefined) return page
      // Who has seen what most people like waits for a place.
      leave = await dry.enter(ask.signal)
    }
    try {
      counts.made++
      return await make(errand, (await pulseOf(ask.key)) < beats)
    } finally {
      leave()
    }
  }

  const pulseOf = async ({ user, scene, channel }: FeedKey): Promise<number> => {
    const key = shelfKey(user, scene, channel)
    return (await state.read([{ projection: shelf, key }])).get(shelf, key)?.pulse ?? -1
  }

  return {
    async page(scene, ask) {
      const errand = await errandOf(scene, ask)
      if (scene.delivery === 'nearline') return nearlinePage(errand)
      if (scene.delivery === 'now') return make(errand, true)
      const waiting = await errand.take({
        delivery: 'queued',
        offers: [],
        partial: false,
        pulseMin: scene.toleratesDeeds ? -1 : errand.beats,
      })
      return 'batch' in waiting ? waiting : make(errand, waiting.short.stale)
    },

    async glance(scene, ask) {
      const at = clock.now()
      return { slate: await runRecipe(scene.recipe, queryOf(scene, ask, at), state), at }
    },

    counts: () => ({ ...counts, dryRuns: dry.taken }),
  }
}

/** What the filters of a run dropped. */
function droppedIn({ items, droppedBy }: Trace): readonly Ordinal[] {
  return [...items].filter((_item, row) => droppedBy[row]! >= 0)
}

function delivered(page: Page, failures: readonly string[]): Delivered {
  return failures.length === 0 ? page : { ...page, degraded: [...new Set(failures)].join('; ') }
}
