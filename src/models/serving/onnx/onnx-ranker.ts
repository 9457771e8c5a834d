import { invalid, StarlingError } from '../../../error.ts'
import type { Artifact } from '../../model.ts'
import type { Ranker } from '../../ranking/ranker.ts'
import { fieldOf, type Head, type Manifest, readManifest } from '../manifest.ts'
import { probeRows } from '../probe-rows.ts'
import { modelFacts } from './model-facts.ts'
import { openRunner, type Runner } from './runner.ts'
import type { ScoringThread } from './scoring-thread.ts'
import { type InputFacts, tensorPlan } from './tensor-plan.ts'
import type { Output } from './tensors.ts'

const onnxKind = 'onnx'

/** A network in a portable file, with the schema that was declared for it. */
export interface OnnxRanker extends Ranker {
  readonly kind: typeof onnxKind
  readonly manifest: Manifest
  close(): Promise<void>
}

/**
 * Opens an ONNX model under a manifest, and has it score rows of its own to see that both fit.
 *
 * Rejects with `invalid_argument` for a file that is no ONNX model or uses what no runtime here
 * knows, and where the manifest does not fit it; `failed_precondition` where the runtime does not
 * take it.
 */
export async function openOnnxRanker(
  model: Uint8Array,
  manifest: Manifest,
  thread: ScoringThread,
): Promise<OnnxRanker> {
  modelFacts(model)
  const runner = await openRunner(model, thread)
  try {
    const plan = tensorPlan(manifest, runner.inputs.map(inputFacts))
    checkHeads(manifest.heads, runner)
    const fields = manifest.features.map(fieldOf)
    const ranker: OnnxRanker = {
      kind: onnxKind,
      manifest,
      fields,
      heads: manifest.heads.map(({ name }) => name),
      async predict(rows, signal) {
        if (rows.rowCount === 0) return manifest.heads.map(() => new Float32Array(0))
        const outputs = await runner.run(plan.feedsOf(rows), rows.rowCount, signal)
        return manifest.heads.map((head) => headColumn(head, outputs, rows.rowCount))
      },
      save: () => ({ header: { kind: onnxKind, manifest: manifest.all }, weights: model }),
      close: () => runner.close(),
    }
    await probe(ranker)
    return ranker
  } catch (error) {
    await runner.close()
    throw error
  }
}

/** Rejects as `openOnnxRanker` does, and with `failed_precondition` for another kind. */
export async function loadOnnxRanker(
  { header, weights }: Artifact,
  thread: ScoringThread,
): Promise<OnnxRanker> {
  if (header.kind === onnxKind) {
    return openOnnxRanker(weights, readManifest(header['manifest']), thread)
  }
  const message = `a model of kind "${header.kind}" was given where "${onnxKind}" is loaded`
  throw new StarlingError('failed_precondition', message)
}

function inputFacts(facts: Runner['inputs'][number]): InputFacts {
  if (facts.isTensor) return facts
  throw invalid(`model input "${facts.name}"`, 'is no tensor')
}

function checkHeads(heads: readonly Head[], { outputs }: Runner): void {
  const known = new Map(outputs.map((facts) => [facts.name, facts]))
  for (const { name, output, column, activation } of heads) {
    const facts = known.get(output)
    if (facts === undefined) {
      const message = `"${output}" is none of the model: ${[...known.keys()].join(', ')}`
      throw invalid(`outputs.${name}.output`, message)
    }
    if (!facts.isTensor) {
      const remedy = 'is no tensor; export classifiers of scikit-learn with zipmap=False'
      throw invalid(`outputs.${name}.output`, remedy)
    }
    if (facts.type === 'string') throw invalid(`outputs.${name}.output`, 'must hold numbers')
    const width = facts.shape
      .slice(1)
      .reduce<number>((product, size) => (typeof size === 'number' ? product * size : NaN), 1)
    if (column >= width) {
      throw invalid(`outputs.${name}.column`, `${column} must be below ${width}`)
    }
    if (activation === 'softmax' && width === 1) {
      throw invalid(`outputs.${name}.activation`, 'softmax needs an output of several columns')
    }
  }
}

/** One number per row out of an output of one or several columns. */
function headColumn(head: Head, outputs: readonly Output[], rowCount: number): Float32Array {
  const { data } = outputs.find(({ name }) => name === head.output)!
  const width = data.length / rowCount
  if (!Number.isInteger(width) || head.column >= width) {
    const message = `output "${head.output}" holds ${data.length} numbers for ${rowCount} rows`
    throw new StarlingError('failed_precondition', message)
  }
  const column = new Float32Array(rowCount)
  for (let row = 0; row < rowCount; row++) {
    const start = row * width
    const value = data[start + head.column]!
    column[row] =
      head.activation === 'none'
        ? value
        : head.activation === 'sigmoid'
          ? 1 / (1 + Math.exp(-value))
          : softmax(data.subarray(start, start + width), value)
  }
  return column
}

function softmax(values: Float32Array, value: number): number {
  let most = Number.NEGATIVE_INFINITY
  for (const each of values) most = Math.max(most, each)
  let sum = 0
  for (const each of values) sum += Math.exp(each - most)
  return Math.exp(value - most) / sum
}

/** Rows of a batch as it may come: what fits none of these sizes fits no request. */
const probedRowCounts = [1, 3, 32]

/**
 * Scores rows of known words and zeros: a declared schema that does not fit is found before a
 * request is. So is what a row costs.
 */
async function probe({ fields, predict }: Ranker): Promise<void> {
  for (const rowCount of probedRowCounts) {
    await predict(probeRows(fields, rowCount))
  }
}
