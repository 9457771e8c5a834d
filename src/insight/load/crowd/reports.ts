import type { Deed } from '../../simulate/feed.ts'
import type { Stay } from '../../simulate/world/stay.ts'
import type { AskedPage, Reported } from '../transport.ts'

/** What an app sends after a page was read: what was on screen, for how long, and what was done. */
export interface Reports {
  /** The events of one page, as many as the stated rate has for it; ids are unlike all others. */
  of(stay: Stay, page: AskedPage, at: number): Reading
}

export interface Reading {
  readonly events: readonly Reported[]
  /** The user has had enough. */
  readonly leaves: boolean
}

/** How long something was on screen that was passed by, in ms: it says nothing about liking. */
const glanceMs = { least: 600, most: 1_400 } as const

/**
 * The world's users say what happens; the stated rate says how much of it is told. Where it has
 * room, how long each item was on screen is told as well; where it has less, some impressions go
 * untold. `name` is a part of every id.
 */
export function reportsOf(eventsPerPage: number, name: string): Reports {
  let owed = 0
  let pageCount = 0
  return {
    of(stay, page, at) {
      const { deeds, leaves } = stay.meet(page, at)
      owed += eventsPerPage
      const number = pageCount++
      const told = chosen(deeds, Math.floor(owed))
      const events = told.map((deed, index) => eventOf(deed, `${name}.${number}.${index}`, at))
      owed -= events.length
      // A page with little to tell is not made up for later.
      owed = Math.min(owed, eventsPerPage)
      return { events, leaves }
    },
  }
}

function chosen(deeds: readonly Deed[], count: number): readonly Deed[] {
  const impressions = deeds.filter(({ type }) => type === 'impression')
  const others = deeds.filter(({ type }) => type !== 'impression')
  const room = count - others.length
  if (room <= impressions.length) return [...impressions.slice(0, Math.max(0, room)), ...others]
  const glances = impressions.slice(0, room - impressions.length).map(
    (impression, place): Deed => ({
      ...impression,
      type: 'read',
      value: glanceMs.least + ((place * 137) % (glanceMs.most - glanceMs.least)),
    }),
  )
  return [...deeds, ...glances]
}

function eventOf({ type, user, item, token, value }: Deed, id: string, at: number): Reported {
  // Deeds on a page that a server answered name an item and carry its token.
  return { id, type, user, item: item!, token: token!, at, ...(value !== undefined && { value }) }
}
