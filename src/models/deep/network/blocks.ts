import { dice, prelu, relu } from '../../graph/ops/activations.ts'
import { add, mul, reshape, scale, square, sub, sum } from '../../graph/ops/elementary.ts'
import { linear } from '../../graph/ops/matrix.ts'
import { dropout } from '../../graph/ops/normalise.ts'
import { concat, slice } from '../../graph/ops/shape.ts'
import { sizeOf, type Tensor } from '../../graph/tensor.ts'
import type { SequenceField } from '../../ranking/field.ts'
import { type Embedding, type Ids, type Inputs, isIds } from './family.ts'

export type Activation = 'relu' | 'prelu' | 'dice'

export interface PerceptronShape {
  readonly hidden: readonly number[]
  readonly dropout?: number
  readonly activation?: Activation
}

/** Parts of [n, …] as [n, values]. */
export const flat = (part: Tensor): Tensor => {
  const rows = part.shape[0]!
  return reshape(part, [rows, sizeOf(part.shape) / rows])
}

/**
 * x W + b of parts side by side. Where some are one row for all, their share is computed once: the
 * weights are cut instead of the parts being joined.
 */
export function joined(parts: readonly Tensor[], name: string, width: number): Tensor {
  const flats = parts.map(flat)
  const { graph } = flats[0]!
  const from = flats.reduce((total, { shape }) => total + shape[1]!, 0)
  const weight = graph.parameter(`${name} weight`, [from, width], 'glorot')
  const bias = graph.parameter(`${name} bias`, [width], 'zeros')
  const groups = grouped(flats)
  if (groups.length === 1) return linear(groups[0]!, weight, bias)
  let [start, total]: [number, Tensor] = [0, bias]
  for (const group of groups) {
    const end = start + group.shape[1]!
    total = add(linear(group, slice(weight, 0, start, end)), total)
    start = end
  }
  return total
}

/** Neighbours of as many rows joined into one. */
function grouped(parts: readonly Tensor[]): readonly Tensor[] {
  const groups: Tensor[][] = []
  for (const part of parts) {
    const last = groups.at(-1)
    if (last?.[0]?.shape[0] === part.shape[0]) last.push(part)
    else groups.push([part])
  }
  return groups.map((group) => concat(group))
}

/** Layers of a width each, all but what comes of them bent; [n, last width]. */
export function perceptron(
  parts: readonly Tensor[],
  name: string,
  { hidden, dropout: rate = 0, activation = 'relu' }: PerceptronShape,
): Tensor {
  let x: readonly Tensor[] = parts
  for (const [layer, width] of hidden.entries()) {
    const y = joined(x, `${name} ${layer}`, width)
    x = [dropout(bent(y, `${name} ${layer}`, activation), rate)]
  }
  return x.length === 1 ? flat(x[0]!) : together(x)
}

export function bent(x: Tensor, name: string, activation: Activation): Tensor {
  if (activation === 'relu') return relu(x)
  const { graph } = x
  const width = x.shape.at(-1)!
  const slope = graph.parameter(`${name} slope`, [width], { deviation: 0.1 })
  if (activation === 'prelu') return prelu(x, slope)
  const gain = graph.parameter(`${name} gain`, [width], 'ones')
  return dice(x, slope, gain, graph.parameter(`${name} shift`, [width], 'zeros'))
}

/** Parts of [n, values, width] or [n, width] side by side, one row repeated for all. */
export function together(parts: readonly Tensor[]): Tensor {
  const flats = parts.map(flat)
  const many = flats.find(({ shape }) => shape[0] !== 1) ?? flats[0]!
  return concat(flats.map((part) => repeated(part, many)))
}

/** One row as many times as another has rows; nothing flows back, since only requests need it. */
function repeated(one: Tensor, many: Tensor): Tensor {
  if (one.shape[0] === many.shape[0]) return one
  const { graph } = one
  const size = graph.emit('Shape', [many], [1], { attributes: { start: 0, end: 1 }, type: 'int64' })
  const target = graph.emit('Concat', [size, graph.integers(one.shape.slice(1))], [2], {
    attributes: { axis: 0 },
    type: 'int64',
  })
  return graph.emit('Expand', [one, target], [many.shape[0]!, ...one.shape.slice(1)])
}

/** [n, 1, width]: the mean vector of those ids that are there; zeros where none is. */
export function pooled(inputs: Inputs, field: SequenceField, embedding: Embedding): Tensor {
  const { graph } = inputs
  const [vectors] = inputs.vectors([field], embedding)
  const rows = vectors!.shape[0]!
  const presence = inputs.presence(field)
  const count = sum(presence, [1], true)
  // One over the count, and over 1 where there is none: presence is 0 there anyway.
  const floor = graph.emit('Max', [count, graph.scalar(1)], count.shape)
  const share = graph.emit('Div', [presence, floor], presence.shape)
  return sum(mul(vectors!, reshape(share, [rows, field.length, 1])), [1], true)
}

/** Parts of [n, values, width]: a vector per category or cross, and the mean of each history. */
export function fieldVectors(
  inputs: Inputs,
  embedding: Embedding,
  among: readonly Ids[] = inputs.fields.filter(isIds),
): readonly Tensor[] {
  const single = among.filter(({ kind }) => kind !== 'sequence')
  const sequences = among.filter((ids): ids is SequenceField => ids.kind === 'sequence')
  return [
    ...(single.length > 0 ? inputs.vectors(single, embedding) : []),
    ...sequences.map((field) => pooled(inputs, field, embedding)),
  ]
}

/** [rows, 1]: a weight for each id and number, and a bias: what a linear model is. */
export function linearPart(
  inputs: Inputs,
  among: readonly Ids[] = inputs.fields.filter(isIds),
): Tensor {
  const { graph } = inputs
  const weights = fieldVectors(inputs, { use: 'linear', width: 1, deviation: 1e-4 }, among)
  let total = graph.parameter('bias', [1], 'zeros')
  for (const part of weights) total = add(sum(part, [1]), total)
  for (const [place, part] of inputs.numbers.entries()) {
    const slopes = graph.parameter(`slopes ${place}`, [part.shape[1]!, 1], 'zeros')
    total = add(linear(part, slopes), total)
  }
  return total
}

/**
 * [rows, 1]: the products of all pairs of vectors, as ½ Σ (Σ v)² - Σ v² (Rendle 2010, eq. 6). Parts
 * are [n, values, width].
 */
export function pairs(parts: readonly Tensor[]): Tensor {
  const [first, ...rest] = parts.map((part) => sum(part, [1]))
  const [firstSquare, ...restSquares] = parts.map((part) => sum(square(part), [1]))
  const whole = rest.reduce((total, part) => add(total, part), first!)
  const squares = restSquares.reduce((total, part) => add(total, part), firstSquare!)
  return scale(sum(sub(square(whole), squares), [1], true), 0.5)
}

/** A vector for each number: the number times a vector that is learned. [n, count, width]. */
export function numberVectors(
  { graph, numbers }: Inputs,
  use: string,
  width: number,
): readonly Tensor[] {
  return numbers.map((part, place) => {
    const [rows, count] = part.shape
    const vectors = graph.parameter(`${use} numbers ${place}`, [count!, width], { deviation: 0.01 })
    return mul(reshape(part, [rows!, count!, 1]), vectors)
  })
}
