import { broken, StarlingError } from '../../error.ts'
import type { Event } from '../../events/event.ts'
import type { Parties, Partition } from '../../events/streams/partitions.ts'
import type { Happening, Need, Past, Projection } from '../projections/projection.ts'
import type { Key } from '../store/store.ts'
import type { Table } from '../tables/table.ts'
import { type Foreign, nothingForeign } from './handovers.ts'
import type { Holdings } from './holdings.ts'
import type { Sent } from './outbox.ts'
import { type Division, wholePartition } from './spread.ts'

/** What one event means to one partition. */
export interface Meaning {
  /** Changes of rows that it holds. */
  readonly own: readonly (Need & { readonly change: unknown })[]
  /** Changes that others must hear of, itself among them: keys belong where their hash says. */
  readonly told: ReadonlyMap<Partition, readonly Sent[]>
}

/** One partition's reading of events. */
export interface Reader {
  /** What the event will be judged by, of what is held here. Throws where it lies elsewhere. */
  needs(event: Event, parties: Parties, foreign: Foreign): readonly Need[]
  /** What is held here of all that any party to the event will look at. */
  handover(event: Event): readonly Need[]
  meaning(happening: Happening, parties: Parties, foreign: Foreign): Meaning
  /** Projections in which rows of an erased user may be found here. */
  erasable(parties: Parties): readonly Projection<unknown>[]
}

export function reader(division: Division, partition: Partition, holdings: Holdings): Reader {
  const always = [
    ...division.in('everywhere'),
    ...(partition === wholePartition ? division.in('whole') : []),
  ]
  const byUser = division.in('user')
  const mine = [...always, ...byUser]
  const all = [...mine, ...division.travelling]
  const isHere = ({ projection, key }: Need): boolean => {
    const place = division.placeOf(projection)
    if (place === 'user') return division.ofUserKey(key) === partition
    return place === 'everywhere' || (place === 'whole' && partition === wholePartition)
  }
  const isParty = ({ all }: Parties): boolean => all.includes(partition)
  const foldsFor = (parties: Parties): readonly (Projection<unknown> | Table)[] => {
    if (!isParty(parties)) return always
    return parties.speaker === partition ? all : mine
  }
  const ownPast = pastIn(holdings, nothingForeign)

  return {
    needs(event, parties, foreign) {
      const needs: Need[] = []
      for (const fold of foldsFor(parties)) {
        for (const need of fold.reads?.(event) ?? []) {
          if (isHere(need)) needs.push(need)
          else if (!foreign.has(`${need.projection.name}/${need.key}`)) throw elsewhere(fold, need)
        }
      }
      return needs
    },

    handover: (event) =>
      all
        .flatMap((fold) => fold.reads?.(event) ?? [])
        .filter((need) => division.placeOf(need.projection) === 'user' && isHere(need)),

    meaning(happening, parties, foreign) {
      const past = foreign === nothingForeign ? ownPast : pastIn(holdings, foreign)
      const own: (Need & { readonly change: unknown })[] = []
      for (const projection of isParty(parties) ? mine : always) {
        const isUsers = division.placeOf(projection) === 'user'
        for (const [key, change] of projection.changes(happening, past)) {
          const home = isUsers ? division.ofUserKey(key) : partition
          if (home === partition) own.push({ projection, key, change })
          // The other party to a merge works out the same.
          else if (!parties.all.includes(home)) throw unnamed(projection, key)
        }
      }
      if (parties.speaker !== partition) return { own, told: nothingTold }
      return { own, told: tellingsOf(division, happening, past) }
    },

    erasable: (parties) =>
      mine.filter((projection) => {
        if (projection.owner !== undefined) return true
        return projection.keyBy === 'user' && (isParty(parties) || !byUser.includes(projection))
      }),
  }
}

function pastIn(holdings: Holdings, foreign: Foreign): Past {
  return {
    ordinal(item) {
      const ordinal = holdings.ordinals.of(item)
      if (ordinal === undefined) throw broken(`${item} is not an item of the event`)
      return ordinal
    },
    get<Value>(projection: Projection<Value>, key: Key) {
      const held = holdings.find(projection, key)
      if (held !== undefined) return held.value as Value | undefined // Filled by its own decode.
      const name = `${projection.name}/${key}`
      if (!foreign.has(name)) throw broken(`${name} was read without being announced`)
      return foreign.get(name) as Value | undefined // The same, in the other partition.
    },
  }
}

/** What follows from an event for keys, by whose they are. */
function tellingsOf(division: Division, happening: Happening, past: Past): Meaning['told'] {
  const told = new Map<Partition, Sent[]>()
  const tell = (to: Partition, sent: Sent): void => {
    const list = told.get(to)
    if (list === undefined) told.set(to, [sent])
    else list.push(sent)
  }
  let place = 0
  for (const projection of division.in('key')) {
    for (const [key, change] of projection.changes(happening, past)) {
      tell(division.ofKey(key), [place, key, change])
    }
    place++
  }
  for (const table of division.spread.tables) {
    for (const [ordinal, change] of table.changes(happening, past)) {
      tell(division.ofOrdinal(ordinal), [place, ordinal, change])
    }
    place++
  }
  return told
}

const nothingTold: Meaning['told'] = new Map()

function elsewhere(fold: Projection<unknown> | Table, { projection, key }: Need): StarlingError {
  const message =
    `${fold.name} looks at ${projection.name}/${key}, which lies in another partition: ` +
    `${projection.name} must be folded everywhere, or ${fold.name} whole`
  return new StarlingError('failed_precondition', message)
}

function unnamed({ name }: Projection<unknown>, key: Key): StarlingError {
  const message =
    `${name} changes ${key} by an event that does not name that user, ` +
    `who lives in another partition: ${name} must be folded whole`
  return new StarlingError('failed_precondition', message)
}
