import type { Artifact, ArtifactHeader, Checkpoints } from '../model.ts'
import { readArtifact } from '../weights.ts'

/** How far a fit in passes came: the learner as it stands, and the model that was best so far. */
export interface PassStep {
  readonly epoch: number
  readonly learner: Artifact
  readonly best?: { readonly model: Artifact; readonly loss: number; readonly epoch: number }
}

const kind = 'passes'

export async function readPass(
  checkpoints: Checkpoints | undefined,
): Promise<PassStep | undefined> {
  const kept = await checkpoints?.read(kind)
  if (kept === undefined) return undefined
  const reader = readArtifact(kept, kind)
  const { header, weights } = kept
  const cut = reader.count('learnerBytes')
  const learner = { header: header['learner'] as ArtifactHeader, weights: weights.slice(0, cut) }
  const epoch = reader.count('epoch')
  if (header['best'] === null) return { epoch, learner }
  const model = { header: header['best'] as ArtifactHeader, weights: weights.slice(cut) }
  const best = { model, loss: reader.number('bestLoss'), epoch: reader.count('bestEpoch') }
  return { epoch, learner, best }
}

/** Writes down how far it came, where that is worth while. */
export async function keepPass(
  checkpoints: Checkpoints | undefined,
  step: () => PassStep,
): Promise<void> {
  if (checkpoints === undefined || checkpoints.isDue?.() === false) return
  const { epoch, learner, best } = step()
  const counts = { epoch, learnerBytes: learner.weights.length }
  await checkpoints.write(kind, {
    header: {
      ...{ kind, ...counts, learner: learner.header, best: best?.model.header ?? null },
      ...{ bestLoss: best?.loss ?? null, bestEpoch: best?.epoch ?? null },
    },
    weights: Buffer.concat([learner.weights, best?.model.weights ?? new Uint8Array(0)]),
  })
}
