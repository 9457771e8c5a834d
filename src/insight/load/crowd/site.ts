import type { Clock } from '../../../events/clock.ts'
import { seededRandom } from '../../../kernel/random.ts'
import type { Deed, ItemRow } from '../../simulate/feed.ts'
import type { WorldPlan } from '../../simulate/world/plan.ts'
import { createWorld, type World } from '../../simulate/world/world.ts'
import { type KeptPages, keepPages } from '../ledger/kept-pages.ts'
import { type Ledger, openLedger } from '../ledger/ledger.ts'
import { type Crowd, crowdOf } from './crowd.ts'
import type { Mix } from './mix.ts'

/**
 * A world with an app in front of it: its catalogue as the app puts it, its users as they use the
 * app, and what is known of what they were shown. It goes on from one load to the next.
 */
export interface Site {
  readonly world: World
  readonly crowd: Crowd
  readonly kept: KeptPages
  readonly ledger: Ledger
  /** An item that is to be taken away. The same one is never named twice. */
  nextToGo(): number | undefined
  /** All items, for a server that knows none. */
  items(): Iterable<ItemRow>
  /** What users did before, for a server that knows nobody: `perUser` clicks and ratings each. */
  pasts(perUser: number): Iterable<Deed>
}

export interface SiteOptions {
  readonly plan: WorldPlan
  readonly users: number
  readonly items: number
  readonly seed: string | number
  readonly mix: Mix
  readonly pageSize: number
  readonly clock: Clock
}

const dayMs = 86_400_000

/** Of this many items that somebody came across, they took the one that looked best to them. */
const metPerDeed = 8

const pastDays = 30

export function openSite(options: SiteOptions): Site {
  const { users, items, seed, mix, pageSize, clock } = options
  const startsAt = Math.floor(clock.now() / dayMs) * dayMs
  // An app shows what it reports as shown: place after place comes on screen as people scroll.
  const response = { ...options.plan.response, positionPower: 0 }
  const plan = { ...options.plan, response }
  const world = createWorld({ plan, users, items, days: 1, seed, startsAt })
  const { stock, rows } = world
  const random = seededRandom(`${seed}/load`)
  const kept = keepPages()
  const crowd = crowdOf({ world, mix, pageSize, random: random.fork('crowd'), kept })
  const topicOf = new Map(plan.items.topics.map(({ name }, topic) => [name, topic]))
  const mayShow = (item: number, channel: string): boolean =>
    stock.available(item, clock.now()) &&
    (channel === '' || ((stock.named[item]! >>> (topicOf.get(channel) ?? 31)) & 1) === 1)
  const ledger = openLedger({ itemOf: rows.itemOf, itemCount: stock.count, kept, mayShow })
  const goneOnes = new Set<number>()
  const going = random.fork('withdrawn')

  return {
    ...{ world, crowd, kept, ledger },

    nextToGo() {
      if (goneOnes.size > items / 2) return undefined
      let item = going.below(items)
      while (goneOnes.has(item)) item = going.below(items)
      goneOnes.add(item)
      return item
    },

    *items() {
      for (let item = 0; item < stock.count; item++) {
        const channels = plan.items.topics.flatMap(({ name }, topic) =>
          ((stock.named[item]! >>> topic) & 1) === 1 ? [name] : [],
        )
        yield { ...rows.item(item), channels }
      }
    },

    *pasts(perUser) {
      const chance = random.fork('pasts')
      for (let user = 0; user < users; user++) {
        const stay = world.enter({ user, at: startsAt, serial: 0 })
        for (let turn = 0; turn < perUser; turn++) {
          const met = Array.from({ length: metPerDeed }, () => chance.below(items))
          const appeals = met.map((item) => ({ item, ...stay.appeal(item) }))
          const best = appeals.reduce((best, one) => (one.lure > best.lure ? one : best))
          const at = startsAt - Math.floor(chance.next() * pastDays * dayMs)
          const deed = { user: stay.id, item: rows.itemId(best.item), at }
          const id = `past.${seed}.${user}.${turn}`
          if (chance.next() < 0.5) yield { ...deed, id, type: 'click' }
          else yield { ...deed, id, type: 'rate', value: best.pleased > 0.5 ? 4.5 : 2 }
        }
        world.leave(stay)
      }
    },
  }
}
