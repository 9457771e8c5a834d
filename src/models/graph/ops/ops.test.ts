import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Checked, checkOperator } from '../oracle/gradient-check.ts'
import { dice, exp, greater, prelu, relu, sigmoid, softplus, tanh, where } from './activations.ts'
import { add, div, mean, mul, neg, reshape, square, sub, sum, sumAll } from './elementary.ts'
import {
  crossEntropy,
  sampledSoftmaxLoss,
  softmaxLoss,
  squaredError,
  temperedLoss,
} from './losses.ts'
import { linear, matmul } from './matrix.ts'
import {
  dropout,
  layerNorm,
  levelOfProducts,
  logSumExp,
  maskedSoftmax,
  softmax,
} from './normalise.ts'
import { concat, flip, slice, split, transpose } from './shape.ts'

const cases: Readonly<Record<string, Checked>> = {
  'a sum of equal shapes': { shapes: { a: [3, 4], b: [3, 4] }, build: ({ a, b }) => add(a!, b!) },
  'a sum with a row': { shapes: { a: [3, 4], b: [4] }, build: ({ a, b }) => add(a!, b!) },
  'a sum of a column and a row': {
    shapes: { a: [3, 1], b: [1, 4] },
    build: ({ a, b }) => add(a!, b!),
  },
  'a difference with a scalar': { shapes: { a: [2, 3], b: [] }, build: ({ a, b }) => sub(a!, b!) },
  'a product, broadcast from both sides': {
    shapes: { a: [2, 1, 4], b: [3, 1] },
    build: ({ a, b }) => mul(a!, b!),
  },
  'a quotient': { shapes: { a: [3, 4], b: [4] }, build: ({ a, b }) => div(a!, b!) },
  'a negative': { shapes: { x: [3] }, build: ({ x }) => neg(x!) },
  'a square: both factors are one': { shapes: { x: [5] }, build: ({ x }) => square(x!) },
  'a tensor used four times': {
    shapes: { x: [2, 2] },
    build: ({ x }) => add(mul(x!, sigmoid(x!)), sub(tanh(x!), x!)),
  },
  relu: { shapes: { x: [4, 5] }, build: ({ x }) => relu(x!) },
  prelu: { shapes: { x: [4, 5], slope: [5] }, build: ({ x, slope }) => prelu(x!, slope!) },
  sigmoid: { shapes: { x: [4, 5] }, build: ({ x }) => sigmoid(x!) },
  tanh: { shapes: { x: [4, 5] }, build: ({ x }) => tanh(x!) },
  softplus: { shapes: { x: [4, 5] }, build: ({ x }) => softplus(x!) },
  exp: { shapes: { x: [4, 5] }, build: ({ x }) => exp(x!) },
  dice: {
    shapes: { x: [4, 3], slope: [3], gain: [3], bias: [3] },
    build: ({ x, slope, gain, bias }) => dice(x!, slope!, gain!, bias!),
  },
  where: {
    shapes: { a: [3, 4], b: [4] },
    build: ({ a, b }) => where(greater(a!, b!), mul(a!, a!), b!),
  },
  'a sum along an axis': { shapes: { x: [2, 3, 4] }, build: ({ x }) => sum(x!, [1]) },
  'a sum along two axes, kept': {
    shapes: { x: [2, 3, 4] },
    build: ({ x }) => sum(x!, [0, -1], true),
  },
  'a sum of all': { shapes: { x: [2, 3] }, build: ({ x }) => sumAll(x!) },
  'a mean': { shapes: { x: [2, 3, 4] }, build: ({ x }) => mean(x!, [1]) },
  reshape: { shapes: { x: [2, 6] }, build: ({ x }) => reshape(x!, [3, 4]) },
  transpose: { shapes: { x: [2, 3, 4] }, build: ({ x }) => transpose(x!, [2, 0, 1]) },
  flip: { shapes: { x: [2, 3, 4] }, build: ({ x }) => flip(x!) },
  'concat of the last axis': {
    shapes: { a: [2, 3], b: [2, 1], c: [2, 2] },
    build: ({ a, b, c }) => concat([a!, b!, c!]),
  },
  'concat of a middle axis': {
    shapes: { a: [2, 3, 2], b: [2, 1, 2] },
    build: ({ a, b }) => concat([a!, b!], 1),
  },
  slice: { shapes: { x: [2, 5, 2] }, build: ({ x }) => slice(x!, 1, 1, 3) },
  'split, one part of which is used by nobody': {
    shapes: { x: [2, 6] },
    build: ({ x }) => {
      const [a, , c] = split(x!, -1, [2, 1, 3])
      return concat([c!, mul(a!, a!)])
    },
  },
  linear: {
    shapes: { x: [4, 3], w: [3, 2], b: [2] },
    build: ({ x, w, b }) => linear(x!, w!, b!),
  },
  'linear of three axes': {
    shapes: { x: [2, 4, 3], w: [3, 2] },
    build: ({ x, w }) => linear(x!, w!),
  },
  matmul: { shapes: { a: [2, 3, 4], b: [2, 4, 5] }, build: ({ a, b }) => matmul(a!, b!) },
  'matmul of four axes, flipped': {
    shapes: { a: [2, 2, 3, 4], b: [2, 2, 5, 4] },
    build: ({ a, b }) => matmul(a!, flip(b!)),
  },
  softmax: { shapes: { x: [3, 5] }, build: ({ x }) => softmax(x!) },
  'masked softmax': {
    shapes: { x: [2, 3, 3] },
    build: ({ x }, graph) =>
      maskedSoftmax(x!, graph.constant([0, -1e9, -1e9, 0, 0, -1e9, 0, 0, 0], [3, 3])),
  },
  logSumExp: { shapes: { x: [3, 5] }, build: ({ x }) => logSumExp(x!) },
  'level of products': {
    shapes: { a: [3, 2], b: [5, 2] },
    build: ({ a, b }) => levelOfProducts(a!, b!),
  },
  layerNorm: {
    shapes: { x: [2, 3, 4], gain: [4], bias: [4] },
    build: ({ x, gain, bias }) => layerNorm(x!, gain!, bias!),
  },
  dropout: { shapes: { x: [4, 5] }, build: ({ x }) => dropout(x!, 1 / 3) },
  'cross entropy': {
    shapes: { z: [4, 1], y: [4, 1], w: [4, 1] },
    build: ({ z, y, w }) => crossEntropy(z!, y!, w!),
  },
  'squared error': {
    shapes: { x: [4, 1], y: [4, 1], w: [4, 1] },
    build: ({ x, y, w }) => squaredError(x!, y!, w!),
  },
  'loss of softmax': {
    shapes: { positive: [2], a: [2, 3], b: [5, 3], w: [2] },
    build: ({ positive, a, b, w }) => softmaxLoss(positive!, levelOfProducts(a!, b!), w!),
  },
  'loss of a sampled softmax': {
    shapes: { positive: [2], level: [2], w: [2] },
    build: ({ positive, level, w }) => sampledSoftmaxLoss(positive!, level!, w!, 7),
  },
  'tempered loss (gBCE)': {
    shapes: { positive: [2, 3], negatives: [2, 3, 4], w: [2, 3] },
    build: ({ positive, negatives, w }) => temperedLoss(positive!, negatives!, w!, 0.6),
  },
}

