import type { Clock } from '../../../events/clock.ts'
import type { Random } from '../../../kernel/random.ts'
import type { Feed } from '../feed.ts'
import { plainFeed } from './plain-feed.ts'

/** Whatever fits, all equally likely: what every other feed must beat. */
export function randomFeed({ clock, random }: { clock: Clock; random: Random }): Feed {
  return plainFeed({
    ...{ name: 'random', clock },
    choose(fitting, _user, size) {
      const items = [...fitting]
      const count = Math.min(size, items.length)
      for (let place = 0; place < count; place++) {
        const other = place + random.below(items.length - place)
        ;[items[place], items[other]] = [items[other]!, items[place]!]
      }
      return items.slice(0, count)
    },
  })
}
