import type { Random } from '../../../kernel/random.ts'
import type { Stay } from '../../simulate/world/stay.ts'
import type { World } from '../../simulate/world/world.ts'
import type { KeptPages } from '../ledger/kept-pages.ts'
import type { Asked } from '../transport.ts'
import { drawKind, type Kind, type Mix } from './mix.ts'
import { visitorsOf } from './visitors.ts'

/**
 * Those who ask for pages: users of the world, each on a visit. Who has done with a page asks for
 * the next one before anybody new comes in, so the visits are as many as the pages need.
 */
export interface Crowd {
  next(): Asking
  /** The user has read a page and wants another, unless they leave. */
  ready(stay: Stay): void
  leave(stay: Stay): void
}

export interface Asking {
  readonly asked: Asked
  /** Who reads the page; undefined where somebody only looks back. */
  readonly stay?: Stay
}

export interface CrowdOptions {
  readonly world: World
  readonly mix: Mix
  readonly pageSize: number
  readonly random: Random
  readonly kept: KeptPages
}

export function crowdOf({ world, mix, pageSize, random, kept }: CrowdOptions): Crowd {
  const visitors = comersTo(world, random)
  const ready: Stay[] = []
  const topics = world.plan.items.topics

  const askFor = (kind: Kind, stay: Stay): Asked => {
    const asked = { kind, user: stay.id, size: pageSize, scene: kind, channel: '' }
    if (kind === 'channel') return { ...asked, channel: topics[stay.mood]!.name }
    if (kind !== 'similar') return asked
    // Items are drawn like stars are: a few are looked at by many.
    const item = Math.floor(world.stock.count * random.next() ** 2)
    return { ...asked, item: world.rows.itemId(item) }
  }

  return {
    next() {
      const kind = drawKind(mix, random)
      if (kind === 'older') {
        const place = kept.pick(random)
        if (place !== undefined) return { asked: { kind, size: pageSize, ...place } }
      }
      const stay = ready.shift() ?? visitors.next()
      // Until there is something to look back at, more is read of what is new.
      return { asked: askFor(kind === 'older' ? 'home' : kind, stay), stay }
    },
    ready: (stay) => void ready.push(stay),
    leave: world.leave,
  }
}

/** A user who comes in as often as their rate says, and is not there already. */
function comersTo(world: World, random: Random): { next(): Stay } {
  const draw = visitorsOf(world, random)
  const turns = new Map<number, number>()
  return {
    next() {
      const user = draw()
      const serial = turns.get(user) ?? 0
      turns.set(user, serial + 1)
      return world.enter({ user, at: world.startsAt, serial })
    },
  }
}
