import type { Engine } from '../../engine/engine.ts'
import type { ActionEvent, ItemId } from '../../events/event.ts'

type Overviews = Pick<Engine, 'itemOverview' | 'userOverview'>

/** The part of the engine double that tells all of one item or user, made of what it tells else. */
export function overviewsDouble(
  events: ReadonlyMap<string, ActionEvent>,
  engine: Pick<Engine, 'item' | 'history' | 'similar' | 'recommend'>,
): Overviews {
  const of = (action: string, item: ItemId) =>
    [...events.values()].filter((event) => event.item === item && event.action === action)
  return {
    async itemOverview({ item: id, user, similar = 12, audience = 0 }) {
      const item = await engine.item(id)
      if (item === undefined) return undefined
      const fans = of('like', id).map((event) => ({ user: event.user, at: event.at }))
      return {
        item,
        statistics: {
          impressions: of('impression', id).length,
          clicks: of('click', id).length,
          likes: fans.length,
          ratings: 0,
          histogram: new Array<number>(10).fill(0),
        },
        ...(similar > 0 && { similar: await engine.similar({ item: id, size: similar }) }),
        audience: fans.slice(0, audience),
        yours: (await engine.history(user ?? '', 100)).filter((done) => done.item === id),
      }
    },
    async userOverview({ user, history = 50, recommended = 32 }) {
      const all = await engine.history(user, Number.POSITIVE_INFINITY)
      const statistics = { actions: all.length, likes: 0, ratings: 0, tastes: [] }
      const size = recommended
      return {
        user,
        statistics,
        history: await engine.history(user, history, true),
        ...(size > 0 && { recommended: await engine.recommend({ user, scene: 'home', size }) }),
      }
    },
  }
}
