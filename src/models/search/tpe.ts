import type { Random } from '../../kernel/random.ts'
import { parzen } from './parzen.ts'
import {
  anyOf,
  type Dimension,
  placeOf,
  pointOf,
  type Settings,
  type SettingValue,
  type Space,
  valueAt,
} from './space.ts'
import type { Trial } from './trial.ts'

/** Trials by chance alone, before there is anything to learn from. */
const startUp = 10

/** Points drawn from the good ones, of which the most promising is tried. */
const candidateCount = 24

/** The share of the trials that count as good, and how many they are at most. */
const goodShare = 0.15
const goodMax = 25

/**
 * The tree-structured Parzen estimator (Bergstra et al. 2011, section 4): one density of the trials
 * that went well, one of the others, and the next point is where the first most exceeds the second.
 * Settings are taken to be independent of each other.
 *
 * Pruned and failed trials are among the others: where they are, nothing good was found.
 */
export function suggestByParzen(space: Space, trials: readonly Trial[], random: Random): Settings {
  if (trials.length < startUp) return anyOf(space, random)
  const complete = trials.filter(({ state }) => state === 'complete')
  const ranked = complete.toSorted((one, other) => other.value! - one.value!)
  const goodCount = Math.min(goodMax, Math.ceil(goodShare * trials.length))
  const good = ranked.slice(0, goodCount)
  if (good.length === 0) return anyOf(space, random)
  const isGood = new Set(good)
  const other = trials.filter((trial) => !isGood.has(trial))
  return pointOf(space, (dimension, name) => {
    const valuesOf = (of: readonly Trial[]) => of.map(({ settings }) => settings[name]!)
    return dimension.kind === 'choice'
      ? bestChoice(dimension.values, valuesOf(good), valuesOf(other), random)
      : bestPlace(dimension, valuesOf(good), valuesOf(other), random)
  })
}

type Range = Exclude<Dimension, { readonly kind: 'choice' }>

function bestPlace(
  range: Range,
  good: readonly SettingValue[],
  other: readonly SettingValue[],
  random: Random,
): SettingValue {
  const placesOf = (values: readonly SettingValue[]) =>
    values.map((value) => placeOf(range, Number(value)))
  const [likely, unlikely] = [parzen(placesOf(good)), parzen(placesOf(other))]
  let [best, bestGain] = [0.5, Number.NEGATIVE_INFINITY]
  for (let draw = 0; draw < candidateCount; draw++) {
    const place = likely.draw(random)
    const gain = likely.logDensity(place) - unlikely.logDensity(place)
    if (gain > bestGain) [best, bestGain] = [place, gain]
  }
  return valueAt(range, best)
}

/** Each value by how often it went well, and once more than that, against how often it did not. */
function bestChoice(
  values: readonly SettingValue[],
  good: readonly SettingValue[],
  other: readonly SettingValue[],
  random: Random,
): SettingValue {
  const shareOf = (among: readonly SettingValue[], value: SettingValue): number =>
    (1 + among.filter((each) => each === value).length) / (values.length + among.length)
  const likely = values.map((value) => shareOf(good, value))
  let [best, bestGain] = [values[0]!, Number.NEGATIVE_INFINITY]
  for (let draw = 0; draw < candidateCount; draw++) {
    const value = values[drawn(likely, random)]!
    const gain = Math.log(shareOf(good, value)) - Math.log(shareOf(other, value))
    if (gain > bestGain) [best, bestGain] = [value, gain]
  }
  return best
}

/** A place by shares that sum to 1. */
function drawn(shares: readonly number[], random: Random): number {
  let left = random.next()
  for (const [place, share] of shares.entries()) {
    left -= share
    if (left < 0) return place
  }
  return shares.length - 1
}
