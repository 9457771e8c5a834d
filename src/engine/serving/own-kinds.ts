import { type OpenNetwork, openHere } from '../../models/deep/serving/network.ts'
import { loadLogistic } from '../../models/logistic/logistic-model.ts'
import type { Artifact } from '../../models/model.ts'
import type { Ranker } from '../../models/ranking/ranker.ts'
import { columnRanker } from '../../models/serving/column-ranker.ts'
import { type Networks, networksOver } from '../../models/serving/onnx/networks.ts'
import type { ScoringThread } from '../../models/serving/onnx/scoring-thread.ts'
import { probeRows } from '../../models/serving/probe-rows.ts'
import { ownFeatures, servableRanker } from '../../models/serving/servable-ranker.ts'
import type { OpenArtifact } from '../../models/serving/shelf/registry-source.ts'
import { loadedEncoding } from '../../state/features/declared/encoding/saved-encoding.ts'
import { declaredServable } from './declared-servable.ts'

type Load = (artifact: Artifact, open: OpenNetwork) => Promise<Ranker>

/**
 * Loaded when the first model of a deep kind is opened: a feed without one never reads it. What a
 * feed will ask is asked at once, so that no page waits for a thread to begin and to load it.
 */
const deep: Load = async (artifact, open) => {
  const { loadAnyDeepRanker } = await import('../../models/deep/deep-families.ts')
  const ranker = loadAnyDeepRanker(artifact, open)
  await ranker.predict(probeRows(ranker.fields, probedRows, ({ side }) => side === 'user'))
  return ranker
}

/** More than whoever serves requests would score itself, of a model that it knows nothing of. */
const probedRows = 32

const deepKinds = [
  ...['embedding-mlp', 'wide-deep', 'neural-cf', 'two-tower', 'deep-fm', 'dcn', 'din'],
  ...['factorisation-machine', 'multi-task'],
]

/** Loading reads the rates that were saved: those given here are none of its. */
const fm: Load = async (artifact) =>
  (await import('../../models/linear/fm.ts'))
    .fmTrainer({ dims: 1, rate: 0.1, l2: 0 })
    .load(artifact)
const ftrl: Load = async (artifact) =>
  (await import('../../models/linear/ftrl.ts'))
    .ftrlTrainer({ alpha: 0.1, beta: 1, l1: 0, l2: 0 })
    .load(artifact)

/** How models that were trained here are read from the registry, by their kind. */
const rankers: Readonly<Record<string, Load>> = {
  logistic: async (artifact) => columnRanker(loadLogistic(artifact, featuresOf(artifact))),
  'dense-trees': async (artifact) => {
    const { loadTreeModel } = await import('../../models/trees/tree-model.ts')
    return columnRanker(loadTreeModel(artifact, featuresOf(artifact)))
  },
  linear: async (artifact) =>
    (await import('../../models/linear/linear-model.ts')).loadLinear(artifact),
  trees: async (artifact) =>
    (await import('../../models/trees/tree-ranker.ts')).loadTrees(artifact),
  ...{ fm, ftrl },
  ...Object.fromEntries(deepKinds.map((kind) => [kind, deep])),
}

const inThisThread: Networks = { open: openHere, close: async () => undefined }

/**
 * A model of a declared set is asked by the values themselves, and by rows of the engine's own; one
 * without is asked by the ids of its fields. Long runs of deep ones go to the scoring threads,
 * where there are any.
 */
export function ownKindsOver(thread?: ScoringThread): ReadonlyMap<string, OpenArtifact> {
  const openBy = (load: Load): OpenArtifact => {
    return async (artifact) => {
      const { open, close } = thread === undefined ? inThisThread : networksOver(thread)
      const ranker = await load(artifact, open).catch(async (error: unknown) => {
        await close()
        throw error
      })
      const encoding = loadedEncoding(artifact.header)
      if (encoding !== undefined) return { ...declaredServable(ranker, encoding), close }
      return servableRanker({ ranker, features: ownFeatures(ranker), close })
    }
  }
  return new Map(Object.entries(rankers).map(([kind, load]) => [kind, openBy(load)]))
}

/** For whoever has no scoring threads. */
export const ownKinds = ownKindsOver()

/** Whoever asks from outside brings what the model names. */
function featuresOf({ header }: Artifact): readonly string[] {
  const { features } = header
  return Array.isArray(features) ? features.map(String) : []
}
