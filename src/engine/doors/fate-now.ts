import { StarlingError } from '../../error.ts'
import type { ItemId, UserId } from '../../events/event.ts'
import { ruledOut } from '../../feed/ruled-out.ts'
import { type Fate, fateOf } from '../../insight/explain/fate.ts'
import { titlesOf } from '../../insight/explain/titles.ts'
import type { Ordinal } from '../../state/projections/projection.ts'
import { dayOf, isSeen, seen } from '../../state/projections/seen.ts'
import { hotValues } from '../control/hot-values.ts'
import type { Parts } from '../parts.ts'

/**
 * Runs the scene's recipe for the user without showing anything, and tells what became of one item.
 * Rejects with `not_found` where there is no such scene.
 */
export async function fateNow(
  parts: Parts,
  { scene: name, user: id, item }: { scene: string; user: UserId; item: ItemId },
): Promise<Fate> {
  const { scenes, deliverer, aliases, state, residents, newId } = parts
  const scene = scenes.get(name)
  if (scene === undefined)
    throw new StarlingError('not_found', `no scene ${name}`, { field: 'scene' })
  const ordinal = state.ordinals.of(item)
  if (ordinal === undefined)
    return { id: item, outcome: 'unknown', reason: 'no event ever named it' }
  const user = aliases.resolve(id)
  const { slate } = await deliverer.glance(scene, {
    key: { user, scene: name, channel: '' },
    size: 100,
    request: newId(),
    excluded: new Set(),
    fields: {},
    arms: [],
    signal: new AbortController().signal,
  })
  const title = titlesOf(residents.catalogue, state.ordinals)(ordinal)
  const fate = { ...fateOf(slate.trace, ordinal, item), title }
  if (fate.outcome !== 'not-recalled') return fate
  // Sources pass over what a filter would drop: then it is the filter's reason that counts.
  const dropped = await wouldBeDropped(parts, user, ordinal)
  return dropped === undefined ? fate : { id: item, title, outcome: 'dropped', ...dropped }
}

async function wouldBeDropped(
  { state, residents, options }: Parts,
  user: UserId,
  item: Ordinal,
): Promise<Pick<Fate, 'by' | 'reason'> | undefined> {
  const { catalogue, parameters } = residents
  const now = options.clock.now()
  if (ruledOut(catalogue, state.ordinals, hotValues(parameters).blocked())(item)) {
    return { by: 'drop-blocked', reason: 'blocked by an operator' }
  }
  if (!catalogue.servable(item, now)) {
    return { by: 'drop-withdrawn', reason: 'withdrawn, not described, or outside its time' }
  }
  const past = (await state.read([{ projection: seen, key: user }])).get(seen, user)
  return isSeen(past, item, dayOf(now))
    ? { by: 'drop-seen', reason: 'it was shown before, or met in another way' }
    : undefined
}
