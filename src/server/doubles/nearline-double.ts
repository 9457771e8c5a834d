import type { Page } from '../../engine/engine.ts'
import type { Nearline } from '../../engine/views/nearline.ts'

/** The queues of the engine double: nothing waits in them, and all that was served was granted. */
export function nearlineDouble(pages: readonly (Page & { readonly user: string })[]): Nearline {
  return {
    async waiting({ user, scene, channel = '' }) {
      const here = pages.filter(
        (page) => page.user === user && page.scene === scene && page.channel === channel,
      )
      const last = here.at(-1)
      return {
        ...{ user, scene, channel, lastBatch: here.length, entries: [] },
        ...(last && { lastAt: last.servedAt }),
      }
    },
    async grants() {
      return [...new Set(pages.map(({ scene }) => scene))].map((scene) => {
        const here = pages.filter((page) => page.scene === scene)
        const asked = here.reduce((sum, { items }) => sum + items.length, 0)
        const lastGrantedAt = here.at(-1)!.servedAt
        return {
          writer: 'popular',
          scene,
          segment: '',
          asked,
          granted: asked,
          denied: {},
          lastGrantedAt,
        }
      })
    },
  }
}
