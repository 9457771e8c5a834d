import { broken } from '../../../error.ts'
import {
  axisOf,
  type Backward,
  broadcast,
  type GraphBuilder,
  type Shape,
  sameShape,
  sizeOf,
  type Tensor,
} from '../tensor.ts'

// Arithmetic that is broadcast needs sums on the way back, and sums need what is broadcast: so they
// are one file.

/** a + b, broadcast. */
export const add = (a: Tensor, b: Tensor): Tensor =>
  binary('Add', a, b, [(g) => shrunk(g!, a.shape), (g) => shrunk(g!, b.shape)])

/** a - b, broadcast. */
export const sub = (a: Tensor, b: Tensor): Tensor =>
  binary('Sub', a, b, [(g) => shrunk(g!, a.shape), (g) => shrunk(neg(g!), b.shape)])

/** a ⊙ b, broadcast. */
export const mul = (a: Tensor, b: Tensor): Tensor =>
  binary('Mul', a, b, [(g) => shrunk(mul(g!, b), a.shape), (g) => shrunk(mul(g!, a), b.shape)])

/** a ⊘ b, broadcast. */
export function div(a: Tensor, b: Tensor): Tensor {
  const quotient: Tensor = binary('Div', a, b, [
    (g) => shrunk(div(g!, b), a.shape),
    (g) => shrunk(neg(mul(g!, div(quotient, b))), b.shape),
  ])
  return quotient
}

export const neg = (x: Tensor): Tensor =>
  x.graph.emit('Neg', [x], x.shape, { backward: [(g) => neg(g!)] })

/** x · factor. */
export const scale = (x: Tensor, factor: number): Tensor => mul(x, x.graph.scalar(factor))

/** x + summand. */
export const shift = (x: Tensor, summand: number): Tensor => add(x, x.graph.scalar(summand))

export const square = (x: Tensor): Tensor => mul(x, x)

function binary(type: string, a: Tensor, b: Tensor, backward: readonly Backward[]): Tensor {
  return a.graph.emit(type, [a, b], broadcast(a.shape, b.shape), { backward })
}

/** The gradient of something that was broadcast: the sum over the axes along which it was. */
export function shrunk(gradient: Tensor, shape: Shape): Tensor {
  if (sameShape(gradient.shape, shape)) return gradient
  const extra = gradient.shape.length - shape.length
  const axes = gradient.shape.flatMap((size, axis) =>
    (shape[axis - extra] ?? 1) === 1 && size !== 1 ? [axis] : [],
  )
  const summed = axes.length > 0 ? sum(gradient, axes, true) : gradient
  return sameShape(summed.shape, shape) ? summed : reshape(summed, shape)
}

/** The sum along axes; with `keep` they stay, of size 1. */
export function sum(x: Tensor, axes: readonly number[], keep = false): Tensor {
  const along = axes.map((axis) => axisOf(x.shape, axis))
  const kept = x.shape.map((size, axis) => (along.includes(axis) ? 1 : size))
  const shape = keep ? kept : x.shape.filter((_, axis) => !along.includes(axis))
  return x.graph.emit('ReduceSum', [x, x.graph.integers(along)], shape, {
    attributes: { keepdims: keep ? 1 : 0 },
    backward: [(g) => expand(reshape(g!, kept), x.shape)],
  })
}

/** The mean along axes whose sizes are known. */
export function mean(x: Tensor, axes: readonly number[], keep = false): Tensor {
  const count = axes.reduce((product, axis) => product * x.shape[axisOf(x.shape, axis)]!, 1)
  return scale(sum(x, axes, keep), 1 / count)
}

/** The sum of all numbers, a scalar. */
export const sumAll = (x: Tensor): Tensor => sum(x, [...x.shape.keys()])

/** The same numbers in another shape. */
export function reshape(x: Tensor, shape: Shape): Tensor {
  if (sameShape(x.shape, shape)) return x
  if (sizeOf(x.shape) !== sizeOf(shape))
    throw broken(`[${x.shape}] can't be reshaped to [${shape}]`)
  // At run time only one size may be left open; more than one is never below 0.
  const target = shape.map((size) => (size < 0 ? -1 : size))
  return x.graph.emit('Reshape', [x, x.graph.integers(target)], shape, {
    backward: [(g) => reshape(g!, x.shape)],
  })
}

/** The same numbers over and over. The number of rows must be known. */
function expand(x: Tensor, shape: Shape): Tensor {
  if (sameShape(x.shape, shape)) return x
  if (shape.some((size) => size < 0)) throw broken(`[${shape}] leaves open how far to expand`)
  return x.graph.emit('Expand', [x, x.graph.integers(shape)], shape, {
    backward: [(g) => shrunk(g!, x.shape)],
  })
}

export const zeros = (graph: GraphBuilder, shape: Shape): Tensor => expand(graph.scalar(0), shape)
