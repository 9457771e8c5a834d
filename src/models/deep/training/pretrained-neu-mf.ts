import { invalid } from '../../../error.ts'
import type { Checkpoints, TrainingRun } from '../../model.ts'
import type { RankerTrainer } from '../../ranking/ranker.ts'
import { type DeepRanker, loadDeepRanker } from '../deep-ranker.ts'
import { type NeuralCfSettings, neuralCf } from '../neural-cf.ts'
import { fitDeep, settingsFor } from './deep-trainer.ts'
import type { FitSettings } from './fit-settings.ts'

export interface PretrainedOptions extends Partial<Omit<NeuralCfSettings, 'form'> & FitSettings> {
  /** How much what GMF says counts at first, the MLP having the rest, in (0, 1); 0.5. */
  readonly gmfShare?: number
  /** The rate and the epochs of what comes after both were joined; those of both if left out. */
  readonly joinedRate?: number
  readonly joinedEpochs?: number
}

/**
 * NeuMF that begins with a GMF and an MLP that were learned by themselves (He et al. 2017, section
 * 3.4.1 and eq. 13): it has their vectors and layers, and its last layer is theirs side by side,
 * each counting by its share. From weights by chance it would seldom come as far.
 *
 * What comes of it is a model like those of its kind. A checkpoint is kept of each of the three.
 */
export function pretrainedNeuMf(
  options: PretrainedOptions = {},
): RankerTrainer<DeepRanker<NeuralCfSettings>> {
  const { gmfShare = 0.5, joinedRate, joinedEpochs, ...given } = options
  if (!(gmfShare > 0 && gmfShare < 1)) throw invalid('gmfShare', `${gmfShare} must be > 0 and < 1`)
  const after = {
    ...(joinedRate !== undefined && { rate: joinedRate }),
    ...(joinedEpochs !== undefined && { epochs: joinedEpochs }),
  }
  return {
    kind: neuralCf.kind,
    async fit(data, run) {
      const of = (form: NeuralCfSettings['form'], part: number) => {
        const told = { ...given, form, ...(form === 'neumf' && after) }
        return { family: neuralCf, ...settingsFor(neuralCf, told), data, run: partOf(run, part) }
      }
      const gmf = await fitDeep(of('gmf', 0))
      const mlp = await fitDeep(of('mlp', 1))
      return fitDeep({ ...of('neumf', 2), first: side(gmf, mlp, gmfShare) })
    },
    load: (artifact) => loadDeepRanker(neuralCf, artifact),
  }
}

const partCount = 3

/** One of three fits, each with checkpoints of its own; the last alone is judged from outside. */
function partOf({ onProgress, checkpoints, report, ...run }: TrainingRun, part: number) {
  const isLast = part === partCount - 1
  return {
    ...run,
    ...(checkpoints && { checkpoints: named(checkpoints, part) }),
    ...(report && isLast && { report }),
    // Each part ends where the next begins, and the end is told once.
    onProgress(share: number) {
      if (share < 1 || isLast) onProgress?.((part + share) / partCount)
    },
  }
}

function named({ read, write, isDue }: Checkpoints, part: number): Checkpoints {
  return {
    read: (name) => read(`part-${part}.${name}`),
    write: (name, step) => write(`part-${part}.${name}`, step),
    ...(isDue && { isDue }),
  }
}

/** All that both know, by the names that it has in the two together. */
function side(
  gmf: DeepRanker<NeuralCfSettings>,
  mlp: DeepRanker<NeuralCfSettings>,
  share: number,
): ReadonlyMap<string, Float32Array> {
  const [one, other] = [gmf.parts.weights, mlp.parts.weights]
  // The last layer takes the products first and then the perceptron's top.
  const out = ['out weight', 'out bias'].map((name) => {
    const ofGmf = one.get(name)!.map((value) => share * value)
    const ofMlp = other.get(name)!.map((value) => (1 - share) * value)
    const sums = ofGmf.map((value, at) => value + ofMlp[at]!)
    return [name, name === 'out bias' ? sums : Float32Array.of(...ofGmf, ...ofMlp)] as const
  })
  return new Map([...one, ...other, ...out])
}
