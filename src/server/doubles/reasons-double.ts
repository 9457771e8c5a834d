import type { Engine } from '../../engine/engine.ts'
import { itemView, type Memory } from './memory.ts'

type Reasons = Pick<Engine, 'recentPages' | 'explain' | 'whyNot'>

/** Why a page is as it is: because of the number of actions. */
export function reasonsDouble({ pages, items }: Memory): Reasons {
  return {
    recentPages: async ({ user, size = 20, scene }) =>
      pages
        .filter((page) => page.user === user && (scene === undefined || page.scene === scene))
        .reverse()
        .slice(0, size)
        .map(({ items, ...page }) => ({
          ...{ requestId: page.requestId, scene: page.scene, channel: page.channel },
          ...{ batchId: page.batchId, servedAt: page.servedAt, itemCount: items.length },
          delivery: 'now',
        })),
    async explain(request, { item, withItems } = {}) {
      const page = pages.find(({ requestId }) => requestId === request)
      if (page === undefined) return undefined
      const stage = { run: request, stage: 'rank', name: 'action-count' } as const
      return {
        ...page,
        at: page.servedAt,
        delivery: 'now',
        recipe: 'popular',
        model: 'none',
        stages: [{ ...stage, rowCount: page.items.length, dropped: 0, durationMs: 0.5 }],
        runs: [],
        items: page.items.map(({ id, position, score }) => ({
          ...{
            id,
            title: id,
            position,
            score,
            run: request,
            features: [],
            inputs: [],
            foretold: [],
            moves: [],
            shares: [],
          },
          ...{ because: 'Many people like it.', reason: 'regard', evidence: [] },
          sources: [{ name: 'popular', rank: position }],
        })),
        lost: [],
        ...(item !== undefined && { asked: { id: item, outcome: 'not-recalled' } }),
        ...(withItems && {
          views: page.items.flatMap(({ id }) => itemView(items, id) ?? []),
        }),
      }
    },
    async whyNot({ user, scene, item }) {
      if (!items.has(item)) return { id: item, outcome: 'unknown' }
      const shown = pages
        .filter((page) => page.user === user && page.scene === scene)
        .some((page) => page.items.some(({ id }) => id === item))
      return { id: item, outcome: shown ? 'shown' : 'outranked' }
    },
  }
}
