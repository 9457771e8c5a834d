import { type Attribute, broadcast, type Shape, sizeOf } from '../tensor.ts'
import { filled, read, type Value } from './value.ts'

type Attributes = Readonly<Record<string, Attribute>>

/**
 * One operator; `shapes` is what the graph believes its outputs to be, for those that can't tell.
 */
export type Operator = (
  inputs: readonly Value[],
  attributes: Attributes,
  shapes: readonly Shape[],
) => readonly Value[]

const each =
  (f: (x: number) => number): Operator =>
  ([x]) => [{ shape: x!.shape, data: x!.data.map(f) }]

const pair =
  (f: (a: number, b: number) => number): Operator =>
  ([a, b]) => [filled(broadcast(a!.shape, b!.shape), (at) => f(read(a!, at), read(b!, at)))]

const logistic = (x: number): number => 1 / (1 + Math.exp(-x))

/** Along axes: what is at `at`, which has them too, with each place of theirs in turn. */
function* along(value: Value, at: readonly number[], axes: readonly number[]): Generator<number> {
  for (let index = 0; index < sizeOf(axes.map((axis) => value.shape[axis]!)); index++) {
    const place = [...at]
    let rest = index
    for (const axis of axes.toReversed()) {
      place[axis] = rest % value.shape[axis]!
      rest = Math.floor(rest / value.shape[axis]!)
    }
    yield read(value, place)
  }
}

function reduced(x: Value, axes: readonly number[], f: (numbers: readonly number[]) => number) {
  const kept = x.shape.map((size, axis) => (axes.includes(axis) ? 1 : size))
  return filled(kept, (at) => f([...along(x, at, axes)]))
}

const squeezed = (value: Value, axes: readonly number[], keep: boolean): Value =>
  keep ? value : { ...value, shape: value.shape.filter((_, axis) => !axes.includes(axis)) }

const add = (numbers: readonly number[]): number => numbers.reduce((sum, x) => sum + x, 0)
const average = (numbers: readonly number[]): number => add(numbers) / numbers.length
const logSumExp = (numbers: readonly number[]): number => {
  const most = Math.max(...numbers)
  return most + Math.log(add(numbers.map((x) => Math.exp(x - most))))
}

const swapped = (value: Value, swap: boolean): Value =>
  swap ? filled(value.shape.toReversed(), (at) => read(value, at.toReversed())) : value

function product(a: Value, b: Value): Value {
  const inner = a.shape.at(-1)!
  const shape = [...a.shape.slice(0, -1), b.shape.at(-1)!]
  return filled(shape, (at) => {
    const [outer, row, column] = [at.slice(0, -2), at.at(-2)!, at.at(-1)!]
    let sum = 0
    for (let k = 0; k < inner; k++)
      sum += read(a, [...outer, row, k]) * read(b, [...outer, k, column])
    return sum
  })
}

const layerNorm: Operator = ([x, gain, bias], { epsilon }) => {
  const last = [x!.shape.length - 1]
  const middle = reduced(x!, last, average)
  const { float } = epsilon as { readonly float: number }
  const inverse = reduced(x!, last, (numbers) => {
    const mean = average(numbers)
    return 1 / Math.sqrt(average(numbers.map((number) => (number - mean) ** 2)) + float)
  })
  const y = filled(x!.shape, (at) => {
    const normal = (read(x!, at) - read(middle, at)) * read(inverse, at)
    return normal * read(gain!, at) + read(bias!, at)
  })
  return [y, middle, inverse]
}

/** By the names of ONNX. */
export const operators: Readonly<Record<string, Operator>> = {
  Add: pair((a, b) => a + b),
  Sub: pair((a, b) => a - b),
  Mul: pair((a, b) => a * b),
  Div: pair((a, b) => a / b),
  Max: pair(Math.max),
  Greater: pair((a, b) => (a > b ? 1 : 0)),
  Neg: each((x) => -x),
  Exp: each(Math.exp),
  Log: each(Math.log),
  Relu: each((x) => Math.max(x, 0)),
  Tanh: each(Math.tanh),
  Sigmoid: each(logistic),
  Softplus: each((x) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)))),
  IsNaN: each((x) => (Number.isNaN(x) ? 1 : 0)),
  Cast: each((x) => x),
  Identity: each((x) => x),
  Sum: (inputs) => [filled(inputs[0]!.shape, (at) => add(inputs.map((x) => read(x, at))))],
  Where: ([condition, a, b]) => {
    const shape = broadcast(condition!.shape, broadcast(a!.shape, b!.shape))
    return [filled(shape, (at) => read(read(condition!, at) ? a! : b!, at))]
  },
  Reshape: ([x], _, [shape]) => [{ shape: shape!, data: x!.data }],
  Expand: ([x], _, [shape]) => [filled(shape!, (at) => read(x!, at))],
  Transpose: ([x], { perm }) => {
    const order = perm as readonly number[]
    const shape = order.map((axis) => x!.shape[axis]!)
    return [
      filled(shape, (at) =>
        read(
          x!,
          order.map((_, axis) => at[order.indexOf(axis)]!),
        ),
      ),
    ]
  },
  Concat: (parts, { axis }) => {
    const size = add(parts.map(({ shape }) => shape[axis as number]!))
    const shape = parts[0]!.shape.map((other, place) => (place === axis ? size : other))
    return [
      filled(shape, (at) => {
        let place = at[axis as number]!
        for (const part of parts) {
          if (place < part.shape[axis as number]!) return read(part, at.with(axis as number, place))
          place -= part.shape[axis as number]!
        }
        return Number.NaN
      }),
    ]
  },
  Split: ([x, sizes], { axis }, shapes) => {
    const along = axis as number
    return shapes.map((shape, part) => {
      const start = add([...sizes!.data.slice(0, part)])
      return filled(shape, (at) => read(x!, at.with(along, at[along]! + start)))
    })
  },
  Slice: ([x, from, to, axes]) => {
    const [start, end, axis] = [from!.data[0]!, to!.data[0]!, axes!.data[0]!]
    const shape = x!.shape.with(axis, end - start)
    return [filled(shape, (at) => read(x!, at.with(axis, at[axis]! + start)))]
  },
  Gather: ([table, ids]) => {
    const { length } = ids!.shape
    return [
      filled([...ids!.shape, ...table!.shape.slice(1)], (at) =>
        read(table!, [read(ids!, at.slice(0, length)), ...at.slice(length)]),
      ),
    ]
  },
  ReduceSum: ([x, axes], { keepdims }) => {
    const places = [...axes!.data]
    return [squeezed(reduced(x!, places, add), places, keepdims === 1)]
  },
  ReduceLogSumExp: ([x], { axes }) => {
    const places = axes as readonly number[]
    return [squeezed(reduced(x!, places, logSumExp), places, false)]
  },
  ReduceMax: ([x], { axes }) => {
    const places = axes as readonly number[]
    return [
      squeezed(
        reduced(x!, places, (numbers) => Math.max(...numbers)),
        places,
        false,
      ),
    ]
  },
  Softmax: ([x]) => {
    const last = [x!.shape.length - 1]
    const level = reduced(x!, last, logSumExp)
    return [filled(x!.shape, (at) => Math.exp(read(x!, at) - read(level, at)))]
  },
  LayerNormalization: layerNorm,
  MatMul: ([a, b]) => [product(a!, b!)],
  Gemm: ([a, b, c], { transA, transB }) => {
    const y = product(swapped(a!, transA === 1), swapped(b!, transB === 1))
    return [c ? filled(y.shape, (at) => read(y, at) + read(c, at)) : y]
  },
}
