import { invalid, StarlingError } from '../../error.ts'
import { probability } from '../logistic/logistic-model.ts'
import type { Artifact, Checkpoints, TrainingRun } from '../model.ts'
import { checkExamples } from '../ranking/examples.ts'
import { checkFields, type Field } from '../ranking/field.ts'
import { headsOf, labelsOf } from '../ranking/labels.ts'
import type { Ranker, RankerTrainer, RankingData } from '../ranking/ranker.ts'
import type { Examples } from '../ranking/rows.ts'
import { loadedFields, savedFields } from '../ranking/saved-fields.ts'
import { joinWeights, readArtifact } from '../weights.ts'
import { type BoostOptions, boost } from './boost.ts'
import { type Encoding, learnEncoding, readEncoding } from './encoding/encoding.ts'
import {
  type TreeFeature,
  type TreeFeatureOptions,
  treeFeatures,
} from './encoding/tree-features.ts'
import { addScores, type Ensemble, ensembleArrays, importanceOf, readEnsemble } from './ensemble.ts'
import type { ObjectiveName } from './objectives/objective.ts'

export interface TreeRankerOptions extends BoostOptions, TreeFeatureOptions {
  /** Number fields that the score must rise (1) or fall (-1) with, if it moves with them at all. */
  readonly monotone?: Readonly<Record<string, 1 | -1>>
  /** Rows that the mean of all counts for beside what an id's own rows say, > 0; 10. */
  readonly prior?: number
}

/**
 * Gradient-boosted trees over fields. A probability with the objective `logloss`, an expectation
 * with `squared`; with `lambdamart` the logistic of a score whose order alone means something, to
 * be calibrated where more is asked of it.
 */
export interface TreeRanker extends Ranker {
  readonly kind: 'trees'
  readonly features: readonly TreeFeature[]
  readonly objective: ObjectiveName
  /** For each head. */
  readonly trees: readonly TreeHead[]
  /** What each feature was worth for a head: the gain of all questions to it. */
  importance(head: string): ReadonlyMap<string, number>
}

export interface TreeHead {
  readonly encoding: Encoding
  readonly ensemble: Ensemble
}

export function treeTrainer(options: TreeRankerOptions): RankerTrainer<TreeRanker> {
  return { kind, fit: (data, run) => fitTrees(data, options, run), load: loadTrees }
}

const kind = 'trees'

async function fitTrees(
  { fields, train, validation }: RankingData,
  options: TreeRankerOptions,
  { seed, signal, onProgress, checkpoints, reserve }: TrainingRun,
): Promise<TreeRanker> {
  signal?.throwIfAborted()
  checkFields(fields)
  const heads = headsOf(train)
  checkExamples(train, fields, heads)
  const features = treeFeatures(fields, options)
  const { prior = 10 } = options
  if (!(prior > 0 && prior < Number.POSITIVE_INFINITY)) {
    throw invalid('prior', `${prior} must be finite and > 0`)
  }
  const monotone = monotoneOf(features, options.monotone ?? {})
  const trees: TreeHead[] = []
  for (const [index, head] of heads.entries()) {
    const outcomes = outcomesOf(train, head, options.objective)
    const { labels, weights } = outcomes
    const statistics = { prior, seed: `${seed}/${head}` }
    const learned = learnEncoding(features, fields, train, labels, weights, statistics)
    const { encoding, columns } = learned
    const data = {
      ...{ columns, monotone, ...outcomes },
      ...(validation && {
        validation: {
          columns: encoding.encode(validation),
          ...outcomesOf(validation, head, options.objective),
        },
      }),
    }
    const ensemble = await boost(data, options, {
      seed,
      ...(signal && { signal }),
      ...(reserve && { reserve }),
      ...(checkpoints && { checkpoints: ofHead(checkpoints, index) }),
      onProgress: (share) => {
        if (index + 1 < heads.length || share < 1) onProgress?.((index + share) / heads.length)
      },
    })
    trees.push({ encoding, ensemble })
  }
  onProgress?.(1)
  return treeRanker(fields, heads, features, options, trees)
}

