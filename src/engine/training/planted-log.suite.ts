import type { Event } from '../../events/event.ts'
import { memoryLog } from '../../events/log/memory-log.ts'
import { seededRandom } from '../../kernel/random.ts'

export const plantedStart = 1_700_000_000_000
export const plantedItemCount = 240
const minuteMs = 60_000
const genres = ['drama', 'comedy', 'crime', 'noir']

/**
 * A log of people who each like the films of one genre, and now and then another one: whoever
 * learns from it can tell what they will like next. Or of people who like anything: then nobody
 * can.
 */
export function plantedLog(likeCount: number, liking: 'one genre' | 'anything' = 'one genre') {
  const random = seededRandom('planted')
  const films = Array.from({ length: plantedItemCount }, (_, index): Event => {
    const attributes = {
      genres: { tags: [genres[index % 4]!] },
      year: { number: 1960 + (index % 60) },
    }
    const record = { attributes, channels: [] }
    return { type: 'item', id: `put ${index}`, at: plantedStart, item: `film${index}`, record }
  })
  const likes = Array.from({ length: likeCount }, (_, index): Event => {
    const user = random.below(40)
    const taste = liking === 'anything' || random.below(8) === 0 ? random.below(4) : user % 4
    // Some films are liked more than others.
    const rank = Math.floor(
      (plantedItemCount / 4) * random.next() ** (liking === 'anything' ? 1 : 2),
    )
    const item = `film${taste + 4 * rank}`
    const at = plantedStart + (index + 1) * minuteMs
    return { type: 'action', id: `like ${index}`, at, action: 'like', user: `u${user}`, item }
  })
  return memoryLog([...films, ...likes])
}
