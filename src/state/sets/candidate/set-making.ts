import type { Timestamp } from '../../../events/clock.ts'
import type { Random } from '../../../kernel/random.ts'
import type { ActivityView } from '../../activity/activity-view.ts'
import { weightsOf } from '../../activity/deed-kinds.ts'
import { windowOf } from '../../activity/resolutions.ts'
import type { Catalogue } from '../../catalogue/catalogue.ts'
import type { Ordinal } from '../../projections/projection.ts'
import type { Ordinals } from '../../state.ts'
import { itemCounterColumn } from '../../tables/item-counters.ts'
import type { Rows } from '../../tables/table.ts'
import { contentsOf, type SetContents } from './set-contents.ts'
import type { SetDeclaration } from './set-declaration.ts'

/** What sets are made of. */
export interface SetGround {
  readonly catalogue: Catalogue
  readonly ordinals: Pick<Ordinals, 'of'>
  readonly activity: ActivityView
  /** Rows of `itemCounters`. */
  readonly counters: Rows
  /** Compiles an operator's filter; throws where it does not fit the catalogue. */
  readonly condition: (filter: string, at: Timestamp) => (item: Ordinal) => boolean
}

/** Higher is better; NaN for an item that has no place in the set. */
type Score = (item: Ordinal) => number

/** Items looked at before others get a turn, and what looking at one costs beside another. */
const activeStretch = { length: 1_000, cost: 10 }
const plainStretch = { length: 10_000, cost: 1 }

/**
 * Makes a set a stretch of items at a time. Yields what each cost, in items of the catalogue that
 * are merely looked at: some thousands of them are a millisecond.
 *
 * What is hot or rising is found among the items that something was done with, however many others
 * there are.
 */
export function* setMaking(
  declared: SetDeclaration,
  ground: SetGround,
  at: Timestamp,
  random: Random,
): Generator<number, SetContents> {
  const { catalogue } = ground
  const contents = contentsOf(catalogue, declared)
  const among = (score: Score): Score => {
    return (item) => (catalogue.servable(item, at) ? score(item) : Number.NaN)
  }
  switch (declared.kind) {
    case 'hot':
    case 'velocity':
    case 'acceleration': {
      const momentumOf = among(momentum(declared, ground.activity, at))
      const score: Score = (item) => {
        const found = momentumOf(item)
        // What has a score was touched of late; anything else may have been over for long.
        if (Number.isNaN(found)) ground.activity.forget(item, at)
        return found
      }
      const { length, cost } = activeStretch
      const items = ground.activity.items()
      for (let start = 0; start < items.length; start += length) {
        const stretch = items.subarray(start, start + length)
        contents.offer(stretch, score)
        yield stretch.length * cost
      }
      break
    }
    case 'operator':
      if (declared.items !== undefined) {
        const chosen = [...new Set(declared.items)].flatMap((id) => ground.ordinals.of(id) ?? [])
        const places = new Map(chosen.map((item, place) => [item, chosen.length - place]))
        contents.offer(
          Uint32Array.from(places.keys()),
          among((item) => places.get(item)!),
        )
        yield chosen.length
        break
      }
      for (const stretch of everything(catalogue)) {
        // Compiled anew: the columns may have grown since the stretch before.
        const keeps = ground.condition(declared.filter!, at)
        const score: Score = (item) => (keeps(item) ? catalogue.availableFrom(item) : Number.NaN)
        contents.offer(stretch, among(score))
        yield stretch.length * plainStretch.cost
      }
      break
    default: {
      const score = among(yield* plainScore(declared, ground, at, random))
      for (const stretch of everything(catalogue)) {
        contents.offer(stretch, score)
        yield stretch.length * plainStretch.cost
      }
    }
  }
  return contents.take()
}

/**
 * Scores over windows, none for what has no score above 0. Velocity is the score of all time now
 * less that of one window ago, per hour; acceleration is the velocity now less that of the window
 * before, per hour.
 */
function momentum(
  { kind, hours, formula }: Extract<SetDeclaration, { readonly formula: unknown }>,
  activity: ActivityView,
  at: Timestamp,
): Score {
  const weights = weightsOf(formula)
  const above0 = (score: number): number => (score > 0 ? score : Number.NaN)
  if (kind !== 'acceleration') {
    const window = windowOf(at, hours)
    const per = kind === 'velocity' ? window.hours : 1
    return (item) => above0(activity.sum(item, window, weights) / per)
  }
  const [now, before] = [windowOf(at, hours, 0, 1), windowOf(at, hours, 1)]
  return (item) => {
    const velocity = activity.sum(item, now, weights) / now.hours
    // What was turned away before and is left alone now gains no speed.
    if (!(velocity > 0)) return Number.NaN
    return above0((velocity - activity.sum(item, before, weights) / before.hours) / hours)
  }
}

function* plainScore(
  declared: Extract<SetDeclaration, { readonly kind: 'newest' | 'random' | 'high-rating' }>,
  { catalogue, counters }: SetGround,
  at: Timestamp,
  random: Random,
): Generator<number, Score> {
  switch (declared.kind) {
    case 'newest': {
      const oldest = oldestOf(declared, at)
      return (item) => {
        const from = catalogue.availableFrom(item)
        return from > oldest && from <= at ? from : Number.NaN
      }
    }
    case 'random':
      // The best of chances that are drawn for all is a sample, each item equally likely.
      return () => random.next()
    case 'high-rating': {
      const mean = yield* meanRating(counters)
      const { doubt } = declared
      return (item) => {
        if (item >= counters.rowCount) return Number.NaN
        const start = item * counters.width
        const count = counters.data[start + itemCounterColumn.ratings]!
        if (count === 0) return Number.NaN
        const sum = counters.data[start + itemCounterColumn.ratingSum]!
        return (sum + doubt * mean) / (count + doubt)
      }
    }
  }
}

/** What a set of the newest leaves out: this, and whatever is older. */
export function oldestOf({ hours }: { readonly hours?: number }, at: Timestamp): Timestamp {
  return hours === undefined ? Number.NEGATIVE_INFINITY : at - hours * 3_600_000
}

function* meanRating(counters: Rows): Generator<number, number> {
  let [count, sum] = [0, 0]
  for (let item = 0; item < counters.rowCount; item++) {
    const start = item * counters.width
    count += counters.data[start + itemCounterColumn.ratings]!
    sum += counters.data[start + itemCounterColumn.ratingSum]!
    if (item % plainStretch.length === plainStretch.length - 1) {
      yield plainStretch.length * plainStretch.cost
    }
  }
  return count === 0 ? 0 : sum / count
}

/** All ordinals, a stretch at a time. */
function* everything(catalogue: Catalogue): Iterable<Uint32Array> {
  const { length } = plainStretch
  for (let start = 0; start < catalogue.size; start += length) {
    const count = Math.min(length, catalogue.size - start)
    const stretch = new Uint32Array(count)
    for (let place = 0; place < count; place++) stretch[place] = start + place
    yield stretch
  }
}
