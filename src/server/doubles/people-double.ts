import type { Engine } from '../../engine/engine.ts'
import { invalid } from '../../error.ts'
import { decodeAction, decodeUser, encodeAttributes } from '../../events/decode.ts'
import type { Json } from '../../events/event.ts'
import { each, itemView, type Memory } from './memory.ts'

type People = Pick<
  Engine,
  'putUsers' | 'user' | 'mergeUsers' | 'history' | 'exportUser' | 'eraseUser' | 'track' | 'record'
>

/** Users and what they did, kept in memory. */
export function peopleDouble({ clock, items, users, events, pages }: Memory): People {
  const eventsOf = (id: string) => [...events.values()].filter(({ user }) => user === id)
  return {
    putUsers: async (rows) =>
      each(rows, (row) => {
        const { user, attributes } = decodeUser(row, clock.now())
        users.set(user, { attributes })
        return true
      }),
    async user(id) {
      const known = users.get(id)
      return known && { ...known, id, attributes: encodeAttributes(known.attributes) }
    },
    async mergeUsers(from, into) {
      if (from === into) throw invalid('from', 'must be another user')
      for (const [key, event] of events) {
        if (event.user === from) events.set(key, { ...event, user: into })
      }
      users.set(from, { attributes: {}, mergedInto: into })
    },
    history: async (id, limit, withItems) =>
      eventsOf(id)
        .reverse()
        .slice(0, limit)
        .map(({ item = '', action, value, at }) => {
          const view = withItems ? itemView(items, item) : undefined
          return { item, action, at, ...(value !== undefined && { value }), ...(view && { view }) }
        }),
    exportUser: async (id) => ({
      user: id,
      attributes: encodeAttributes(users.get(id)?.attributes ?? {}),
      events: eventsOf(id).map((event) => ({ ...event }) as unknown as Json), // Plain data.
      state: { pages: pages.filter(({ user }) => user === id).length },
    }),
    async eraseUser(id) {
      const gone = eventsOf(id)
      for (const event of gone) events.delete(event.id)
      users.delete(id)
      const receipt = `receipt-${id}`
      const erasedAt = clock.now()
      const none = { stateRemoved: [], modelsMarked: [], lakeRowsErased: 0, lakeFilesRewritten: 0 }
      return { receipt, erasedAt, eventsErased: gone.length, ...none }
    },
    record: async (facts) =>
      facts.map((fact) => {
        if (fact.type !== 'action' || events.has(fact.id)) return 'repeated'
        events.set(fact.id, fact)
        return 'new'
      }),
    track: async (rows) =>
      each(rows, (row) => {
        const newId = () => `event-${events.size + 1}`
        const { event } = decodeAction(row, { now: clock.now(), newId })
        if (events.has(event.id)) return false
        events.set(event.id, event)
        return true
      }),
  }
}
