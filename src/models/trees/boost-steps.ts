import type { Random } from '../../kernel/random.ts'
import type { Artifact, Checkpoints } from '../model.ts'
import { joinWeights, readArtifact } from '../weights.ts'
import { type Ensemble, ensembleArrays, readEnsemble } from './ensemble.ts'

/** Chance that knows how often it was asked: whoever goes on goes past as much of it. */
export interface CountedRandom extends Random {
  readonly draws: number
  goTo(draws: number): void
}

export function countedRandom(random: Random): CountedRandom {
  let draws = 0
  return {
    get draws() {
      return draws
    },
    next() {
      draws++
      return random.next()
    },
    below(bound) {
      draws++
      return random.below(bound)
    },
    fork: random.fork,
    goTo(wanted) {
      for (; draws < wanted; draws++) random.next()
    },
  }
}

/** How far a boosting came: all that the next tree is grown from. */
export interface BoostStep {
  readonly ensemble: Ensemble
  /** What the trees say of the rows so far, as they were added up. */
  readonly scores: Float64Array
  readonly draws: number
  readonly judged?: Judged
}

/** What validation says so far. */
export interface Judged {
  readonly scores: Float64Array
  readonly best: { readonly trees: number; readonly loss: number }
}

const kind = 'boosting'

export async function readStep(
  checkpoints: Checkpoints | undefined,
  [rowCount, featureCount, judgedCount]: readonly [number, number, number],
): Promise<BoostStep | undefined> {
  const kept = await checkpoints?.read(kind)
  if (kept === undefined) return undefined
  const reader = readArtifact(kept, kind)
  const scores = reader.float64(rowCount)
  const judged = reader.float64(judgedCount)
  const [trees, loss] = reader.float64(2)
  const ensemble = readEnsemble(reader, featureCount)
  reader.end()
  return {
    ...{ ensemble, scores, draws: reader.count('draws') },
    ...(judgedCount > 0 && { judged: { scores: judged, best: { trees: trees!, loss: loss! } } }),
  }
}

/** Writes down how far it came, where that is worth while. */
export async function keepStep(
  checkpoints: Checkpoints | undefined,
  step: () => BoostStep,
): Promise<void> {
  if (checkpoints === undefined || checkpoints.isDue?.() === false) return
  const { ensemble, scores, draws, judged } = step()
  const artifact: Artifact = {
    header: { kind, draws },
    weights: joinWeights([
      ...[scores, judged?.scores ?? new Float64Array(0)],
      Float64Array.of(judged?.best.trees ?? 0, judged?.best.loss ?? 0),
      ...ensembleArrays(ensemble),
    ]),
  }
  await checkpoints.write(kind, artifact)
}
