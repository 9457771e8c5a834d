import type { Engine } from '../../engine/engine.ts'
import type { InterestView } from '../../engine/views/profile.ts'
import type { ActionEvent, ItemId } from '../../events/event.ts'

/** The part of the engine double that tells what a user cares for: one for each deed, and tag. */
export function profileDouble(
  events: ReadonlyMap<string, ActionEvent>,
  tagsOf: (item: ItemId) => Readonly<Record<string, readonly string[]>>,
): Pick<Engine, 'profile'> {
  return {
    async profile({ user, at = Number.POSITIVE_INFINITY, size = 30 }) {
      const deeds = [...events.values()].filter((event) => event.user === user && event.at <= at)
      const interests = new Map<string, InterestView>()
      for (const { item, action, at } of deeds) {
        for (const [attribute, tags] of Object.entries(item === undefined ? {} : tagsOf(item))) {
          for (const topic of tags) {
            const { because = [] } = interests.get(topic) ?? {}
            const reasons = [...because, { item: item!, action, at, weight: 1 }]
            const weight = reasons.length
            const named = { channel: '', attribute, topic }
            interests.set(topic, { ...named, weight, share: 0, because: reasons })
          }
        }
      }
      const actions: Record<string, number> = {}
      for (const { action } of deeds) actions[action] = (actions[action] ?? 0) + 1
      const heaviest = [...interests.values()].sort((a, b) => b.weight - a.weight)
      const total = heaviest.reduce((sum, { weight }) => sum + weight, 0)
      return {
        user,
        version: deeds.length,
        longTerm: heaviest.slice(0, size).map((each) => ({ ...each, share: each.weight / total })),
        shortTerm: [],
        recentPositives: [],
        statistics: { actions, activeDays: deeds.length > 0 ? 1 : 0, sessions: 0, ratings: 0 },
        embeddings: [],
      }
    },
  }
}
