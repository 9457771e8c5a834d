import { StarlingError } from '../../error.ts'
import type { Artifact, RankingModel } from '../model.ts'
import { joinWeights, readArtifact } from '../weights.ts'
import { isAbsent, type Scales } from './design.ts'

/**
 * A weighted sum of standardised features, as a probability: 1 / (1 + exp(-(bias + Σ
 * contributions))).
 */
export interface LogisticModel extends RankingModel {
  readonly kind: 'logistic'
}

/** One number per feature in each array. */
export interface LogisticParts extends Scales {
  readonly features: readonly string[]
  readonly bias: number
  /** What one deviation above the mean adds to the log-odds. */
  readonly slope: Float64Array
  /** What an absent value adds to the log-odds. */
  readonly ifAbsent: Float64Array
  /** How much the fit rests on: Σ rows weight × p (1 - p). Models of the first days don't say. */
  readonly information?: number
}

export function logisticModel(parts: LogisticParts): LogisticModel {
  const { features, bias, absent, mean, deviation, slope, ifAbsent, information } = parts
  const gain = slope.map((value, feature) => value / deviation[feature]!)
  return {
    kind: 'logistic',
    features,
    bias,
    predict(columns, rowCount) {
      const odds = new Float64Array(rowCount).fill(bias)
      for (let feature = 0; feature < features.length; feature++) {
        const column = columns[feature]!
        const missing = absent[feature]!
        const middle = mean[feature]!
        const factor = gain[feature]!
        const fallback = ifAbsent[feature]!
        for (let row = 0; row < rowCount; row++) {
          const value = column[row]!
          odds[row] = odds[row]! + (isAbsent(value, missing) ? fallback : factor * (value - middle))
        }
      }
      const chances = new Float32Array(rowCount)
      for (let row = 0; row < rowCount; row++) chances[row] = probability(odds[row]!)
      return chances
    },
    contributions(values, parts = new Float32Array(features.length)) {
      for (let feature = 0; feature < parts.length; feature++) {
        const value = values[feature]!
        parts[feature] = isAbsent(value, absent[feature]!)
          ? ifAbsent[feature]!
          : gain[feature]! * (value - mean[feature]!)
      }
      return parts
    },
    save() {
      const rests = information === undefined ? {} : { information }
      const header = { kind: 'logistic', features: [...features], ...rests }
      const arrays = [Float64Array.of(bias), absent, mean, deviation, slope, ifAbsent]
      return { header, weights: joinWeights(arrays) }
    },
  }
}

/** The logistic function. */
export function probability(logOdds: number): number {
  return 1 / (1 + Math.exp(-logOdds))
}

/**
 * Throws `failed_precondition` for another kind, and where the model was made for other features
 * than those it will be given, or for another order; `data_loss` where the bytes don't fit.
 */
export function loadLogistic(artifact: Artifact, features: readonly string[]): LogisticModel {
  return logisticModel(loadLogisticParts(artifact, features))
}

/** The same, for whoever goes on learning. Throws as `loadLogistic` does. */
export function loadLogisticParts(artifact: Artifact, features: readonly string[]): LogisticParts {
  const reader = readArtifact(artifact, 'logistic')
  const known = reader.texts('features')
  checkFeatures(known, features)
  const width = known.length
  const parts = {
    features: known,
    bias: reader.float64(1)[0]!,
    absent: reader.float64(width),
    mean: reader.float64(width),
    deviation: reader.float64(width),
    slope: reader.float64(width),
    ifAbsent: reader.float64(width),
    ...(artifact.header['information'] !== undefined && {
      information: reader.number('information'),
    }),
  }
  reader.end()
  return parts
}

function checkFeatures(known: readonly string[], given: readonly string[]): void {
  const length = Math.max(known.length, given.length)
  for (let place = 0; place < length; place++) {
    const [expected, found] = [known[place], given[place]]
    if (expected === found) continue
    const message =
      expected === undefined
        ? `the model knows ${known.length} features, "${found}" at place ${place} is one more`
        : `feature ${place} of the model is "${expected}", given is ${quoted(found)}`
    throw new StarlingError('failed_precondition', message)
  }
}

function quoted(name: string | undefined): string {
  return name === undefined ? 'none' : `"${name}"`
}