for (const [name, checked] of Object.entries(cases)) {
  test(`${name}: gradients are those of differences, and ONNX Runtime agrees`, () =>
    checkOperator(checked))
}

test('a wrong gradient is found, though it be of one number among many', async () => {
  const wrong: Checked = {
    shapes: { x: [4, 5], b: [1] },
    build: ({ x, b }) =>
      x!.graph.emit('Add', [x!, b!], x!.shape, {
        backward: [(g) => g!, (g) => reshape(mean(g!, [0, 1]), [1])],
      }),
  }
  await assert.rejects(checkOperator(wrong), /differences of b: relative error/)
})

test('shapes that do not fit are refused, both named', async () => {
  const refused = (checked: Checked, message: RegExp) =>
    assert.rejects(checkOperator(checked), message)
  await Promise.all([
    refused(
      { shapes: { a: [3], b: [4] }, build: ({ a, b }) => add(a!, b!) },
      /\[3\] does not fit \[4\]/,
    ),
    refused(
      { shapes: { a: [3, 2], b: [3, 2] }, build: ({ a, b }) => matmul(a!, b!) },
      /can't be multiplied/,
    ),
    refused(
      { shapes: { x: [3, 2], w: [3, 2] }, build: ({ x, w }) => linear(x!, w!) },
      /does not fit weights/,
    ),
    refused({ shapes: { x: [4] }, build: ({ x }) => slice(x!, 0, 2, 5) }, /within 0 to 4/),
  ])
})
