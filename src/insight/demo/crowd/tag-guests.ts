import type { Random } from '../../../kernel/random.ts'
import type { Deed, FeedPage } from '../../simulate/feed.ts'
import { type Chance, chanceFor } from '../../simulate/world/chance.ts'
import { chanceOf } from '../../simulate/world/response.ts'
import type { Guest, Guests } from './guests.ts'

/** What tag guests must know of an item: whatever tags its record has, under whatever name. */
export interface TaggedItem {
  readonly id: string
  readonly token?: string
  readonly item?: {
    readonly attributes: Readonly<Record<string, unknown>>
    readonly channels: readonly string[]
  }
}

const pageSize = 12
const lookMs = 1_500
const openMs = 15_000

/** Log-odds that an item is opened: of one that nothing speaks for, and by a deviation of taste. */
const opening = { usual: -2.6, taste: 1.1, own: 0.5 } as const

/** Of what was opened, so much is rated. */
const ratedShare = 0.5

const pagesMean = 3

/**
 * People for any catalogue: each likes some tags and dislikes others, always the same ones, and
 * opens and rates what has them. They are called `guest-1`, `guest-2` and so on.
 */
export function tagGuests(count: number, scene: string, random: Random): Guests {
  const tastes = chanceFor(random.fork('tastes').below(2 ** 32))
  const luck = random.fork('luck')
  const there = new Set<string>()
  return {
    enter() {
      let number = 1 + luck.below(count)
      for (let step = 0; step < count && there.has(nameOf(number)); step++) {
        number = 1 + (number % count)
      }
      const id = nameOf(number)
      there.add(id)
      return tagGuest({ id, scene, number, tastes, luck })
    },
    leave: ({ id }) => void there.delete(id),
  }
}

const nameOf = (number: number): string => `guest-${number}`

interface GuestParts {
  readonly id: string
  readonly scene: string
  readonly number: number
  readonly tastes: Chance
  readonly luck: Random
}

function tagGuest({ id, scene, number, tastes, luck }: GuestParts): Guest {
  const liking = ({ id: item, item: record }: TaggedItem): number => {
    const tags = tagsOf(record)
    const sum = tags.reduce((sum, tag) => sum + tastes.normal(number, hashOf(tag)), 0)
    // The mean of many tags says no more than that of a few.
    const taste = tags.length === 0 ? 0 : sum / Math.sqrt(tags.length)
    return opening.taste * taste + opening.own * tastes.normal(number, hashOf(item), 1)
  }
  return {
    ...{ id, scene, channel: '', pageSize },
    meet(page: FeedPage, at: number) {
      const deeds: Deed[] = []
      let now = at
      for (const [place, entry] of page.items.entries()) {
        const liked = liking(entry)
        const tell = (type: string, value?: number): void => {
          const { id: item, token } = entry
          const name = `${id}.${at}.${place}.${type}`
          deeds.push({
            ...{ id: name, type, user: id, item, at: now },
            ...(token !== undefined && { token }),
            ...(value !== undefined && { value }),
          })
        }
        now += lookMs
        tell('impression')
        if (luck.next() >= chanceOf(opening.usual + liked)) continue
        tell('click')
        now += openMs
        if (luck.next() < ratedShare) tell('rate', starsFor(liked + luck.next() - 0.5))
      }
      const leaves = page.items.length === 0 || luck.next() < 1 / pagesMean
      return { deeds, endsAt: now + lookMs, leaves }
    },
  }
}

/** Half stars, 3 for what is neither liked nor disliked. */
function starsFor(liked: number): number {
  return Math.max(0.5, Math.min(5, Math.round(2 * (3 + 1.2 * liked)) / 2))
}

function tagsOf(record: TaggedItem['item']): readonly string[] {
  if (record === undefined) return []
  const tags = Object.values(record.attributes).flatMap((value) =>
    Array.isArray(value) ? value.filter((tag) => typeof tag === 'string') : [],
  )
  return [...new Set([...record.channels, ...tags])].slice(0, 20)
}

/** FNV-1a. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5
  for (let place = 0; place < text.length; place++) {
    hash = Math.imul(hash ^ text.charCodeAt(place), 0x01000193)
  }
  return hash >>> 0
}
