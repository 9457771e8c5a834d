import type { Ensemble } from './ensemble.ts'

/**
 * What each feature of one row added to its score: Shapley values of the game in which a feature
 * that is not known sends a row to both children, by the rows of the training that went there
 * (TreeSHAP: Lundberg, Erion and Lee 2018, algorithm 2). With `expectedScore` they sum to the
 * score.
 *
 * Equal features get equal parts, and one that no tree asks gets 0; the cheaper way of Saabas, who
 * counts what changes along the path, promises neither. Per tree it takes leaves × depth² steps.
 */
export function treeShap(ensemble: Ensemble, values: Float32Array): Float64Array {
  const parts = new Float64Array(ensemble.featureCount)
  for (const root of ensemble.roots) {
    descend({ ensemble, values, parts }, root, [], { feature: -1, zero: 1, one: 1 })
  }
  return parts
}

/** The score of a row of which nothing is known. */
export function expectedScore({ base, roots, asks, lefts, rights, covers, values }: Ensemble) {
  const expected = Float64Array.from(values)
  // Children stand behind their parents.
  for (let node = asks.length - 1; node >= 0; node--) {
    if (asks[node] === 0) continue
    const [left, right] = [lefts[node]!, rights[node]!]
    const [one, other] = [covers[left]!, covers[right]!]
    expected[node] = (one * expected[left]! + other * expected[right]!) / (one + other)
  }
  return roots.reduce((sum, root) => sum + expected[root]!, base)
}

interface Game {
  readonly ensemble: Ensemble
  readonly values: Float32Array
  readonly parts: Float64Array
}

/** A feature on the way to a node; -1 stands for the root, which nothing was asked for. */
interface Step {
  readonly feature: number
  /** The share of rows that come through where the feature is not known, and where it is. */
  readonly zero: number
  readonly one: number
}

/** A step, and the share of subsets of as many features as stand before it. */
interface Weighed extends Step {
  readonly weight: number
}

function descend(game: Game, node: number, before: readonly Weighed[], step: Step): void {
  const { ensemble, values, parts } = game
  const path = extended(before, step)
  const ask = ensemble.asks[node]!
  if (ask === 0) {
    for (let place = 1; place < path.length; place++) {
      const { feature, zero, one } = path[place]!
      const weight = unwound(path, place).reduce((sum, entry) => sum + entry.weight, 0)
      parts[feature]! += weight * (one - zero) * ensemble.values[node]!
    }
    return
  }
  const feature = ask - 1
  const value = values[feature]!
  const isMissing = Number.isNaN(value)
  const goesLeft = isMissing
    ? ensemble.missingLeft[node] === 1
    : value <= ensemble.thresholds[node]!
  const [left, right] = [ensemble.lefts[node]!, ensemble.rights[node]!]
  const [hot, cold] = goesLeft ? [left, right] : [right, left]
  // A feature that was asked before counts once, with the shares of both questions.
  const met = path.findIndex((entry) => entry.feature === feature)
  const known: Step = met < 0 ? { feature, zero: 1, one: 1 } : path[met]!
  const rest = met < 0 ? path : unwound(path, met)
  const share = (child: number): number =>
    (known.zero * ensemble.covers[child]!) / ensemble.covers[node]!
  descend(game, hot, rest, { feature, zero: share(hot), one: known.one })
  descend(game, cold, rest, { feature, zero: share(cold), one: 0 })
}

/** Algorithm 2, EXTEND. */
function extended(path: readonly Weighed[], step: Step): Weighed[] {
  const length = path.length
  const weights = [...path.map(({ weight }) => weight), length === 0 ? 1 : 0]
  for (let place = length - 1; place >= 0; place--) {
    const weight = weights[place]!
    weights[place + 1]! += (step.one * weight * (place + 1)) / (length + 1)
    weights[place] = (step.zero * weight * (length - place)) / (length + 1)
  }
  return [...path, step].map(({ feature, zero, one }, place) => ({
    ...{ feature, zero, one, weight: weights[place]! },
  }))
}

/** Algorithm 2, UNWIND: the path as if the step had never been made. */
function unwound(path: readonly Weighed[], at: number): Weighed[] {
  const last = path.length - 1
  const { zero, one } = path[at]!
  const weights = path.map(({ weight }) => weight)
  let next = weights[last]!
  for (let place = last - 1; place >= 0; place--) {
    if (one !== 0) {
      const weight = weights[place]!
      weights[place] = (next * (last + 1)) / ((place + 1) * one)
      next = weight - (weights[place]! * zero * (last - place)) / (last + 1)
    } else {
      weights[place] = (weights[place]! * (last + 1)) / (zero * (last - place))
    }
  }
  const steps = [...path.slice(0, at), ...path.slice(at + 1)]
  return steps.map((step, place) => ({ ...step, weight: weights[place]! }))
}
