import type { PastAction } from '../state/api.ts'
import { spaced } from '../words/listing.ts'

/** What a user did with one item in a row: opened it, liked it, rated it. */
export interface Episode {
  readonly item: string
  /** When the last of it happened. */
  readonly at: string
  /** In words, the last first, each once. */
  readonly deeds: readonly string[]
}

/** Joins actions, newest first, that were done to the same item one after the other. */
export function episodesOf(past: readonly PastAction[], countMax: number): readonly Episode[] {
  const episodes: { item: string; at: string; deeds: string[] }[] = []
  for (const action of past) {
    const last = episodes.at(-1)
    const words = deedWords(action)
    if (last?.item !== action.item) {
      if (episodes.length === countMax) break
      episodes.push({ item: action.item, at: action.at, deeds: [words] })
    } else if (!last.deeds.includes(words)) last.deeds.push(words)
  }
  return episodes
}

const verbs: Partial<Record<PastAction['action'], string>> = {
  click: 'opened',
  like: 'liked',
  unlike: 'no longer liked',
  dislike: 'not for me',
  read: 'read',
  play: 'played',
  share: 'shared',
  collect: 'kept',
  comment: 'commented on',
  report: 'reported',
  'delete-comment': 'took a comment back from',
  follow: 'followed',
  'swipe-past': 'swiped past',
}

/** What was done, in words: "rated 4 of 5". */
export function deedWords({ action, value }: Pick<PastAction, 'action' | 'value'>): string {
  if (action === 'rate' && value !== undefined) return `rated ${value} of 5`
  return verbs[action] ?? spaced(action)
}
