import { StarlingError } from '../../error.ts'
import { Graph } from '../graph/graph.ts'
import { type FileParts, toOnnx } from '../graph/onnx/model-file.ts'
import { openSession, type Session } from '../graph/onnx/session.ts'
import { add, reshape } from '../graph/ops/elementary.ts'
import { gather, matmul } from '../graph/ops/matrix.ts'
import { flip, slice } from '../graph/ops/shape.ts'
import { sizeOf, type Tensor } from '../graph/tensor.ts'
import type { Artifact, Model } from '../model.ts'
import { joinWeights, readArtifact } from '../weights.ts'
import { attention, causal } from './self-attention-network.ts'
import { type AttentionSettings, checkShape } from './settings.ts'
import { layPast } from './windows.ts'

/**
 * Tells by self-attention what comes next. It runs in ONNX Runtime, which is loaded when it is
 * first asked; so answers come by promise, and those for many users at once are cheaper by far.
 */
export interface SelfAttentionModel extends Model {
  readonly kind: 'self-attention'
  readonly itemCount: number
  readonly dims: number
  /** itemCount × dims: what recall by inner product looks through. */
  readonly itemVectors: Float32Array

  /** For each sequence, the oldest first, one vector: rows × dims. Its products are the scores. */
  vectors(sequences: readonly Uint32Array[]): Promise<Float32Array>
  /** For each sequence one number per item, the best highest. */
  next(sequences: readonly Uint32Array[]): Promise<readonly Float32Array[]>
  /** The network as a file of ONNX: `past` [rows, length] and `gaps` to `vector` and `scores`. */
  toOnnx(): Uint8Array
}

export interface SelfAttentionParts {
  readonly itemCount: number
  readonly settings: AttentionSettings
  /**
   * Parameters by name; then `items`, (itemCount + 1) × dims, whose first row is nothing; then
   * `places`, length × dims.
   */
  readonly weights: ReadonlyMap<string, Float32Array>
}

/** Sequences that are computed at a time: so memory does not grow with what is asked. */
const rowsAtOnce = 256

export function selfAttentionModel(parts: SelfAttentionParts): SelfAttentionModel {
  const { itemCount, settings, weights } = parts
  const { length, dims, blocks, heads } = settings
  let opened: Promise<Session> | undefined
  const session = (): Promise<Session> => {
    // Whoever asks again after a failure has it tried again.
    opened ??= openSession(toOnnx(servingFile(parts))).catch((error: unknown) => {
      opened = undefined
      throw error
    })
    return opened
  }
  const ask = async (output: string, width: number, sequences: readonly Uint32Array[]) => {
    const found = new Float32Array(sequences.length * width)
    for (let from = 0; from < sequences.length; from += rowsAtOnce) {
      const some = sequences.slice(from, from + rowsAtOnce)
      const past = new BigInt64Array(some.length * length)
      // Ids lie below 2^32: their lower half is all there is, and is written without a BigInt each.
      const halves = new Uint32Array(past.buffer)
      const ids = new Uint32Array(past.length)
      const gaps = new Float32Array(past.length)
      for (const [row, items] of some.entries()) layPast(items, ids, gaps, row, length)
      for (const [at, id] of ids.entries()) halves[2 * at] = id
      const data = found.subarray(from * width, (from + some.length) * width)
      await (await session()).bind(
        new Map([
          ['past', { data: past, shape: [some.length, length] }],
          ['gaps', { data: gaps, shape: [some.length, 1, 1, length] }],
        ]),
        new Map([[output, { data, shape: [some.length, width] }]]),
      )()
    }
    return found
  }
  return {
    kind: 'self-attention',
    itemCount,
    dims,
    itemVectors: weights.get('items')!.subarray(dims),
    vectors: (sequences) => ask('vector', dims, sequences),
    async next(sequences) {
      const scores = await ask('scores', itemCount + 1, sequences)
      // The first row of the table is nothing, which nobody is recommended.
      return sequences.map((_, row) =>
        scores.slice(row * (itemCount + 1) + 1, (row + 1) * (itemCount + 1)),
      )
    },
    toOnnx: () => toOnnx(servingFile(parts)),
    save() {
      const header = { kind: 'self-attention', itemCount, length, dims, blocks, heads }
      return { header, weights: joinWeights([...weights.values()]) }
    },
  }
}

function servingFile({ itemCount, settings, weights }: SelfAttentionParts): FileParts {
  const { length, dims } = settings
  const graph = new Graph({ batch: -1, training: false })
  const table = graph.input('items', [itemCount + 1, dims])
  const past = graph.input('past', [-1, length], { type: 'int64' })
  const gaps = graph.input('gaps', [-1, 1, 1, length])
  const places = graph.input('places', [length, dims])
  const mask = add(gaps, graph.constant(causal(length), [length, length]))
  const states = attention({ vectors: gather(table, past), places, mask }, settings)
  const vector = reshape(slice(states, 1, length - 1, length), [-1, dims])
  const values = new Map<Tensor, Float32Array>([
    [table, weights.get('items')!],
    [places, weights.get('places')!],
  ])
  for (const { tensor } of graph.parameters) values.set(tensor, weights.get(tensor.name)!)
  const scores = matmul(vector, flip(table))
  return {
    outputs: new Map([
      ['vector', vector],
      ['scores', scores],
    ]),
    values,
  }
}

/** Throws `failed_precondition` for another kind, and `data_loss` where something doesn't fit. */
export function loadSelfAttention(artifact: Artifact): SelfAttentionModel {
  const reader = readArtifact(artifact, 'self-attention')
  const itemCount = reader.count('itemCount')
  const settings: AttentionSettings = {
    length: reader.count('length'),
    dims: reader.count('dims'),
    blocks: reader.count('blocks'),
    heads: reader.count('heads'),
  }
  try {
    checkShape(settings)
  } catch (cause) {
    const message = 'saved model of kind "self-attention": its header is damaged'
    throw new StarlingError('data_loss', message, { cause })
  }
  const weights = new Map<string, Float32Array>()
  for (const [name, size] of sizesOf(settings, itemCount)) weights.set(name, reader.float32(size))
  reader.end()
  return selfAttentionModel({ itemCount, settings, weights })
}

/** Parameters in the order of the network, and then the tables, as a descent keeps them. */
function sizesOf(settings: AttentionSettings, itemCount: number) {
  const { length, dims } = settings
  const graph = new Graph({ batch: 1, training: false })
  const of = (name: string, shape: readonly number[]) => graph.input(name, shape)
  const [vectors, places] = [of('vectors', [1, length, dims]), of('places', [length, dims])]
  attention({ vectors, places, mask: of('mask', [length, length]) }, settings)
  const parameters = graph.parameters.map(
    ({ tensor }) => [tensor.name, sizeOf(tensor.shape)] as const,
  )
  return [...parameters, ['items', (itemCount + 1) * dims], ['places', length * dims]] as const
}
