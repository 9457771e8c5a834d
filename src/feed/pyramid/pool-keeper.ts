import type { Clock } from '../../events/clock.ts'
import type { RequestId } from '../../events/event.ts'
import { poolOf } from '../../state/projections/heads.ts'
import { dayOf, isSeen, seen } from '../../state/projections/seen.ts'
import { shelf, shelfKey, waitingLengthMax } from '../../state/projections/shelf.ts'
import type { State } from '../../state/state.ts'
import { type Ask, runRecipe } from '../pipeline/pipeline.ts'
import type { Recipe } from '../pipeline/recipe.ts'
import type { Trace } from '../pipeline/trace.ts'
import type { FeedQueue } from '../queue/feed-queue.ts'
import { poolNeeds, unpushed } from './pool-head.ts'

/** How long a pool is good for: the window of the global recall (F-32). */
const poolLifeMs = 10 * 60_000

export interface PoolKeeperOptions {
  /** The recipe whose heads come from pools. */
  readonly headOf: Recipe
  /** All strategies at once, ordered by how many of them hit an item; nothing is ranked. */
  readonly pool: Recipe
  readonly clock: Clock
  readonly state: State
  readonly queue: Pick<FeedQueue, 'offer'>
  readonly newId: () => RequestId
  readonly keep: (trace: Trace) => void
}

/**
 * Sees to it that a user's pool is good: filled anew where its window is over, or where what is
 * left of it gives no page. Between two fillings no strategy is asked; the next head alone is
 * ranked.
 */
export function poolKeeper(options: PoolKeeperOptions) {
  const { headOf, pool, clock, state, queue, newId, keep } = options
  return async (recipe: Recipe, ask: Ask): Promise<void> => {
    if (recipe.name !== headOf.name) return
    const { user, scene, channel } = ask
    const at = clock.now()
    const key = shelfKey(user, poolOf(scene), channel)
    const known = await state.read([...poolNeeds(ask), { projection: seen, key: user }])
    const filledAt = known.get(shelf, key)?.offeredAt ?? Number.NEGATIVE_INFINITY
    const [past, day] = [known.get(seen, user), dayOf(at)]
    const left = unpushed({ ...ask, at }, known).filter(({ item }) => !isSeen(past, item, day))
    if (at - filledAt < poolLifeMs && left.length >= ask.size) return

    // Recalled for everything that is to come, so not by the wishes of one request.
    const { condition: _, beside: __, ...plain } = ask
    const request = newId()
    const slate = await runRecipe(pool, { ...plain, at, request, excluded: new Set() }, state)
    keep(slate.trace)
    const expiresAt = at + poolLifeMs
    const entries = slate.entries.slice(0, waitingLengthMax).map((entry) => {
      return { ...entry, expiresAt }
    })
    const offer = { writer: pool.name, entries, replace: true, pulse: -1 }
    await queue.offer({ user, scene: poolOf(scene), channel }, offer, at)
  }
}
