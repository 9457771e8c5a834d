import type { CandidateSets } from '../../engine/views/candidate-sets.ts'
import { StarlingError } from '../../error.ts'
import type { Clock } from '../../events/clock.ts'
import type { ActionEvent, ItemId } from '../../events/event.ts'

/** The part of the engine double that tells candidate sets: one, of the items acted on most. */
export function candidateSetsDouble(
  clock: Clock,
  items: ReadonlyMap<ItemId, unknown>,
  events: ReadonlyMap<string, ActionEvent>,
): CandidateSets {
  const name = 'hot'
  const countOf = (id: ItemId, action?: string): number =>
    [...events.values()].filter(
      (event) => event.item === id && (action === undefined || event.action === action),
    ).length
  const ranked = () =>
    [...items.keys()]
      .map((id) => ({ id, title: id, score: countOf(id) }))
      .filter(({ score }) => score > 0)
      .sort((one, other) => other.score - one.score)
  return {
    candidateSets: async () => [
      {
        ...{ name, kind: 'hot', description: 'Acted on most.', settings: { hours: 24 } },
        ...{ capacity: 100, refreshMs: 60_000, size: ranked().length, refreshedAt: clock.now() },
      },
    ],
    async candidateSet({ name: asked, channel = '', size = 50 }) {
      if (asked !== name) throw new StarlingError('not_found', `no set ${asked}; there are ${name}`)
      return { name, channel, refreshedAt: clock.now(), items: ranked().slice(0, size) }
    },
    async itemStanding(item) {
      if (!items.has(item)) return undefined
      const rank = ranked().findIndex(({ id }) => id === item)
      const likes = countOf(item, 'like')
      return {
        item,
        windows: [{ hours: 24, counts: { like: likes, click: countOf(item, 'click') } }],
        hourly: [...new Array<number>(23).fill(0), likes],
        sets: rank < 0 ? [] : [{ name, channel: '', rank, score: countOf(item) }],
      }
    },
  }
}
