import { type PlainBuilder, plainBuilder, rankerNotes } from '../graph/onnx/plain-builder.ts'
import type { FmModel } from './fm-model.ts'
import type { LinearModel, LinearParts, WeightedSum } from './linear-model.ts'

/**
 * A linear model or a factorisation machine as a file of ONNX: inputs, outputs and notes are those
 * of `exportOnnx`, and the operators are the standard's.
 */
export function linearOnnx(model: LinearModel | FmModel): Uint8Array {
  const { parts, fields, heads, kind } = model
  const builder = plainBuilder(fields)
  const shares = fields.map((_, index) => shareOf(builder, parts, index))
  const outputs = parts.sums.map((sum) => {
    const parted = shares.map((share, index) => weighed(builder, parts, share, index, sum))
    const odds = [builder.float(sum.bias), ...parted]
    if ('vectors' in sum && 'dims' in parts) {
      odds.push(pairs(builder, parts, shares, sum.vectors, parts.dims))
    }
    const whole = odds.reduce((left, right) => builder.node('Add', [left, right]))
    return builder.node('Sigmoid', [whole])
  })
  const named = new Map(heads.map((head, index) => [head, outputs[index]!]))
  return builder.finish(named, rankerNotes(kind, fields, heads))
}

/** How much of each of its slots a field has on: [rows, slots]. */
function shareOf(builder: PlainBuilder, { slots, scales }: LinearParts, index: number): string {
  const field = slots.fields[index]!
  if (field.kind === 'category') return builder.float(1)
  if (field.kind === 'sequence') {
    const marks = builder.marks(field.name)
    const count = builder.node('Max', [builder.sum(marks), builder.float(1)])
    return builder.node('Div', [marks, builder.node('Sqrt', [count])])
  }
  const missing = builder.missing(field.name)
  const away = builder.node('Sub', [field.name, builder.float(scales.mean[index]!)])
  const scaled = builder.node('Mul', [away, builder.float(scales.factor[index]!)])
  const value = builder.node('Where', [missing, builder.float(0), scaled])
  const mark = builder.node('Cast', [missing], { to: 1n })
  return builder.node('Concat', [value, mark], { axis: 1n })
}

function weighed(
  builder: PlainBuilder,
  { slots }: LinearParts,
  share: string,
  index: number,
  { weights }: WeightedSum,
): string {
  const field = slots.fields[index]!
  const [start, size] = [slots.starts[index]!, field.kind === 'number' ? 2 : field.size]
  const own = Float32Array.from(weights.subarray(start, start + size))
  if (field.kind === 'number') {
    return builder.node('MatMul', [share, builder.floats(own, [2, 1])])
  }
  const found = builder.node('Gather', [builder.floats(own, [size]), field.name])
  return builder.sum(builder.node('Mul', [found, share]))
}

/** ½ Σ dims (Σ x v)² - Σ (x v)², over what is on: Rendle 2010, eq. 6. */
function pairs(
  builder: PlainBuilder,
  { slots }: LinearParts,
  shares: readonly string[],
  vectors: Float64Array,
  dims: number,
): string {
  const tables = new Map<number, string>()
  // [rows, slots that may be on, dims], of all fields one behind the other.
  const on = slots.fields.map((field, index) => {
    const [start, size] = [slots.vectors[index]!, field.kind === 'number' ? 2 : field.size]
    const own = vectors.subarray(start * dims, (start + size) * dims)
    const table = tables.get(start) ?? builder.floats(Float32Array.from(own), [size, dims])
    tables.set(start, table)
    const share = builder.node('Unsqueeze', [shares[index]!, builder.whole(2)])
    const found = field.kind === 'number' ? table : builder.node('Gather', [table, field.name])
    return builder.node('Mul', [share, found])
  })
  const all = builder.node('Concat', on, { axis: 1n })
  const sums = builder.node('ReduceSum', [all, builder.whole(1)], { keepdims: 0n })
  const squares = builder.node('Mul', [all, all])
  const own = builder.node('ReduceSum', [squares, builder.whole(1)], { keepdims: 0n })
  const whole = builder.node('Sub', [builder.node('Mul', [sums, sums]), own])
  return builder.node('Mul', [builder.sum(whole), builder.float(0.5)])
}
