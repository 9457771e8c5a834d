import { invalid, StarlingError } from '../../error.ts'
import { probability } from '../logistic/logistic-model.ts'
import type { Artifact, RankingModel, TrainingRun } from '../model.ts'
import { joinWeights, readArtifact } from '../weights.ts'
import { type BoostOptions, boost } from './boost.ts'
import { addScores, type Ensemble, ensembleArrays, importanceOf, readEnsemble } from './ensemble.ts'
import { expectedScore, treeShap } from './tree-shap.ts'

/** Trees over columns of numbers: they stand where a logistic regression of a recipe may stand. */
export interface TreeModel extends RankingModel {
  readonly kind: 'dense-trees'
  /** Of each feature, the value that means that nobody could tell. */
  readonly absent: Float32Array
  readonly ensemble: Ensemble
  /** By feature, the gain of all questions to it. */
  importance(): Float64Array
}

export interface TreeModelOptions extends BoostOptions {
  /** `squared` tells no chances. */
  readonly objective: 'logloss' | 'lambdamart'
  /** The columns of the rows, and the value of each that means that nobody could tell. */
  readonly features: readonly { readonly name: string; readonly absent: number }[]
  /** How much each row counts, >= 0; 1 each where left out. */
  readonly weights?: Float32Array
  /** Where each list of rows begins, and the end: for `lambdamart`. */
  readonly groups?: Uint32Array
}

/**
 * Fits trees to rows of numbers, with the arguments and the answer of `fitLogistic`: `rows` is
 * labels.length × features.length, row by row. Contributions are Shapley values.
 *
 * Throws `invalid_argument` for shapes, labels and options that cannot be learned from.
 */
export async function fitTreeModel(
  rows: Float32Array,
  labels: ArrayLike<number>,
  options: TreeModelOptions,
  run: TrainingRun,
): Promise<TreeModel> {
  const { features, groups, weights = new Float32Array(labels.length).fill(1) } = options
  const width = features.length
  if (rows.length !== labels.length * width || weights.length !== labels.length) {
    const found = `${rows.length} values and ${weights.length} weights`
    throw invalid('rows', `${found} were given for ${labels.length} labels × ${width} features`)
  }
  const place = Array.from(labels).findIndex((label) => !(label >= 0 && label <= 1))
  if (place >= 0) throw invalid(`labels[${place}]`, `${labels[place]} must lie in [0, 1]`)
  const absent = Float32Array.from(features, ({ absent }) => absent)
  const columns = features.map((_, feature) =>
    Float32Array.from({ length: labels.length }, (_, row) => rows[row * width + feature]!),
  )
  const data = {
    columns: present(columns, absent),
    labels: Float32Array.from(labels),
    weights,
    ...(groups && { groups }),
  }
  const ensemble = await boost(data, options, run)
  return treeModel(
    features.map(({ name }) => name),
    absent,
    ensemble,
  )
}

/** With NaN for what nobody could tell. */
function present(columns: readonly Float32Array[], absent: Float32Array): readonly Float32Array[] {
  return columns.map((column, feature) =>
    column.map((value) =>
      value === absent[feature] || !Number.isFinite(value) ? Number.NaN : value,
    ),
  )
}

const kind = 'dense-trees'

function treeModel(
  features: readonly string[],
  absent: Float32Array,
  ensemble: Ensemble,
): TreeModel {
  return {
    ...{ kind, features, absent, ensemble },
    bias: expectedScore(ensemble),
    predict(columns, rowCount) {
      const cut = columns.map((column) => column.subarray(0, rowCount))
      const scores = new Float64Array(rowCount).fill(ensemble.base)
      addScores(ensemble, present(cut, absent), scores)
      return Float32Array.from(scores, probability)
    },
    contributions(values) {
      const columns = Array.from(values, (value) => Float32Array.of(value))
      const known = Float32Array.from(present(columns, absent), ([value]) => value!)
      return Float32Array.from(treeShap(ensemble, known))
    },
    importance: () => importanceOf(ensemble),
    save: () => ({
      header: { kind, features: [...features] },
      weights: joinWeights([absent, ...ensembleArrays(ensemble)]),
    }),
  }
}

/**
 * Throws `failed_precondition` for another kind, and where the model was made for other features
 * than those it will be given, or for another order; `data_loss` where the bytes don't fit.
 */
export function loadTreeModel(artifact: Artifact, features: readonly string[]): TreeModel {
  const reader = readArtifact(artifact, kind)
  const known = reader.texts('features')
  const place = [...known, ...features].findIndex((_, index) => known[index] !== features[index])
  if (place >= 0 && place < Math.max(known.length, features.length)) {
    const [expected, found] = [known[place] ?? 'none', features[place] ?? 'none']
    const message = `feature ${place} of the model is "${expected}", given is "${found}"`
    throw new StarlingError('failed_precondition', message)
  }
  const absent = reader.float32(known.length)
  const ensemble = readEnsemble(reader, known.length)
  reader.end()
  return treeModel(known, absent, ensemble)
}