/** Each head is boosted by itself, and goes on from its own last tree. */
function ofHead(checkpoints: Checkpoints, head: number): Checkpoints {
  const { isDue } = checkpoints
  return {
    read: (name) => checkpoints.read(`head-${head}.${name}`),
    write: (name, step) => checkpoints.write(`head-${head}.${name}`, step),
    ...(isDue && { isDue }),
  }
}

function outcomesOf(examples: Examples, head: string, objective: ObjectiveName) {
  const { groups } = examples
  const wide = [-Number.MAX_VALUE, Number.MAX_VALUE] as const
  const outcomes = labelsOf(examples, head, objective === 'logloss' ? [0, 1] : wide)
  return { ...outcomes, ...(groups && { groups }) }
}

function monotoneOf(
  features: readonly TreeFeature[],
  wanted: Readonly<Record<string, 1 | -1>>,
): Int8Array {
  for (const name of Object.keys(wanted)) {
    if (features.some((feature) => feature.from === 'number' && feature.name === name)) continue
    throw invalid(`monotone.${name}`, 'is no number field')
  }
  return Int8Array.from(features, ({ name }) => wanted[name] ?? 0)
}

type Shape = TreeFeatureOptions & { readonly objective: ObjectiveName }

function treeRanker(
  fields: readonly Field[],
  heads: readonly string[],
  features: readonly TreeFeature[],
  { objective, oneHotMost = 12, crosses = [] }: Shape,
  trees: readonly TreeHead[],
): TreeRanker {
  return {
    ...{ kind, fields, heads, features, objective, trees },
    async predict(rows) {
      return trees.map(({ encoding, ensemble }) => {
        const scores = new Float64Array(rows.rowCount).fill(ensemble.base)
        addScores(ensemble, encoding.encode(rows), scores)
        return objective === 'squared'
          ? Float32Array.from(scores)
          : Float32Array.from(scores, probability)
      })
    },
    importance(head) {
      const place = heads.indexOf(head)
      if (place < 0) throw invalid('head', `"${head}" is none of ${heads.join(', ')}`)
      const gains = importanceOf(trees[place]!.ensemble)
      return new Map(features.map(({ name }, index) => [name, gains[index]!]))
    },
    save: () => ({
      header: {
        ...{ kind, fields: savedFields(fields), heads: [...heads], objective, oneHotMost },
        crosses: crosses.map((pair) => [...pair]),
      },
      weights: joinWeights(
        trees.flatMap(({ encoding, ensemble }) => [
          ...encoding.arrays(),
          ...ensembleArrays(ensemble),
        ]),
      ),
    }),
  }
}

/** Throws `failed_precondition` for another kind, and `data_loss` where the bytes don't fit. */
export function loadTrees(artifact: Artifact): TreeRanker {
  const reader = readArtifact(artifact, kind)
  const fields = loadedFields(artifact.header)
  const heads = reader.texts('heads')
  const { objective, crosses } = artifact.header
  if (!(objective === 'logloss' || objective === 'squared' || objective === 'lambdamart')) {
    throw damaged(`objective ${JSON.stringify(objective)} is unknown`)
  }
  const shape: Shape = {
    objective,
    oneHotMost: reader.count('oneHotMost'),
    crosses: crossesIn(crosses),
  }
  const features = treeFeatures(fields, shape)
  const trees = heads.map(() => ({
    encoding: readEncoding(reader, features, fields),
    ensemble: readEnsemble(reader, features.length),
  }))
  reader.end()
  return treeRanker(fields, heads, features, shape, trees)
}

function crossesIn(saved: unknown): readonly (readonly [string, string])[] {
  const isPair = (entry: unknown): entry is [string, string] =>
    Array.isArray(entry) && entry.length === 2 && entry.every((name) => typeof name === 'string')
  if (Array.isArray(saved) && saved.every(isPair)) return saved
  throw damaged('header entry "crosses" must be a list of pairs')
}

function damaged(message: string): StarlingError {
  return new StarlingError('data_loss', `saved model of kind "${kind}": ${message}`)
}
