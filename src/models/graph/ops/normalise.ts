import { sizeOf, type Tensor } from '../tensor.ts'
import { add, mean, mul, reshape, shrunk, sub, sum } from './elementary.ts'
import { matmul } from './matrix.ts'
import { flip } from './shape.ts'

/** exp(x) / Σ exp(x) along the last axis. */
export function softmax(x: Tensor): Tensor {
  const y: Tensor = x.graph.emit('Softmax', [x], x.shape, {
    attributes: { axis: -1 },
    backward: [(g) => mul(y, sub(g!, sum(mul(g!, y), [-1], true)))],
  })
  return y
}

/** log Σ exp along the last axis, which goes. */
export function logSumExp(x: Tensor): Tensor {
  const kept = [...x.shape.slice(0, -1), 1]
  return x.graph.emit('ReduceLogSumExp', [x], x.shape.slice(0, -1), {
    attributes: { axes: [x.shape.length - 1], keepdims: 0 },
    backward: [(g) => mul(softmax(x), reshape(g!, kept))],
  })
}

/**
 * log Σ exp of the products of each row of `a`, [n, dims], with all rows of `b`, [m, dims]: [n].
 *
 * In a softmax over a catalogue those n × m numbers are most of the work. Here they are written
 * twice, and turned never: what weights them on the way back goes into the narrow factors.
 */
export function levelOfProducts(a: Tensor, b: Tensor): Tensor {
  const { graph } = a
  const rows = a.shape[0]!
  const most = (x: Tensor): Tensor =>
    graph.emit('ReduceMax', [x], [rows], { attributes: { axes: [1], keepdims: 0 } })
  const { shares, highest, share } = graph.untraced(() => {
    const products = matmul(a, flip(b))
    const shares = softmax(products)
    return { shares, highest: most(products), share: graph.emit('Log', [most(shares)], [rows]) }
  })
  const weighted = (g: Tensor): Tensor => reshape(g, [rows, 1])
  // The share of the highest is e^highest / Σ.
  return graph.emit('Sub', [highest, share], [rows], {
    from: [a, b],
    backward: [
      (g) => mul(matmul(shares, b), weighted(g!)),
      (g) => flip(matmul(flip(mul(a, weighted(g!))), shares)),
    ],
  })
}

/** Softmax of what the mask leaves: it is 0 there and about -1e9 elsewhere, and is broadcast. */
export const maskedSoftmax = (x: Tensor, mask: Tensor): Tensor => softmax(add(x, mask))

/** (x - mean) / deviation along the last axis, times `gain`, plus `bias` (Ba et al. 2016). */
export function layerNorm(x: Tensor, gain: Tensor, bias: Tensor, epsilon = 1e-5): Tensor {
  const rest = [...x.shape.slice(0, -1), 1]
  const [y, middle, inverse] = x.graph.emitAll(
    'LayerNormalization',
    [x, gain, bias],
    [x.shape, rest, rest],
    {
      attributes: { axis: -1, epsilon: { float: epsilon } },
      backward: [
        (g) => {
          const ahead = mul(g!, gain)
          const level = mean(ahead, [-1], true)
          const tilt = mean(mul(ahead, normal()), [-1], true)
          return mul(inverse!, sub(sub(ahead, level), mul(normal(), tilt)))
        },
        (g) => shrunk(mul(g!, normal()), gain.shape),
        (g) => shrunk(g!, bias.shape),
      ],
    },
  )
  const normal = (): Tensor => mul(sub(x, middle!), inverse!)
  return y!
}

/**
 * Some of x dropped, the rest larger by as much (Srivastava et al. 2014); x itself when serving.
 */
export function dropout(x: Tensor, rate: number): Tensor {
  if (!x.graph.training || rate === 0 || sizeOf(x.shape) < 0) return x
  return mul(x, x.graph.mask(x.shape, rate))
}
