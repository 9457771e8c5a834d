import { StarlingError } from '../../error.ts'
import type { Json } from '../../events/event.ts'
import { Graph } from '../graph/graph.ts'
import type { FileParts } from '../graph/onnx/model-file.ts'
import { sigmoid } from '../graph/ops/activations.ts'
import { scale, shift } from '../graph/ops/elementary.ts'
import { sizeOf, type Tensor } from '../graph/tensor.ts'
import type { Artifact } from '../model.ts'
import type { Field } from '../ranking/field.ts'
import type { Ranker } from '../ranking/ranker.ts'
import { loadedFields, savedFields } from '../ranking/saved-fields.ts'
import { joinWeights, readArtifact } from '../weights.ts'
import type { Family, Head, Inputs } from './network/family.ts'
import { type Scales, servingInputs, trainingInputs } from './network/inputs.ts'
import type { OpenNetwork } from './serving/network.ts'
import { rankerSessions } from './serving/ranker-sessions.ts'

/** What was learned, and how to read it. */
export interface DeepParts<S> {
  readonly family: Family<S>
  readonly settings: S
  readonly fields: readonly Field[]
  readonly scales: Scales
  /** Of the labels of each head: mean and deviation of amounts, 0 and 1 of chances. */
  readonly amounts: readonly (readonly [mean: number, deviation: number])[]
  /** Parameters and then tables, by their names. */
  readonly weights: ReadonlyMap<string, Float32Array>
}

/** A ranker that is a network. It runs in ONNX Runtime, which is loaded when it first predicts. */
export interface DeepRanker<S = unknown> extends Ranker {
  readonly parts: DeepParts<S>
}

export function deepRanker<S>(parts: DeepParts<S>, open?: OpenNetwork): DeepRanker<S> {
  const { family, settings, fields, scales, amounts, weights } = parts
  const heads = family.heads(settings).map(({ name }) => name)
  const fileOf = (userRows: 1 | -1): FileParts => servingFile(parts, userRows)
  const predict = rankerSessions(fields, heads, fileOf, { ...(open && { open }) })
  return {
    kind: family.kind,
    fields,
    heads,
    parts,
    predict,
    save() {
      const header = {
        kind: family.kind,
        // Settings are plain data: a family takes nothing else.
        settings: settings as Json,
        fields: savedFields(fields),
        scales: [...scales].map(([name, [mean, deviation]]) => [name, mean, deviation]),
        amounts: amounts.map(([mean, deviation]) => [mean, deviation]),
      }
      return { header, weights: joinWeights([...weights.values()]) }
    },
  }
}

/** What a file of ONNX computes: each head's prediction from the columns of the fields. */
export function servingFile<S>(parts: DeepParts<S>, userRows: 1 | -1): FileParts {
  const { family, settings, amounts } = parts
  const { inputs, finish } = served(parts, userRows)
  const outputs = new Map<string, Tensor>()
  const levels = family.build(inputs, settings)
  for (const [place, head] of family.heads(settings).entries()) {
    const [mean, deviation] = amounts[place]!
    const level = levels[place]!
    const isChance = head.learns === 'chance'
    outputs.set(head.name, isChance ? sigmoid(level) : shift(scale(level, deviation), mean))
  }
  return finish(outputs)
}

/** A graph for requests, over the weights of a model. */
export function served<S>({ fields, scales, weights, ...parts }: DeepParts<S>, userRows: 1 | -1) {
  const graph = new Graph({ batch: -1, training: false })
  const { tables } = layoutOf({ ...parts, fields, scales })
  const inputs = servingInputs(graph, fields, scales, { tables, userRows })
  const finish = (outputs: ReadonlyMap<string, Tensor>): FileParts => {
    const values = new Map<Tensor, Float32Array>()
    for (const { tensor } of graph.parameters) values.set(tensor, weights.get(tensor.name)!)
    for (const [name, tensor] of inputs.tables) values.set(tensor, weights.get(name)!)
    return { outputs, values }
  }
  return { inputs: inputs as Inputs, finish }
}

/** Which parameters and tables a network has, and of which sizes. */
function layoutOf<S>({
  family,
  settings,
  fields,
  scales,
}: Omit<DeepParts<S>, 'weights' | 'amounts'>) {
  const graph = new Graph({ batch: 1, training: false })
  const inputs = trainingInputs(graph, fields, scales)
  family.build(inputs, settings)
  const tables = inputs.tables()
  const sizes = [
    ...graph.parameters.map(({ tensor }) => [tensor.name, sizeOf(tensor.shape)] as const),
    ...tables.map(({ name, rowCount, width }) => [name, rowCount * width] as const),
  ]
  return { tables, sizes }
}

/**
 * Throws `failed_precondition` for another kind, and `data_loss` where something doesn't fit.
 *
 * @param open where it shall run; in the thread that asks unless told
 */
export function loadDeepRanker<S>(
  family: Family<S>,
  artifact: Artifact,
  open?: OpenNetwork,
): DeepRanker<S> {
  const { kind } = family
  const reader = readArtifact(artifact, kind)
  const { header } = artifact
  const fields = loadedFields(header)
  const damaged = (entry: string, cause?: unknown): StarlingError => {
    const message = `saved model of kind "${kind}": header entry "${entry}" is damaged`
    return new StarlingError('data_loss', message, { cause })
  }
  const settings = header['settings'] as S
  try {
    family.check(settings, fields)
  } catch (cause) {
    throw damaged('settings', cause)
  }
  const numbers = (entry: string, width: number): readonly (readonly [number, number])[] => {
    const rows: unknown = header[entry]
    const isRow = (row: unknown): row is number[] =>
      Array.isArray(row) && row.length === width && row.slice(-2).every(Number.isFinite)
    if (!Array.isArray(rows) || !rows.every(isRow)) throw damaged(entry)
    return rows.map((row) => [row.at(-2)!, row.at(-1)!])
  }
  const scaleNames: unknown[] = Array.isArray(header['scales']) ? header['scales'].map(firstOf) : []
  const scales = new Map(numbers('scales', 3).map((pair, at) => [String(scaleNames[at]), pair]))
  const amounts = numbers('amounts', 2)
  const heads: readonly Head[] = family.heads(settings)
  if (amounts.length !== heads.length) throw damaged('amounts')
  const { sizes } = layoutOf({ family, settings, fields, scales })
  const weights = new Map(sizes.map(([name, size]) => [name, reader.float32(size)]))
  reader.end()
  return deepRanker({ family, settings, fields, scales, amounts, weights }, open)
}

const firstOf = (row: unknown): unknown => (Array.isArray(row) ? row[0] : undefined)
