import { broadcast, type Tensor } from '../tensor.ts'
import { add, mul, neg, shift, shrunk, sub } from './elementary.ts'

/** max(x, 0). */
export function relu(x: Tensor): Tensor {
  const y: Tensor = x.graph.emit('Relu', [x], x.shape, {
    // `Sign` would be as short, and is several times slower in ONNX Runtime.
    backward: [(g) => where(greater(y, x.graph.scalar(0)), g!, x.graph.scalar(0))],
  })
  return y
}

/** x where x > 0, else slope ⊙ x (He et al. 2015). */
export const prelu = (x: Tensor, slope: Tensor): Tensor => sub(relu(x), mul(slope, relu(neg(x))))

/** 1 / (1 + exp(-x)). */
export function sigmoid(x: Tensor): Tensor {
  const y: Tensor = x.graph.emit('Sigmoid', [x], x.shape, {
    backward: [(g) => mul(g!, sub(y, mul(y, y)))],
  })
  return y
}

export function tanh(x: Tensor): Tensor {
  const y: Tensor = x.graph.emit('Tanh', [x], x.shape, {
    backward: [(g) => sub(g!, mul(g!, mul(y, y)))],
  })
  return y
}

/** log(1 + exp(x)). */
export const softplus = (x: Tensor): Tensor =>
  x.graph.emit('Softplus', [x], x.shape, { backward: [(g) => mul(g!, sigmoid(x))] })

/** exp(x). */
export function exp(x: Tensor): Tensor {
  const y: Tensor = x.graph.emit('Exp', [x], x.shape, { backward: [(g) => mul(g!, y)] })
  return y
}

/**
 * x between slope ⊙ x and x, as sigmoid(gain ⊙ x + bias) says: Dice (Zhou et al. 2018, eq. 6), with
 * a learned gain and bias in place of the batch's deviation and mean, so that the score of a row
 * does not hang on the rows beside it.
 */
export function dice(x: Tensor, slope: Tensor, gain: Tensor, bias: Tensor): Tensor {
  const share = sigmoid(add(mul(x, gain), bias))
  const rest = shift(neg(share), 1)
  return add(mul(share, x), mul(rest, mul(slope, x)))
}

/** Where a > b; nothing flows back. */
export const greater = (a: Tensor, b: Tensor): Tensor =>
  a.graph.emit('Greater', [a, b], broadcast(a.shape, b.shape), { type: 'bool' })

/** a where it is so, else b. */
export const where = (condition: Tensor, a: Tensor, b: Tensor): Tensor =>
  a.graph.emit(
    'Where',
    [condition, a, b],
    broadcast(condition.shape, broadcast(a.shape, b.shape)),
    {
      backward: [
        (g) => g!,
        (g) => shrunk(where(condition, g!, g!.graph.scalar(0)), a.shape),
        (g) => shrunk(where(condition, g!.graph.scalar(0), g!), b.shape),
      ],
    },
  )

/** Where a number is none; nothing flows back. */
export const absent = (x: Tensor): Tensor => x.graph.emit('IsNaN', [x], x.shape, { type: 'bool' })
