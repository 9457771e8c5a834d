import { parentPort, workerData } from 'node:worker_threads'
import { systemClock } from '../../events/clock.ts'
import { openSegmentLog } from '../../events/log/segment-log.ts'
import { loadLogistic } from '../../models/logistic/logistic-model.ts'
import type { Artifact } from '../../models/model.ts'
import { openRegistry } from '../../models/registry/disk-registry.ts'
import type { Feature } from '../../state/features/feature.ts'
import { openState } from '../../state/folded-state.ts'
import { memoryStore } from '../../state/store/memory-store.ts'
import { knowledge } from '../folds.ts'
import { loadSnapshot } from '../keeping/snapshot.ts'
import { orderedSources } from '../recipes/recipes.ts'
import { type DeclaredAttributes, openResidents } from '../recipes/residents.ts'
import { type LearnOptions, type LearnSettings, learn, seedFor } from './learn.ts'
import { factorsName, rankerName } from './models-in-force.ts'

/**
 * What a training is told, in a thread of its own: the thread that answers feeds never waits for
 * it.
 */
export interface TrainingTask {
  readonly log: string
  readonly models: string
  readonly snapshots: string
  readonly attributes: DeclaredAttributes
  readonly settings: Partial<LearnSettings>
}

export type TrainingMessage =
  | { readonly kind: 'progress'; readonly step: string; readonly share: number }
  | { readonly kind: 'done'; readonly outcome: TrainingOutcome }

export interface TrainingOutcome {
  readonly promoted: boolean
  readonly version: string
  readonly verdict: string
  readonly metrics: Readonly<Record<string, number>>
}

const port = parentPort

if (port !== null) {
  const tell = (message: TrainingMessage): void => port.postMessage(message)
  // Given by `training.ts`.
  tell({ kind: 'done', outcome: await train(workerData as TrainingTask, tell) })
}

async function train(
  task: TrainingTask,
  tell: (message: TrainingMessage) => void,
): Promise<TrainingOutcome> {
  await using log = await openSegmentLog({ folder: task.log, readOnly: true })
  const registry = await openRegistry(task.models, systemClock)
  const features = await featuresFor(task)
  const before = await registry.latest(rankerName)
  const serving = before && servingRanker(before.artifact, features)
  const { factors, ranker, metrics, verdict } = await learn({
    log,
    base: () => loadSnapshot(task.snapshots),
    attributes: task.attributes,
    features,
    ...(serving && { serving }),
    seed: seedFor(log.head),
    settings: task.settings,
    onProgress: (step, share) => tell({ kind: 'progress', step, share }),
  })
  const note = { metrics, note: verdict }
  if (factors === undefined) return { promoted: false, version: '', verdict, metrics }
  await registry.publish(factorsName, factors, note)
  if (ranker === undefined) return { promoted: false, version: '', verdict, metrics }
  const { version } = await registry.publish(rankerName, ranker, note)
  return { promoted: true, version: String(version), verdict, metrics }
}

/** The features by name, over a state that knows nothing: what they are does not depend on it. */
async function featuresFor({ attributes }: TrainingTask) {
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

/** `undefined` for one that was made for other features. */
function servingRanker(artifact: Artifact, features: readonly Feature[]): LearnOptions['serving'] {
  try {
    const names = features.map(({ name }) => name)
    return { model: loadLogistic(artifact, names), through: Number(artifact.header['through']) }
  } catch {
    return undefined
  }
}
