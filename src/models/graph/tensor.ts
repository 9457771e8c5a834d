import { invalid } from '../../error.ts'

/**
 * Sizes of a tensor, outermost first.
 *
 * A size below 0 is a multiple of the number of rows, which is known only when the graph runs: -1
 * is the rows, -50 fifty times as many. Products of sizes stay right that way.
 */
export type Shape = readonly number[]

/** One value of a graph: known by name and shape while it is built, by numbers when it runs. */
export interface Tensor {
  readonly graph: GraphBuilder
  readonly name: string
  readonly shape: Shape
  readonly type: 'float' | 'int64' | 'bool'
  /** Whether anything that is learned, or asked a gradient of, leads here. */
  readonly differentiable: boolean
}

/** Attributes of an operation; fractions must be wrapped, since 1 is a whole number too. */
export type Attribute = number | readonly number[] | { readonly float: number }

/** Given the gradients of what an operation gave, that of one thing it took. */
export type Backward = (...gradients: readonly (Tensor | undefined)[]) => Tensor

/** One operator of ONNX (opset 17), with what its inputs' gradients are. */
export interface Operation {
  readonly type: string
  readonly inputs: readonly Tensor[]
  readonly outputs: readonly Tensor[]
  readonly attributes: Readonly<Record<string, Attribute>>
  /** What gradients are led to: its inputs, or what several operations before it began with. */
  readonly from: readonly Tensor[]
  /** One per tensor of `from`; none where nothing flows back. */
  readonly backward: readonly Backward[]
}

/** How a parameter begins. Glorot and Bengio 2010: uniform within √(6 / (rows + columns)). */
export type Initial = 'zeros' | 'ones' | 'glorot' | { readonly deviation: number }

export interface Parameter {
  readonly tensor: Tensor
  readonly initial: Initial
}

export interface Constant {
  readonly tensor: Tensor
  readonly values: readonly number[]
}

/** A tensor that is filled anew for each step: 0 with chance `rate`, else 1 / (1 - rate). */
export interface DropMask {
  readonly tensor: Tensor
  readonly rate: number
}

export interface Emitted {
  readonly attributes?: Readonly<Record<string, Attribute>>
  readonly backward?: readonly Backward[]
  /** The inputs unless told otherwise: what lies between must be `untraced`. */
  readonly from?: readonly Tensor[]
  readonly type?: Tensor['type']
}

/**
 * What operators are added to. It grows only: functions of `ops/` add to it, and `gradientsOf` adds
 * what leads back.
 */
export interface GraphBuilder {
  /** Rows per run; -1 where that is known only then. */
  readonly batch: number
  /** Whether chance takes part (dropout). */
  readonly training: boolean
  readonly inputs: readonly Tensor[]
  readonly parameters: readonly Parameter[]
  readonly constants: readonly Constant[]
  readonly masks: readonly DropMask[]
  /** In an order in which they can run. */
  readonly operations: readonly Operation[]
  /** A value that is given for each run. */
  input(name: string, shape: Shape, kind?: InputKind): Tensor
  /** A value that is learned. */
  parameter(name: string, shape: Shape, initial: Initial): Tensor
  /** What drops out of `shape` in each step. */
  mask(shape: Shape, rate: number): Tensor
  /** Equal constants are one. */
  constant(values: readonly number[], shape: Shape, type?: 'float' | 'int64'): Tensor
  scalar(value: number): Tensor
  /** Whole numbers, as ONNX takes axes and shapes. */
  integers(values: readonly number[]): Tensor
  /** Adds an operator of one output. */
  emit(type: string, inputs: readonly Tensor[], shape: Shape, more?: Emitted): Tensor
  /** Adds an operator of several outputs. */
  emitAll(
    type: string,
    inputs: readonly Tensor[],
    shapes: readonly Shape[],
    more?: Emitted,
  ): readonly Tensor[]
  /** What `add` adds is led no further back: gradients of gradients are none. */
  untraced<T>(add: () => T): T
}

export type InputKind = Partial<Pick<Tensor, 'type' | 'differentiable'>>

/** How many numbers there are; below 0 per row. */
export const sizeOf = (shape: Shape): number => shape.reduce((product, size) => product * size, 1)

export const sameShape = (a: Shape, b: Shape): boolean =>
  a.length === b.length && a.every((size, axis) => size === b[axis])

/** What comes of two shapes beside each other, as in NumPy. */
export function broadcast(a: Shape, b: Shape): Shape {
  const rank = Math.max(a.length, b.length)
  return Array.from({ length: rank }, (_, axis) => {
    const left = a[a.length - rank + axis] ?? 1
    const right = b[b.length - rank + axis] ?? 1
    if (left !== right && left !== 1 && right !== 1)
      throw invalid('shape', `[${a}] does not fit [${b}]: axis ${axis} is ${left} and ${right}`)
    return left === 1 ? right : left
  })
}

/** An axis as counted from the front; -1 is the last. */
export function axisOf(shape: Shape, axis: number): number {
  const place = axis < 0 ? axis + shape.length : axis
  if (Number.isInteger(place) && place >= 0 && place < shape.length) return place
  throw invalid('axis', `${axis} must be a whole number >= -${shape.length} and < ${shape.length}`)
}
