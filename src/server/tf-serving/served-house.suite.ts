import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Engine } from '../../engine/engine.ts'
import { modelServing } from '../../engine/serving/model-door.ts'
import type { PredictCall } from '../../engine/serving/predict-log.ts'
import { manualClock } from '../../events/clock.ts'
import { onnxFile } from '../../models/serving/onnx/onnx-file.suite.ts'
import { scoringThread } from '../../models/serving/onnx/scoring-thread.ts'
import { folderSource } from '../../models/serving/shelf/folder-source.ts'
import { openServedModels, type ServedModels } from '../../models/serving/shelf/served-models.ts'
import { openWay } from '../../models/serving/ways/open-way.ts'

const golden = new URL('../../../test/golden/onnx/', import.meta.url).pathname

/** Models in a folder, served by the real parts, and the calls that were noted. */
export interface ServedHouse extends AsyncDisposable {
  readonly folder: string
  readonly served: ServedModels
  readonly calls: PredictCall[]
  /** Gives an engine the side that serves models. */
  readonly wrap: (engine: Engine) => Engine
}

/**
 * `recmodel` is the network that PyTorch exported, in versions 1 and 2; `half` adds three to half
 * of a number, as in the documentation of TensorFlow Serving; `two` has two heads, of which one is
 * not a number now and then.
 */
export async function servedHouse(): Promise<ServedHouse> {
  const folder = mkdtempSync(join(tmpdir(), 'starling-served-'))
  for (const version of ['001', '002']) exportedModel(join(folder, 'recmodel', version))
  written(join(folder, 'half/123'), halfPlusThree, {
    inputs: { x: {} },
    outputs: { y: { scalar: true } },
  })
  written(join(folder, 'two/1'), logarithm, {
    inputs: { x: {} },
    outputs: { log: {}, same: { scalar: true } },
  })
  const thread = scoringThread()
  const source = await folderSource(folder, (manifest, at) => openWay(manifest, at, thread))
  const served = await openServedModels({
    ...{ sources: [source], lookEveryMs: 0 },
    onTrouble: () => undefined,
  })
  const calls: PredictCall[] = []
  let serial = 0
  const serving = modelServing({
    served,
    log: { note: (call) => void calls.push(call) },
    clock: manualClock(1_700_000_000_000),
    newId: () => `request-${++serial}`,
  })
  return {
    ...{ folder, served, calls },
    wrap: (engine) => ({ ...engine, ...serving }),
    async [Symbol.asyncDispose]() {
      await served[Symbol.asyncDispose]()
      await thread[Symbol.asyncDispose]()
      rmSync(folder, { recursive: true })
    },
  }
}

export function exportedModel(folder: string): void {
  mkdirSync(folder, { recursive: true })
  cpSync(join(golden, 'embedding-mlp.onnx'), join(folder, 'model.onnx'))
  cpSync(join(golden, 'embedding-mlp.manifest.json'), join(folder, 'manifest.json'))
}

function written(folder: string, model: Uint8Array, manifest: object): void {
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'model.onnx'), model)
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify(manifest))
}

const x = { name: 'x', type: 'float32', shape: ['rows'] } as const

const halfPlusThree = onnxFile({
  nodes: [
    { operator: 'Mul', inputs: ['x', 'half'], outputs: ['halved'] },
    { operator: 'Add', inputs: ['halved', 'three'], outputs: ['y'] },
  ],
  weights: [
    { name: 'half', shape: [1], values: Float32Array.of(0.5) },
    { name: 'three', shape: [1], values: Float32Array.of(3) },
  ],
  inputs: [x],
  outputs: [{ ...x, name: 'y' }],
})

const logarithm = onnxFile({
  nodes: [
    { operator: 'Log', inputs: ['x'], outputs: ['log'] },
    { operator: 'Identity', inputs: ['x'], outputs: ['same'] },
  ],
  inputs: [x],
  outputs: [
    { ...x, name: 'log' },
    { ...x, name: 'same' },
  ],
})
