import { invalid } from '../../error.ts'
import { type PlainBuilder, plainBuilder, rankerNotes } from '../graph/onnx/plain-builder.ts'
import type { PlainNode } from '../graph/onnx/plain-file.ts'
import type { Encoding } from './encoding/encoding.ts'
import type { TreeFeature } from './encoding/tree-features.ts'
import type { Ensemble } from './ensemble.ts'
import type { TreeRanker } from './tree-ranker.ts'

/** Pairs of ids that a file may hold a number for: 256 MB of them. */
const pairsMost = 2 ** 26

/**
 * Trees as a file of ONNX: inputs, outputs and notes are those of `exportOnnx`. What trees ask for
 * is computed from ids and numbers by the standard's operators, and the trees are one
 * `TreeEnsembleRegressor` of `ai.onnx.ml` per head.
 *
 * Throws `invalid_argument` where crosses have more than 2^26 pairs.
 */
export function treesOnnx({ fields, heads, features, trees, objective, kind }: TreeRanker) {
  const builder = plainBuilder(fields)
  const outputs = trees.map(({ encoding, ensemble }) => {
    const columns = features.map((feature) => columnOf(builder, feature, encoding))
    const table = builder.node('Concat', columns, { axis: 1n })
    const attributes = treeAttributes(ensemble)
    const score = builder.node('TreeEnsembleRegressor', [table], attributes, 'ai.onnx.ml')
    return objective === 'squared' ? score : builder.node('Sigmoid', [score])
  })
  const named = new Map(heads.map((head, index) => [head, outputs[index]!]))
  return builder.finish(named, rankerNotes(kind, fields, heads))
}

/** A feature of all rows: float [rows, 1]. */
function columnOf(builder: PlainBuilder, feature: TreeFeature, encoding: Encoding): string {
  if (feature.from === 'statistic') return statisticOf(builder, feature, encoding)
  const { name } = feature.field
  const counted = (isOn: string): string => builder.sum(builder.node('Cast', [isOn], { to: 1n }))
  switch (feature.from) {
    case 'number': {
      const none = builder.float(Number.NaN)
      return builder.node('Where', [builder.missing(name), none, name])
    }
    case 'id':
      return counted(builder.node('Equal', [name, builder.whole(feature.id)]))
    case 'length':
      return builder.sum(builder.marks(name))
    case 'match': {
      const met = counted(builder.node('Equal', [feature.history.name, name]))
      return builder.node('Mul', [met, builder.marks(name)])
    }
  }
}

function statisticOf(
  builder: PlainBuilder,
  { name, fields }: Extract<TreeFeature, { readonly from: 'statistic' }>,
  encoding: Encoding,
): string {
  const [field, other] = fields as [(typeof fields)[number], (typeof fields)[number]?]
  const size = field.size * (other?.size ?? 1)
  if (size > pairsMost) throw invalid('crosses', `${name}: ${size} pairs must be <= ${pairsMost}`)
  const keys = Float64Array.from({ length: size }, (_, key) => key)
  const table = builder.floats(encoding.statistic(name).fill(keys, 1), [size])
  if (other !== undefined) {
    const second = builder.node('Mul', [other.name, builder.whole(field.size)])
    return builder.node('Gather', [table, builder.node('Add', [field.name, second])])
  }
  const found = builder.node('Gather', [table, field.name])
  if (field.kind === 'category') return found
  const marks = builder.marks(field.name)
  const total = builder.sum(builder.node('Mul', [found, marks]))
  // An empty history has no mean: 0 / 0 is NaN, in every runtime.
  return builder.node('Div', [total, builder.sum(marks)])
}

/** An ensemble as the attributes of a `TreeEnsembleRegressor`. */
export function treeAttributes(ensemble: Ensemble): NonNullable<PlainNode['attributes']> {
  const { roots, asks, thresholds, lefts, rights, missingLeft, values, base } = ensemble
  const nodeCount = asks.length
  const trees = new BigInt64Array(nodeCount)
  const ids = new BigInt64Array(nodeCount)
  for (const [tree, root] of roots.entries()) {
    for (let node = root; node < (roots[tree + 1] ?? nodeCount); node++) {
      trees[node] = BigInt(tree)
      ids[node] = BigInt(node - root)
    }
  }
  const rootOf = (node: number): number => roots[Number(trees[node])]!
  const within = (children: Uint32Array): BigInt64Array =>
    BigInt64Array.from(children, (child, node) =>
      BigInt(asks[node] === 0 ? 0 : child - rootOf(node)),
    )
  const leaves = Array.from(asks.keys()).filter((node) => asks[node] === 0)
  return {
    n_targets: 1n,
    base_values: Float32Array.of(base),
    nodes_treeids: trees,
    nodes_nodeids: ids,
    nodes_featureids: BigInt64Array.from(asks, (ask) => BigInt(Math.max(0, ask - 1))),
    nodes_values: thresholds,
    nodes_modes: Array.from(asks, (ask) => (ask === 0 ? 'LEAF' : 'BRANCH_LEQ')),
    nodes_truenodeids: within(lefts),
    nodes_falsenodeids: within(rights),
    nodes_missing_value_tracks_true: BigInt64Array.from(missingLeft, BigInt),
    target_treeids: BigInt64Array.from(leaves, (node) => trees[node]!),
    target_nodeids: BigInt64Array.from(leaves, (node) => ids[node]!),
    target_ids: new BigInt64Array(leaves.length),
    target_weights: Float32Array.from(leaves, (node) => values[node]!),
  }
}
