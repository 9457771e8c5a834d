import { StarlingError } from '../../error.ts'
import type { Clock } from '../../events/clock.ts'
import type { Scene } from '../../feed/delivery/scene.ts'
import type { GrantBook } from '../../state/nearline/grant-book.ts'
import type { AliasView } from '../../state/projections/aliases.ts'
import { emptyShelf, shelf, shelfKey } from '../../state/projections/shelf.ts'
import type { State } from '../../state/state.ts'
import type { Nearline, WaitingRequest, WaitingView } from '../views/nearline.ts'
import { keyOf } from './pages.ts'

export interface QueuesOptions {
  readonly state: Pick<State, 'read' | 'ordinals'>
  readonly aliases: AliasView
  readonly clock: Clock
  readonly scenes: ReadonlyMap<string, Scene>
  readonly book: GrantBook
}

/** What waits in queues, and who put it there. */
export function queues({ state, aliases, clock, scenes, book }: QueuesOptions): Nearline {
  return {
    async waiting(request: WaitingRequest): Promise<WaitingView> {
      if (!scenes.has(request.scene)) {
        const known = [...scenes.keys()].join(', ')
        throw new StarlingError('not_found', `no scene ${request.scene}; there are ${known}`, {
          field: 'scene',
        })
      }
      const place = keyOf(aliases, request)
      const key = shelfKey(place.user, place.scene, place.channel)
      const known = (await state.read([{ projection: shelf, key }])).get(shelf, key)
      const { lastBatch, lastAt, offeredAt, waiting } = known ?? emptyShelf
      const now = clock.now()
      return {
        ...place,
        lastBatch,
        ...(lastBatch > 0 && { lastAt }),
        ...(offeredAt > 0 && { offeredAt }),
        entries: Array.from(
          waiting.lasting(now),
          ({ item, score, writer = '', sources, model, expiresAt }) => {
            return { item: state.ordinals.id(item), score, writer, sources, model, expiresAt }
          },
        ),
      }
    },

    grants: async () => book.list(),
  }
}
