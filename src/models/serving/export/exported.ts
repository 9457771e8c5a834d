import { StarlingError } from '../../../error.ts'
import { protoWriter } from '../../graph/onnx/proto-writer.ts'
import type { Artifact } from '../../model.ts'

type Export = (artifact: Artifact) => Promise<Uint8Array>

/** Loading reads the rates that were saved: those given here are none of its. */
const rates = { alpha: 0.1, beta: 1, l1: 0, l2: 0, dims: 1, rate: 0.1 }

/** By kind; what computes a kind is loaded when it is asked for. */
const exports: Readonly<Record<string, Export>> = {
  async logistic(artifact) {
    const { loadLogisticParts } = await import('../../logistic/logistic-model.ts')
    const { logisticOnnx } = await import('./column-onnx.ts')
    return logisticOnnx(loadLogisticParts(artifact, featuresOf(artifact)))
  },
  async 'dense-trees'(artifact) {
    const { loadTreeModel } = await import('../../trees/tree-model.ts')
    const { denseTreesOnnx } = await import('./column-onnx.ts')
    return denseTreesOnnx(loadTreeModel(artifact, featuresOf(artifact)))
  },
  async trees(artifact) {
    const { loadTrees } = await import('../../trees/tree-ranker.ts')
    const { treesOnnx } = await import('../../trees/tree-onnx.ts')
    return treesOnnx(loadTrees(artifact))
  },
  async linear(artifact) {
    const { loadLinear } = await import('../../linear/linear-model.ts')
    const { linearOnnx } = await import('../../linear/linear-onnx.ts')
    return linearOnnx(loadLinear(artifact))
  },
  async ftrl(artifact) {
    const { ftrlTrainer } = await import('../../linear/ftrl.ts')
    const { linearOnnx } = await import('../../linear/linear-onnx.ts')
    return linearOnnx(ftrlTrainer(rates).load(artifact))
  },
  async fm(artifact) {
    const { fmTrainer } = await import('../../linear/fm.ts')
    const { linearOnnx } = await import('../../linear/linear-onnx.ts')
    return linearOnnx(fmTrainer(rates).load(artifact))
  },
}

/**
 * A ranker of the registry as a file of ONNX, whatever its kind; see `exportOnnx` of the deep
 * rankers for inputs and outputs. The encoding of a declared set stands in its metadata, as JSON
 * under `encoding`: it says how raw values become the inputs. Rejects with `failed_precondition`
 * for a model that is no ranker, `invalid_argument` where a file cannot hold it.
 */
export async function exported(artifact: Artifact): Promise<Uint8Array> {
  const { kind, encoding } = artifact.header
  const file = await (exports[kind] ?? deep)(artifact)
  return encoding === undefined ? file : withNote(file, 'encoding', JSON.stringify(encoding))
}

async function deep(artifact: Artifact): Promise<Uint8Array> {
  const { deepFamilies, loadAnyDeepRanker } = await import('../../deep/deep-families.ts')
  const { kind } = artifact.header
  if (!Object.hasOwn(deepFamilies, kind)) {
    const known = [...Object.keys(exports), ...Object.keys(deepFamilies)].sort().join(', ')
    const message = `a model of kind "${kind}" is no ranker: it must be one of ${known}`
    throw new StarlingError('failed_precondition', message)
  }
  const { exportOnnx } = await import('../../deep/serving/export-onnx.ts')
  return exportOnnx(loadAnyDeepRanker(artifact))
}

/** A message may come in pieces, and lists go on in the next one. */
function withNote(file: Uint8Array, key: string, text: string): Uint8Array {
  const note = protoWriter().message(14, protoWriter().text(1, key).text(2, text))
  return Buffer.concat([file, note.finish()])
}

function featuresOf({ header }: Artifact): readonly string[] {
  const { features } = header
  return Array.isArray(features) ? features.map(String) : []
}
