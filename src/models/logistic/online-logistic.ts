import { invalid } from '../../error.ts'
import type { Artifact } from '../model.ts'
import { groupLevels, levelPlaces, type SavedLevels } from '../online/group-levels.ts'
import { unwrapped, wrappedArtifact } from '../ranking/wrapped.ts'
import { type ArtifactReader, joinWeights, readArtifact } from '../weights.ts'
import { isAbsent } from './design.ts'
import {
  type LogisticModel,
  type LogisticParts,
  loadLogisticParts,
  logisticModel,
  probability,
} from './logistic-model.ts'

/** How fast a logistic model moves away from the fit that it began with, and how far. */
export interface OnlineLogisticOptions {
  /** How far a weight moves for a slope of 1 where nothing is known of it, > 0. */
  readonly rate: number
  /**
   * Squared slopes that the fit counts for, per weight, > 0: the more, the slower the first steps.
   * A fit of few rows counts for fewer: no first step is smaller than what one row more would have
   * moved the fit itself.
   */
  readonly warmth: number
  /** Draws weights back to those of the fit, >= 0. */
  readonly l2: number
  /** A weight goes no further from that of the fit than this, in log-odds per deviation, > 0. */
  readonly driftMax: number
  /** How much is held to be known of a new group; 8 unless told. See `groupLevels`. */
  readonly levelPrior?: number
}

/**
 * Goes on where a batch fit has ended, row after row: FTRL-Proximal with a rate per weight (McMahan
 * et al., KDD 2013, algorithm 1) over what is to be added to each weight of the fit, so that the
 * penalty draws back to the fit and not to 0. Features stay standardised as the fit saw them.
 *
 * It follows from the fit and the rows in their order, bit by bit; `resume` goes on from `save`.
 */
export interface OnlineLogistic {
  /**
   * One row, a value per feature; the label lies in [0, 1], the weight is >= 0. Where it is said
   * who judged, what is theirs and not the row's moves no weight but the bias. Returns the chance
   * that was foretold before the row was learned. Throws `invalid_argument` for other values.
   */
  learn(values: ArrayLike<number>, label: number, weight?: number, group?: string): number
  /** As it stands: later rows don't change it. */
  model(): LogisticModel
  /** With all that is needed to go on. */
  save(): Artifact
}

const kind = 'online-logistic'

/** Throws `invalid_argument` for options out of range. */
export function onlineLogistic(fit: LogisticParts, options: OnlineLogisticOptions): OnlineLogistic {
  check(options)
  const width = 1 + 2 * fit.features.length
  const n = new Float64Array(width).fill(warmthOf(fit, options))
  return learner(fit, options, { z: new Float64Array(width), n })
}

/** Throws `failed_precondition` for another kind or features, `data_loss` for what is damaged. */
export function resumeOnlineLogistic(
  artifact: Artifact,
  features: readonly string[],
): OnlineLogistic {
  const { own, inner } = unwrapped(artifact, kind)
  const fit = loadLogisticParts(inner, features)
  const reader = readArtifact(own, kind)
  const width = 1 + 2 * features.length
  const [rate, warmth] = [reader.number('rate'), reader.number('warmth')]
  const [l2, driftMax] = [reader.number('l2'), reader.number('driftMax')]
  const state = { z: reader.float64(width), n: reader.float64(width) }
  // What was saved before there were levels has none.
  const isLevelled = own.header['levelPrior'] !== undefined
  const levels = isLevelled ? levelsIn(reader) : undefined
  const levelPrior = isLevelled ? reader.number('levelPrior') : levelPriorDefault
  reader.end()
  const options = { rate, warmth, l2, driftMax, levelPrior }
  return learner(fit, options, { ...state, ...(levels && { levels }) })
}

const levelPriorDefault = 8

function levelsIn(reader: ArtifactReader): SavedLevels {
  return {
    tags: reader.uint32(levelPlaces),
    levels: reader.float64(levelPlaces),
    weights: reader.float64(levelPlaces),
  }
}

/**
 * A row more moves a weight of the fit by its slope / information, and a first step here by rate /
 * √warmth.
 */
