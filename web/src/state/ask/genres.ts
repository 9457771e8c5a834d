import type { Client } from '../../../../src/client/client.ts'
import type { Listing } from '../api.ts'

/** The question of which genres there are, and how large each is. Films come along: the best. */
export const genresKey = 'genres'

export const askGenres =
  (client: Client) =>
  (signal: AbortSignal): Promise<Listing> =>
    client.listItems({ facet: 'genres', size: 1 }, { signal })
