import { broken, invalid } from '../../error.ts'
import {
  type Constant,
  type DropMask,
  type Emitted,
  type GraphBuilder,
  type Initial,
  type InputKind,
  type Operation,
  type Parameter,
  type Shape,
  sizeOf,
  type Tensor,
} from './tensor.ts'

export interface GraphOptions {
  /** Rows per run; -1 where that is known only then, which a graph with gradients can't do. */
  readonly batch: number
  /** Whether chance takes part (dropout). */
  readonly training: boolean
}

/** A computation as a list of ONNX operators, in an order in which it can run. */
export class Graph implements GraphBuilder {
  readonly batch: number
  readonly training: boolean
  readonly inputs: Tensor[] = []
  readonly parameters: Parameter[] = []
  readonly constants: Constant[] = []
  readonly masks: DropMask[] = []
  readonly operations: Operation[] = []
  readonly #names = new Set<string>()
  readonly #known = new Map<string, Tensor>()
  #tracing = true

  constructor({ batch, training }: GraphOptions) {
    if (!Number.isInteger(batch) || (batch < 1 && batch !== -1))
      throw invalid('batch', `${batch} must be a whole number >= 1, or -1`)
    this.batch = batch
    this.training = training
  }

  input(
    name: string,
    shape: Shape,
    { type = 'float', differentiable = false }: InputKind = {},
  ): Tensor {
    const tensor = this.#tensor(name, shape, type, differentiable)
    this.inputs.push(tensor)
    return tensor
  }

  parameter(name: string, shape: Shape, initial: Initial): Tensor {
    const tensor = this.#tensor(name, shape, 'float', true)
    this.parameters.push({ tensor, initial })
    return tensor
  }

  mask(shape: Shape, rate: number): Tensor {
    if (!(rate >= 0 && rate < 1)) throw invalid('rate', `${rate} must be >= 0 and < 1`)
    const tensor = this.input(`mask_${this.masks.length}`, shape)
    this.masks.push({ tensor, rate })
    return tensor
  }

  constant(values: readonly number[], shape: Shape, type: 'float' | 'int64' = 'float'): Tensor {
    const key = `${type}[${shape}]${values}`
    const known = this.#known.get(key)
    if (known) return known
    if (sizeOf(shape) !== values.length)
      throw broken(`${values.length} values were given for a constant of shape [${shape}]`)
    const tensor = this.#tensor(`constant_${this.constants.length}`, shape, type, false)
    this.constants.push({ tensor, values })
    this.#known.set(key, tensor)
    return tensor
  }

  scalar(value: number): Tensor {
    return this.constant([value], [])
  }

  integers(values: readonly number[]): Tensor {
    return this.constant(values, [values.length], 'int64')
  }

  emit(type: string, inputs: readonly Tensor[], shape: Shape, more: Emitted = {}): Tensor {
    return this.emitAll(type, inputs, [shape], more)[0]!
  }

  emitAll(
    type: string,
    inputs: readonly Tensor[],
    shapes: readonly Shape[],
    { attributes = {}, backward = [], from = inputs, type: valueType = 'float' }: Emitted = {},
  ): readonly Tensor[] {
    const differentiable =
      this.#tracing && backward.length > 0 && from.some((input) => input.differentiable)
    const place = this.operations.length
    const outputs = shapes.map((shape, index) =>
      this.#tensor(
        shapes.length === 1 ? `${type}_${place}` : `${type}_${place}_${index}`,
        shape,
        valueType,
        differentiable,
      ),
    )
    this.operations.push({ type, inputs, outputs, attributes, from, backward })
    return outputs
  }

  untraced<T>(add: () => T): T {
    this.#tracing = false
    try {
      return add()
    } finally {
      this.#tracing = true
    }
  }

  #tensor(name: string, shape: Shape, type: Tensor['type'], differentiable: boolean): Tensor {
    if (this.#names.has(name)) throw invalid('name', `"${name}" is a tensor of the graph already`)
    this.#names.add(name)
    return { graph: this, name, shape, type, differentiable }
  }
}
