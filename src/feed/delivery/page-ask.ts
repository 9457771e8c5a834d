import type { RequestId } from '../../events/event.ts'
import type { Ordinal } from '../../state/projections/projection.ts'
import type { Ask } from '../pipeline/pipeline.ts'
import { chanceOf } from '../pipeline/query.ts'
import type { FeedKey } from '../queue/feed-queue.ts'
import { offeredLength, type Scene } from './scene.ts'

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

/** What a recipe is asked for a page. */
export function queryOf(scene: Scene, ask: PageAsk, at: number): Ask {
  const { key, condition, beside } = ask
  return {
    user: key.user,
    scene: scene.name,
    channel: key.channel,
    at,
    fields: ask.fields,
    request: ask.request,
    size: ask.size,
    offered: offeredLength(scene, ask.size),
    excluded: ask.excluded,
    ...(condition && { condition }),
    ...(beside !== undefined && { beside }),
    random: chanceOf(ask.request),
    signal: ask.signal,
  }
}

/** Places of which most is kept of how a common page came to be. */
const commonSize = 20

/** Asks for nobody in particular. */
export function commonQuery(channel: string, at: number): Ask {
  const request = `common-${channel}-${at}`
  return {
    ...{ user: '', scene: '', channel, at, fields: {}, request, size: commonSize },
    ...{ excluded: new Set<Ordinal>(), random: chanceOf(request) },
    signal: new AbortController().signal,
  }
}
