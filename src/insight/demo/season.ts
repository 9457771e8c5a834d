import { dayMs } from '../simulate/world/stock.ts'
import { createWorld, type World } from '../simulate/world/world.ts'
import type { DemoKind } from './demo-kind.ts'

/**
 * A world has an end, because all of it is known from its start; a demo has none. So seasons
 * follow each other: the same people, with the same tastes, and items with ids of their own.
 */
export interface Season {
  readonly number: number
  readonly world: World
  readonly endsAt: number
}

export const seasonDays = 30

/** The season that a time falls into, of a demo that began at a midnight. */
export function seasonAt(kind: DemoKind, firstDay: number, at: number): Season {
  const lengthMs = seasonDays * dayMs
  const number = Math.max(0, Math.floor((at - firstDay) / lengthMs))
  const startsAt = firstDay + number * lengthMs
  const prefix = `${kind.plan.items.prefix}${number === 0 ? '' : `${number}-`}`
  const plan = { ...kind.plan, items: { ...kind.plan.items, prefix } }
  const world = createWorld({
    ...{ plan, users: kind.users, items: kind.items, days: seasonDays, startsAt },
    seed: kind.name,
  })
  return { number, world, endsAt: startsAt + lengthMs }
}
