import { StarlingError } from '../../error.ts'
import { type Partition, partitionOf } from '../../events/streams/partitions.ts'
import { keySeparator, type Ordinal, type Projection } from '../projections/projection.ts'
import type { Key } from '../store/store.ts'
import type { Table } from '../tables/table.ts'

/** How the folds of a state are divided among partitions. */
export interface Spread {
  readonly projections: readonly Projection<unknown>[]
  readonly tables: readonly Table[]

  /**
   * Read by many and small, or at least no burden: every partition folds all of it, for itself.
   * Such a projection may look at others of its kind, and at nothing else.
   */
  readonly everywhere: readonly Projection<unknown>[]

  /**
   * Kept in one piece by partition 0: for what cannot be divided, since an event changes rows of
   * users whom it does not name. It may look at its own kind and at what is everywhere.
   */
  readonly whole: readonly Projection<unknown>[]
}

/**
 * Where a projection lives. 'user': each row with its user. 'key': each row where its key belongs;
 * the changes come from the partitions of the users who caused them.
 */
export type Place = 'user' | 'key' | 'everywhere' | 'whole'

/** A spread, with every question answered that a fold asks of it. */
export interface Division {
  readonly count: number
  readonly spread: Spread
  placeOf(projection: Projection<unknown>): Place
  /** Projections in one kind of place. */
  in(place: Place): readonly Projection<unknown>[]
  /** What travels: the projections of 'key', then all tables; places in here name them. */
  readonly travelling: readonly (Projection<unknown> | Table)[]
  /** The partition of the user that a key of a user-keyed projection begins with. */
  ofUserKey(key: Key): Partition
  ofKey(key: Key): Partition
  ofOrdinal(ordinal: Ordinal): Partition
  /** The versions of all folds, by name: another set of them is another state. */
  readonly versions: Readonly<Record<string, number>>
}

/** Where what is whole lives. */
export const wholePartition: Partition = 0

export const partitionCountMax = 32

export function divide(spread: Spread, count: number): Division {
  if (!(Number.isInteger(count) && count >= 1 && count <= partitionCountMax)) {
    const range = `a whole number >= 1 and <= ${partitionCountMax}`
    throw new StarlingError('invalid_argument', `partitions ${count} must be ${range}`, {
      field: 'partitions',
    })
  }
  const { projections, tables } = spread
  const places = new Map(projections.map((one) => [one, placeIn(spread, one)] as const))
  const inPlace = (place: Place) => projections.filter((one) => places.get(one) === place)
  const byPlace = new Map(
    (['user', 'key', 'everywhere', 'whole'] as const).map((place) => [place, inPlace(place)]),
  )
  return {
    count,
    spread,
    placeOf(projection) {
      const place = places.get(projection)
      if (place !== undefined) return place
      const message = `${projection.name} is read, and is no part of this state`
      throw new StarlingError('failed_precondition', message)
    },
    in: (place) => byPlace.get(place)!,
    travelling: [...byPlace.get('key')!, ...tables],
    ofUserKey(key) {
      const end = key.indexOf(keySeparator)
      return partitionOf(end < 0 ? key : key.slice(0, end), count)
    },
    ofKey: (key) => partitionOf(key, count),
    ofOrdinal: (ordinal) => ordinal % count,
    versions: Object.fromEntries([...projections, ...tables].map((one) => [one.name, one.version])),
  }
}

function placeIn({ everywhere, whole }: Spread, projection: Projection<unknown>): Place {
  if (everywhere.includes(projection)) return 'everywhere'
  if (whole.includes(projection)) return 'whole'
  return projection.keyBy === 'user' ? 'user' : 'key'
}
