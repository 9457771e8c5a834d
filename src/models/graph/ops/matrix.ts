import { invalid } from '../../../error.ts'
import { sizeOf, type Tensor } from '../tensor.ts'
import { reshape, sum } from './elementary.ts'
import { flip } from './shape.ts'

/** x W + b along the last axis of x, whatever lies before it. W: [from, to], b: [to]. */
export function linear(x: Tensor, weight: Tensor, bias?: Tensor): Tensor {
  const [from, to] = weight.shape
  if (x.shape.at(-1) !== from)
    throw invalid('shape', `[${x.shape}] does not fit weights of [${weight.shape}]`)
  const rows = reshape(x, [sizeOf(x.shape) / from!, from!])
  return reshape(gemm(rows, weight, bias), [...x.shape.slice(0, -1), to!])
}

function gemm(x: Tensor, weight: Tensor, bias?: Tensor): Tensor {
  const shape = [x.shape[0]!, weight.shape[1]!]
  const inputs = bias ? [x, weight, bias] : [x, weight]
  return x.graph.emit('Gemm', inputs, shape, {
    backward: [
      (g) => x.graph.emit('Gemm', [g!, weight], x.shape, { attributes: { transB: 1 } }),
      (g) => x.graph.emit('Gemm', [x, g!], weight.shape, { attributes: { transA: 1 } }),
      (g) => sum(g!, [0]),
    ],
  })
}

/** The products of the last two axes. Those before must be the same on both sides. */
export function matmul(a: Tensor, b: Tensor): Tensor {
  const [rows, inner] = a.shape.slice(-2)
  const [same, columns] = b.shape.slice(-2)
  const outer = a.shape.slice(0, -2)
  if (inner !== same || `${outer}` !== `${b.shape.slice(0, -2)}`)
    throw invalid('shape', `[${a.shape}] can't be multiplied with [${b.shape}]`)
  // ONNX Runtime folds the transpositions into the products.
  return a.graph.emit('MatMul', [a, b], [...outer, rows!, columns!], {
    backward: [(g) => matmul(g!, flip(b)), (g) => matmul(flip(a), g!)],
  })
}

/** Rows of a table by ids of any shape. Nothing flows back: tables are learned outside. */
export const gather = (table: Tensor, ids: Tensor): Tensor =>
  table.graph.emit('Gather', [table, ids], [...ids.shape, ...table.shape.slice(1)], {
    attributes: { axis: 0 },
  })
