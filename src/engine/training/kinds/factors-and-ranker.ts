import { loadIals } from '../../../models/als/ials-model.ts'
import type { Artifact } from '../../../models/model.ts'
import { loadRankingModel } from '../../../models/trees/ranking-models.ts'
import type { Feature } from '../../../state/features/feature.ts'
import { openState } from '../../../state/folded-state.ts'
import { memoryStore } from '../../../state/store/memory-store.ts'
import { knowledge } from '../../folds.ts'
import { orderedSources } from '../../recipes/recipes.ts'
import { type DeclaredAttributes, openResidents } from '../../recipes/residents.ts'
import { type LearnOptions, type LearnSettings, learn, learnSettings, seedFor } from '../learn.ts'
import { factorsName, rankerName } from '../model-names.ts'
import { type Outcome, trainable, type Work } from './kind.ts'
import { type DeclaredSettings, numbersIn } from './settings.ts'

const settings: DeclaredSettings = {
  dims: {
    ...{ initial: learnSettings.dims, least: 2, most: 1024, whole: true, scale: 'log' },
    description: 'Numbers per item of the factors.',
  },
  sweeps: {
    ...{ initial: learnSettings.sweeps, least: 1, most: 1000, whole: true },
    description: 'How often users and items are solved.',
  },
  regularization: {
    ...{ initial: learnSettings.regularization, least: 1e-6, most: 1e4, scale: 'log' },
    description: 'What a vector of the factors pays for its length.',
  },
  frequencyPower: {
    ...{ initial: learnSettings.frequencyPower, least: 0, most: 1 },
    description: '0: all vectors pay alike; 1: the more, the more is known of them.',
  },
  alpha: {
    ...{ initial: learnSettings.alpha, least: 1e-3, most: 1e4, scale: 'log' },
    description: 'How much more than silence a like of weight 1 is believed.',
  },
  groupCount: {
    ...{ initial: learnSettings.groupCount, least: 40, most: 1_000_000, whole: true },
    description: 'Moments that the ranker learns from, about.',
  },
  l2: {
    ...{ initial: learnSettings.l2, least: 1e-3, most: 1e6, scale: 'log' },
    description: "What the ranker's weights pay for their squares.",
  },
  trees: {
    ...{ initial: learnSettings.trees, least: 0, most: 2000, whole: true },
    description: 'Boosted trees in place of the logistic ranker; 0: none.',
  },
  listsAbove: {
    ...{ initial: learnSettings.listsAbove, least: 0, most: 1e9, whole: true },
    description: 'Catalogues of more items are looked through by lists that are learned of them.',
  },
}

const names = Object.keys(settings) as (keyof LearnSettings)[] // As they are written above.

/** Item factors, and the logistic ranker that meets them as a feature: learned together. */
export const factorsAndRanker = trainable<readonly Feature[]>({
  kind: rankerName,
  summary: 'Item factors (iALS) and the logistic ranker over all features, learned together.',
  models: [rankerName, factorsName],
  data: ['log'],
  settings,
  objective: 'auc',

  prepare: ({ attributes }) => featuresFor(attributes),

  async trial(features, work) {
    return (await learn(optionsFor(features, work))).metrics
  },

  async train(features, work): Promise<Outcome> {
    const before = await work.registry.latest(rankerName)
    const serving = before && servingRanker(before.artifact, features, work.taintedThrough)
    const servingFactors = await servingRecall(work)
    const { factors, ranker, metrics, verdict, judgedFactors } = await learn({
      ...optionsFor(features, work),
      ...(serving && { serving }),
      ...(servingFactors && { servingFactors }),
      checkpoints: work.checkpoints,
    })
    const told = judgedFactors ?? { verdict, metrics }
    const refused: Outcome['refused'] =
      factors === undefined
        ? [{ model: factorsName, why: told.verdict, metrics: told.metrics }]
        : []
    if (factors !== undefined) {
      await work.publish(factorsName, factors, { metrics: told.metrics, note: told.verdict })
    }
    const ofBoth = judgedFactors ? `${verdict}; ${factorsName}: ${told.verdict}` : verdict
    const outcome = { promoted: false, version: '', verdict: ofBoth, metrics, refused }
    if (ranker === undefined) return outcome
    const note = { metrics, note: verdict }
    const { version, status } = await work.publish(rankerName, ranker, note)
    return { ...outcome, promoted: status === 'ready', version: String(version) }
  },
})

function optionsFor(features: readonly Feature[], work: Work): LearnOptions {
  return {
    ...{ log: work.log, base: work.base, attributes: work.attributes, features },
    seed: work.seed === '' ? seedFor(work.log.head) : work.seed,
    settings: numbersIn(work.settings, names),
    reserve: work.reserve,
    onProgress: work.report,
  }
}

/** The features by name, over a state that knows nothing: what they are does not depend on it. */
export async function featuresFor(attributes: DeclaredAttributes): Promise<readonly Feature[]> {
  await using state = await openState({ store: memoryStore(), ...knowledge })
  const residents = await openResidents({
    state,
    attributes,
    sources: orderedSources,
    factors: () => undefined,
    at: 0,
  })
  return residents.features
}

/** The factors that serve; `undefined` where they learned from somebody erased since. */
async function servingRecall({
  registry,
  taintedThrough,
}: Work): Promise<LearnOptions['servingFactors']> {
  const latest = await registry.latest(factorsName)
  const through = Number(latest?.artifact.header['through'])
  if (latest === undefined || !(through > taintedThrough)) return undefined
  try {
    return { model: loadIals(latest.artifact), through }
  } catch {
    return undefined
  }
}

/** `undefined` for one that was made for other features, or learned from somebody erased since. */
function servingRanker(
  artifact: Artifact,
  features: readonly Feature[],
  taintedThrough: number,
): LearnOptions['serving'] {
  try {
    const through = Number(artifact.header['through'])
    if (through <= taintedThrough) return undefined
    const model = loadRankingModel(
      artifact,
      features.map(({ name }) => name),
    )
    return { model, through }
  } catch {
    return undefined
  }
}
