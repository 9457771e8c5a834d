import { type Shape, sizeOf } from '../tensor.ts'

/** A tensor with its numbers, row-major. */
export interface Value {
  readonly shape: Shape
  readonly data: Float64Array
}

/** Fills a shape, place by place; `at` is the place along each axis. */
export function filled(shape: Shape, number: (at: readonly number[]) => number): Value {
  const data = new Float64Array(sizeOf(shape))
  const at = shape.map(() => 0)
  for (let index = 0; index < data.length; index++) {
    data[index] = number(at)
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      at[axis]!++
      if (at[axis]! < shape[axis]!) break
      at[axis] = 0
    }
  }
  return { shape, data }
}

/** The number at a place; where the value has fewer axes, or axes of 1, it is broadcast. */
export function read({ shape, data }: Value, at: readonly number[]): number {
  let index = 0
  const skipped = at.length - shape.length
  for (const [axis, size] of shape.entries()) {
    index = index * size + (size === 1 ? 0 : at[axis + skipped]!)
  }
  return data[index]!
}
