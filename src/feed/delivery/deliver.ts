import type { Clock, Timestamp } from '../../events/clock.ts'
import type { RequestId } from '../../events/event.ts'
import type { Batch } from '../../state/projections/batches.ts'
import type { Entry } from '../../state/projections/packed-entries.ts'
import { parameters } from '../../state/projections/parameters.ts'
import type { Ordinal } from '../../state/projections/projection.ts'
import { pulse } from '../../state/projections/pulse.ts'
import type { State } from '../../state/state.ts'
import { type Ask, runRecipe, type Slate } from '../pipeline/pipeline.ts'
import { chanceOf } from '../pipeline/query.ts'
import type { Recipe } from '../pipeline/recipe.ts'
import type { Trace } from '../pipeline/trace.ts'
import type { FeedKey, FeedQueue, Offer, Take } from '../queue/feed-queue.ts'
import type { Scene } from './scene.ts'

/** A request for a new page, already checked. */
export interface PageAsk {
  readonly key: FeedKey
  readonly size: number
  readonly request: RequestId
  readonly excluded: ReadonlySet<Ordinal>
  readonly condition?: (item: Ordinal) => boolean
  readonly beside?: Ordinal
  readonly fields: Readonly<Record<string, string>>
  readonly arms: readonly string[]
  readonly signal: AbortSignal
}

export interface Delivered {
  readonly batch: Batch
  /** Which rung of the ladder the page stands on, where it is not the top one, and why. */
  readonly degraded?: string
}

export interface Deliverer {
  /** A new page for the user; fewer items than asked only where no more may be shown. */
  page(scene: Scene, ask: PageAsk): Promise<Delivered>

  /** What a page would be for a request without a user: nothing is recorded. */
  glance(scene: Scene, ask: PageAsk): Promise<{ readonly slate: Slate; readonly at: Timestamp }>
}

export interface DeliverOptions {
  readonly clock: Clock
  readonly state: State
  readonly queue: FeedQueue
  /** False for an item that may not be shown now, whoever asks. */
  readonly showable: (item: Ordinal, key: FeedKey) => boolean
  /**
   * The last rung: walks all that may be shown, so that a feed is never empty while content exists.
   */
  readonly lastRung: Recipe
  /** Parameters that feeds are made by: what was chosen before one changed is out of date. */
  readonly rules: readonly string[]
  readonly keep: (trace: Trace) => void
}

const spareCount = 20

/** What differs from one try to take a page to the next. */
type Rest = Pick<Take, 'delivery' | 'offers' | 'partial' | 'pulseMin'>

/**
 * Makes pages. The ladder: what waits in the queue; else the recipe; else, where the recipe fails,
 * what waits although it is out of date; and where all that is too little, the last rung.
 */
export function deliverer(options: DeliverOptions): Deliverer {
  const { clock, state, queue, showable, lastRung, keep, rules } = options

  const fitOf = (ask: PageAsk, at: number) => (entry: Entry) => {
    if (entry.expiresAt <= at || !showable(entry.item, ask.key)) return 'drop'
    if (ask.excluded.has(entry.item) || ask.condition?.(entry.item) === false) return 'skip'
    return 'show'
  }

  /** Runs a recipe; where it fails, there is no slate, and `failures` says why. */
  const run = async (
    recipe: Recipe,
    query: Ask,
    failures: string[],
  ): Promise<Slate | undefined> => {
    try {
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

  return {
    async page(scene, ask) {
      const at = clock.now()
      const beats = await beatsOf(state, ask.key.user, rules)
      const base: Omit<Take, keyof Rest> = {
        key: ask.key,
        size: ask.size,
        at,
        request: ask.request,
        recipe: scene.recipe.name,
        arms: ask.arms,
        fit: fitOf(ask, at),
        repeatable: scene.repeatable,
      }
      const take = (rest: Rest) => queue.take({ ...base, ...rest })

      let stale = true
      if (scene.delivery === 'queued') {
        const waiting = await take({
          delivery: 'queued',
          offers: [],
          partial: false,
          pulseMin: scene.toleratesDeeds ? -1 : beats,
        })
        if ('batch' in waiting) return waiting
        stale = waiting.short.stale
      }

      const query = queryOf(scene, ask, at)
      const failures: string[] = []
      const offers: Offer[] = []
      const slate = await run(scene.recipe, query, failures)
      if (slate) offers.push({ ...offerOf(slate, scene, ask, at, beats), replace: stale })
      // Without a new offer, what waits is better than nothing, however old.
      const now = { delivery: 'now', offers, pulseMin: -1 } as const
      // Beside an item, a short page is better than one padded with what has nothing to do with it.
      const taken = await take({ ...now, partial: scene.repeatable })
      if ('batch' in taken) return delivered(taken.batch, failures)

      const excluded = new Set(ask.excluded)
      for (let round = 1; ; round++) {
        const request = `${ask.request}-last${round}`
        const last = await run(lastRung, { ...query, request, excluded }, failures)
        if (last) offers.push(offerOf(last, scene, ask, at, beats))
        // Where it fails as well, what was judged before is all that may be shown. Filters may drop
        // all that it found at first: it looks further, until there is nothing more to be found.
        const dropped = last ? droppedIn(last.trace).filter((item) => !excluded.has(item)) : []
        const filled = await take({ ...now, partial: dropped.length === 0 })
        if ('batch' in filled) return delivered(filled.batch, failures)
        ask.signal.throwIfAborted()
        for (const item of dropped) excluded.add(item)
      }
    },

    async glance(scene, ask) {
      const at = clock.now()
      return { slate: await runRecipe(scene.recipe, queryOf(scene, ask, at), state), at }
    },
  }
}

/** What the filters of a run dropped. */
function droppedIn({ items, droppedBy }: Trace): readonly Ordinal[] {
  return [...items].filter((_item, row) => droppedBy[row]! >= 0)
}

/** How often the user did something or an operator changed a rule: both only ever rise. */
async function beatsOf(state: State, user: string, rules: readonly string[]): Promise<number> {
  const known = await state.read([
    { projection: pulse, key: user },
    ...rules.map((key) => ({ projection: parameters, key })),
  ])
  const changes = rules.map((rule) => known.get(parameters, rule)?.version ?? 0)
  return changes.reduce((sum, count) => sum + count, known.get(pulse, user) ?? 0)
}

function delivered(batch: Batch, failures: readonly string[]): Delivered {
  return failures.length === 0 ? { batch } : { batch, degraded: [...new Set(failures)].join('; ') }
}

function offerOf(slate: Slate, scene: Scene, ask: PageAsk, at: number, beats: number): Offer {
  // A scene without a queue offers what the page needs, and a few for what another device takes.
  const length = scene.delivery === 'queued' ? slate.entries.length : ask.size + spareCount
  const expiresAt = at + scene.waitMs
  return {
    writer: slate.trace.recipe,
    // Spelled out: a spread costs ten times as much.
    entries: slate.entries.slice(0, length).map(({ item, score, sources, run, model }) => {
      return { item, score, sources, run, model, expiresAt }
    }),
    replace: false,
    pulse: beats,
  }
}

function queryOf(scene: Scene, ask: PageAsk, at: number): Ask {
  const { key, condition, beside } = ask
  return {
    user: key.user,
    scene: scene.name,
    channel: key.channel,
    at,
    fields: ask.fields,
    request: ask.request,
    size: ask.size,
    excluded: ask.excluded,
    ...(condition && { condition }),
    ...(beside !== undefined && { beside }),
    random: chanceOf(ask.request),
    signal: ask.signal,
  }
}
