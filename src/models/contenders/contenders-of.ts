import type { TimedData } from '../evaluation/formats/timed-data.ts'
import type { OrderedPairs } from '../evaluation/protocols/in-order/leave-one-out-in-order.ts'
import type { Format, Protocol } from '../evaluation/protocols/protocol.ts'
import { protocolOf } from '../evaluation/protocols/protocol-of.ts'
import type { Recommender } from '../evaluation/protocols/question.ts'
import type { AnyContender, Contender } from './contender.ts'
import { interactionContenders } from './known/of-interactions.ts'
import { ratingContenders } from './known/of-ratings.ts'
import { rowContenders } from './known/of-rows.ts'
import { besideCounts, sequenceContenders, sessionContenders } from './known/of-sequences.ts'
import { timedContenders } from './known/of-times.ts'

/** A protocol, and all that can be learned by name from data of its kind. */
export interface Field {
  readonly protocol: Protocol<unknown, unknown, unknown>
  readonly contenders: readonly AnyContender[]
}

/** Data in an order, and the same without it. */
type BothWays = Pick<TimedData, 'interactions'>

/** Models of who met what, for data that tell an order besides; those named are left out. */
const orderless = (names: readonly string[]) =>
  interactionContenders
    .filter(({ name }) => !names.includes(name))
    .map(
      ({ takes, isLong, fit, ...contender }): Contender<BothWays, Recommender> => ({
        ...contender,
        ...(isLong && { isLong: ({ interactions }) => isLong({ train: interactions }) }),
        takes: ({ interactions }) => takes({ train: interactions }),
        fit: ({ interactions }, settings, run, others) =>
          fit({ train: interactions }, settings, run, others),
      }),
    )

/** What data with times are learned by: what knows of moments, of the order, and the others. */
const allOfTimes = [
  ...timedContenders,
  ...sequenceContenders,
  // A blend of who met what says nothing that models of the order don't.
  ...orderless(sequenceContenders.map(({ name }) => name)).filter(({ isBlend }) => !isBlend),
]

/** Kinds that a blend may hear where there is an order: those of both. */
const kindsInOrder = 5

/** Pairs, in an order or in none: models of the order take the first only. */
const allOfPairs = [
  ...sequenceContenders
    .filter(({ isBaseline }) => isBaseline !== true)
    .map(
      (contender): Contender<OrderedPairs, Recommender> => ({
        ...contender,
        takes: ({ isInOrder }) => isInOrder,
      }),
    ),
  ...orderless([]).map((each) =>
    each.isBlend ? { ...each, settings: { parts: kindsInOrder } } : each,
  ),
]

const contenders = {
  'user-items': interactionContenders,
  'leave-one-out': allOfPairs,
  temporal: allOfTimes,
  // A network takes minutes; where moments are known the choice stands above it.
  timed: allOfTimes.map((each) => (each.name === besideCounts ? { ...each, isPart: true } : each)),
  sequence: sequenceContenders,
  sessions: sessionContenders,
  libfm: rowContenders,
  ratings: ratingContenders,
} satisfies Record<Format, readonly unknown[]>

/** All that is known of a format; data of one format are given to its own contenders only. */
export function fieldOf(format: Format): Field {
  const of = contenders[format] as unknown as readonly AnyContender[]
  return { protocol: protocolOf(format), contenders: of }
}
