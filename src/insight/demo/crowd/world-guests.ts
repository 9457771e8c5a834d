import type { Random } from '../../../kernel/random.ts'
import { visitorsOf } from '../../load/crowd/visitors.ts'
import type { Stay } from '../../simulate/world/stay.ts'
import { dayMs } from '../../simulate/world/stock.ts'
import type { World } from '../../simulate/world/world.ts'
import { regulars } from '../past.ts'
import type { Guest, Guests } from './guests.ts'

/** Visits of one user within a day have numbers of their own, as far as these go. */
const turnsPerDay = 64

/** The people of a world, each as often as their rate says. `scene` is where the site's home is. */
export function worldGuests(world: World, scene: string, random: Random): Guests {
  // Whoever tries the site out as one of them does not want company in the same feed.
  const draw = visitorsOf(world, random, regulars)
  const turns = new Map<number, number>()
  let today = -1

  return {
    enter(at) {
      const day = Math.max(0, Math.floor((at - world.startsAt) / dayMs))
      if (day !== today) turns.clear()
      today = day
      const user = draw()
      const turn = turns.get(user) ?? 0
      turns.set(user, turn + 1)
      const stay = world.enter({ user, at, serial: day * turnsPerDay + (turn % turnsPerDay) })
      return guestOf(stay, scene, world.plan.visits.pageSize)
    },
    leave(guest) {
      const stay = world.staying(guest.id)
      if (stay === undefined) return
      world.leave(stay)
      // A crowd goes on for weeks: what each of its people saw is the server's to remember.
      world.forget(stay.user)
    },
  }
}

function guestOf(stay: Stay, scene: string, pageSize: number): Guest {
  return {
    id: stay.id,
    scene: stay.channel === '' ? scene : stay.scene,
    channel: stay.channel,
    pageSize,
    meet: stay.meet,
  }
}
