import { type Contender, untrained } from '../contender.ts'
import type { Likes } from '../likes.ts'

/** The most liked items, as they stood at the cut and as they stand at the moment. */
export function popularity(likes: Likes): Contender {
  const frozen = likes.counts.slice()
  return {
    rows: ['popularity', 'popularity, live'],
    training: untrained,
    rank: () => [{ scores: frozen }, { scores: likes.counts }],
  }
}