function warmthOf({ information }: LogisticParts, { rate, warmth }: OnlineLogisticOptions): number {
  if (information === undefined) return warmth
  return Math.min(warmth, Math.max(warmthLeast, (rate * information) ** 2))
}

/** Of a fit of next to nothing. */
const warmthLeast = 1e-3

/** Of the bias, then of each feature's slope, then of each one's being absent. */
interface State {
  /** The sum of slopes, less what the weights so far account for. */
  readonly z: Float64Array
  /** The sum of squared slopes. */
  readonly n: Float64Array
  readonly levels?: SavedLevels
}

function learner(
  fit: LogisticParts,
  options: OnlineLogisticOptions,
  { z, n, levels: from }: State,
): OnlineLogistic {
  const { features, absent, mean, deviation } = fit
  const { rate, l2, driftMax, levelPrior = levelPriorDefault } = options
  const levels = groupLevels(levelPrior, from)
  const { length } = features
  const change = (place: number): number => {
    const free = -z[place]! / (Math.sqrt(n[place]!) / rate + l2)
    // What the bound leaves is the best within it: the sum is one of squares, weight by weight.
    return Math.max(-driftMax, Math.min(driftMax, free))
  }
  const move = (place: number, slope: number): void => {
    const before = n[place]!
    const after = before + slope * slope
    z[place]! += slope - ((Math.sqrt(after) - Math.sqrt(before)) / rate) * change(place)
    n[place] = after
  }
  const standard = (values: ArrayLike<number>, feature: number): number =>
    (values[feature]! - mean[feature]!) / deviation[feature]!

  return {
    learn(values, label, weight = 1, group) {
      checkRow(values.length, length, label, weight)
      let odds = fit.bias + change(0)
      for (let feature = 0; feature < length; feature++) {
        odds += isAbsent(values[feature]!, absent[feature]!)
          ? fit.ifAbsent[feature]! + change(1 + length + feature)
          : (fit.slope[feature]! + change(1 + feature)) * standard(values, feature)
      }
      const chance = probability(odds)
      move(0, weight * (chance - label))
      const theirs = group === undefined ? chance : probability(odds + levels.of(group))
      const error = weight * (theirs - label)
      if (group !== undefined) levels.learn(group, error, weight * theirs * (1 - theirs))
      for (let feature = 0; feature < length; feature++) {
        if (isAbsent(values[feature]!, absent[feature]!)) move(1 + length + feature, error)
        else move(1 + feature, error * standard(values, feature))
      }
      return chance
    },

    model: () =>
      logisticModel({
        ...fit,
        bias: fit.bias + change(0),
        slope: fit.slope.map((slope, feature) => slope + change(1 + feature)),
        ifAbsent: fit.ifAbsent.map((value, feature) => value + change(1 + length + feature)),
      }),

    save() {
      const { tags, levels: all, weights } = levels.save()
      const own = joinWeights([z, n, tags, all, weights])
      return wrappedArtifact({ kind, ...options, levelPrior }, own, logisticModel(fit).save())
    },
  }
}

function checkRow(count: number, wanted: number, label: number, weight: number): void {
  if (count !== wanted) throw invalid('values', `are ${count}, must be one per feature: ${wanted}`)
  if (!(label >= 0 && label <= 1)) throw invalid('label', `${label} must lie in [0, 1]`)
  if (!(weight >= 0 && weight < Number.POSITIVE_INFINITY)) {
    throw invalid('weight', `${weight} must be finite and >= 0`)
  }
}

function check(options: OnlineLogisticOptions): void {
  const { levelPrior = levelPriorDefault } = options
  for (const name of ['rate', 'warmth', 'l2', 'driftMax', 'levelPrior'] as const) {
    const value = { ...options, levelPrior }[name]
    const isAbove = name === 'l2' ? value >= 0 : value > 0
    if (isAbove && value < Number.POSITIVE_INFINITY) continue
    throw invalid(name, `${value} must be finite and ${name === 'l2' ? '>= 0' : '> 0'}`)
  }
}
