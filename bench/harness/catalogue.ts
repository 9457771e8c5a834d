import type { ActionEvent, Event, ItemEvent } from '../../src/events/event.ts'
import { type Random, seededRandom } from '../../src/kernel/random.ts'

export interface Size {
  readonly itemCount: number
  readonly userCount: number
  /** What each user does before anything is measured. */
  readonly deedsPerUser: number
}

const genreCount = 20
const keywordCount = 3_000
const dayMs = 86_400_000

/** When the last of it happened: measurements go on from here. */
export const endsAt = Date.UTC(2026, 0)
const spanMs = 180 * dayMs

/** The items of a catalogue that is like a real one in what costs: words, tags, times, skew. */
export function* itemEvents({ itemCount }: Size): Iterable<ItemEvent> {
  const random = seededRandom('items')
  for (let item = 0; item < itemCount; item++) {
    const first = random.below(genreCount)
    const genres = [...new Set([genreOf(item), first, random.below(genreCount)])]
    const keywords = new Set(Array.from({ length: 6 }, () => skewed(random, keywordCount)))
    yield {
      ...{ type: 'item', id: `bench:item:${item}`, at: endsAt - spanMs, item: itemId(item) },
      record: {
        attributes: {
          title: { text: `The ${words(random, 4)} of number ${item}` },
          year: { number: 1970 + random.below(56) },
          genres: { tags: genres.map((genre) => `genre ${genre}`) },
          keywords: { tags: [...keywords].map((word) => `keyword ${word}`) },
        },
        channels: genres.map((genre) => `genre ${genre}`),
        availableFrom: endsAt - random.below(900) * dayMs,
      },
    }
  }
}

/** What users did, in the order of time: each likes a few genres, and in each what is famous. */
export function* deedEvents({ itemCount, userCount, deedsPerUser }: Size): Iterable<ActionEvent> {
  const random = seededRandom('deeds')
  const deedCount = userCount * deedsPerUser
  for (let deed = 0; deed < deedCount; deed++) {
    const user = (deed * 7_919) % userCount
    const at = endsAt - spanMs + Math.floor((deed / deedCount) * spanMs)
    yield deedOf(random, `bench:deed:${deed}`, user, itemCount, at)
  }
}

/** One thing that a user does, as `deedEvents` has them do. */
export function deedOf(
  random: Random,
  id: string,
  user: number,
  itemCount: number,
  at: number,
): ActionEvent {
  const genre = (user + 3 * random.below(3)) % genreCount
  const rank = skewed(random, Math.floor(itemCount / genreCount))
  const item = itemId(rank * genreCount + genre)
  const event = { type: 'action', id, at, user: userId(user), item } as const
  if (random.next() < 0.5) return { ...event, action: 'rate', value: 1 + random.below(9) / 2 }
  return { ...event, action: random.next() < 0.8 ? 'click' : 'like' }
}

export const itemId = (item: number): string => `item-${item}`
export const userId = (user: number): string => `user-${user}`

/** Batches of events, as imports hand them over. */
export function* batched(events: Iterable<Event>, length = 1_000): Iterable<Event[]> {
  let batch: Event[] = []
  for (const event of events) {
    batch.push(event)
    if (batch.length < length) continue
    yield batch
    batch = []
  }
  if (batch.length > 0) yield batch
}

function genreOf(item: number): number {
  return item % genreCount
}

/** Low numbers far more often than high ones: half of all draws fall on the first eighth. */
function skewed(random: Random, bound: number): number {
  return Math.floor(bound * random.next() ** 3)
}

function words(random: Random, count: number): string {
  const syllables = ['ka', 'lo', 'mir', 'ten', 'sa', 'vo', 'rin', 'du', 'pel', 'os', 'an', 'qui']
  const word = () =>
    Array.from({ length: 3 }, () => syllables[random.below(syllables.length)]).join('')
  return Array.from({ length: count }, word).join(' ')
}
