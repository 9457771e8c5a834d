import type { Slate } from '../pipeline/pipeline.ts'
import type { Offer } from '../queue/feed-queue.ts'
import type { PageAsk } from './page-ask.ts'
import { offeredLength, type Scene } from './scene.ts'

/** What is offered of a slate that was made for a page. */
export function offerOf(
  slate: Slate,
  scene: Scene,
  ask: PageAsk,
  at: number,
  beats: number,
): Offer {
  const length = offeredLength(scene, ask.size)
  const expiresAt = at + scene.waitMs
  const writer = slate.trace.recipe
  return {
    writer,
    // Spelled out: a spread costs ten times as much.
    entries: slate.entries.slice(0, length).map(({ item, score, sources, run, model }) => {
      return { item, score, sources, run, model, expiresAt, writer }
    }),
    replace: false,
    pulse: beats,
    // What fits a condition alone must not stand before what was prepared without one.
    ...(scene.delivery === 'nearline' && ask.condition && { fleeting: true }),
  }
}
