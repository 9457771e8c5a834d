import { invalid } from '../../error.ts'
import type { Clock } from '../../events/clock.ts'
import type { UserId } from '../../events/event.ts'
import type { FeedKey, FeedQueue } from '../../feed/queue/feed-queue.ts'
import type { AliasView } from '../../state/projections/aliases.ts'
import type { Batch } from '../../state/projections/batches.ts'
import { feeds } from '../../state/projections/feeds.ts'
import { users } from '../../state/projections/users.ts'
import type { State } from '../../state/state.ts'
import type { PageStamp, RecentPagesRequest } from '../engine.ts'

export interface RecentPagesOptions {
  readonly state: Pick<State, 'read'>
  readonly queue: Pick<FeedQueue, 'batch' | 'newest'>
  readonly aliases: Pick<AliasView, 'resolve'>
  readonly clock: Clock
}

export interface RecentPages {
  list(request: RecentPagesRequest): Promise<readonly PageStamp[]>
  /** The same as they were served, for as long as somebody asks for more. */
  walk(user: UserId, scene?: string): AsyncIterable<Batch>
}

const sizeDefault = 20
const sizeMax = 500

/**
 * The pages that a person was shown under all their ids, over all feeds, newest first. A feed's
 * pages are in order already, so this merges them: a page that is not asked for is not read.
 */
export function recentPages({ state, queue, aliases, clock }: RecentPagesOptions): RecentPages {
  const feedsOf = async (id: UserId, scene: string | undefined): Promise<readonly FeedKey[]> => {
    const user = aliases.resolve(id)
    const person = await state.read([{ projection: users, key: user }])
    const ids = [user, ...(person.get(users, user)?.aliases ?? [])]
    const known = await state.read(ids.map((key) => ({ projection: feeds, key })))
    return ids
      .flatMap((id) =>
        (known.get(feeds, id) ?? []).map(([scene, channel]) => ({ user: id, scene, channel })),
      )
      .filter((key) => scene === undefined || key.scene === scene)
  }

  async function* walk(id: UserId, scene?: string): AsyncGenerator<Batch> {
    const now = clock.now()
    const heads: { readonly key: FeedKey; page: Batch | undefined }[] = []
    for (const key of await feedsOf(id, scene)) {
      heads.push({ key, page: await queue.batch(key, await queue.newest(key), now) })
    }
    for (;;) {
      let newest: (typeof heads)[number] | undefined
      for (const head of heads) {
        if ((head.page?.at ?? -1) > (newest?.page?.at ?? -1)) newest = head
      }
      if (newest?.page === undefined) return
      yield newest.page
      newest.page = await queue.batch(newest.key, newest.page.batch - 1, now)
    }
  }

  return {
    walk,

    async list({ user, size = sizeDefault, scene }) {
      if (!(Number.isInteger(size) && size >= 1 && size <= sizeMax)) {
        throw invalid('size', `${size} must be a whole number >= 1 and <= ${sizeMax}`)
      }
      const stamps: PageStamp[] = []
      for await (const page of walk(user, scene)) {
        stamps.push(stampOf(page))
        if (stamps.length === size) break
      }
      return stamps
    },
  }
}

function stampOf({ request, scene, channel, batch, at, delivery, items }: Batch): PageStamp {
  return {
    ...{ requestId: request, scene, channel, batchId: batch, servedAt: at, delivery },
    itemCount: items.length,
  }
}
