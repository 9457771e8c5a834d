import { broken, invalid } from '../../../error.ts'
import { axisOf, type Tensor } from '../tensor.ts'
import { zeros } from './elementary.ts'

/** Axes in another order: axis k of the result is axis order[k] of x. */
export function transpose(x: Tensor, order: readonly number[]): Tensor {
  const back = order.map((_, axis) => order.indexOf(axis))
  return x.graph.emit(
    'Transpose',
    [x],
    order.map((axis) => x.shape[axis]!),
    { attributes: { perm: order }, backward: [(g) => transpose(g!, back)] },
  )
}

/** The last two axes swapped. */
export function flip(x: Tensor): Tensor {
  const order = x.shape.map((_, axis) => axis)
  const last = order.pop()!
  order.splice(-1, 0, last)
  return transpose(x, order)
}

/** One after the other along an axis. */
export function concat(parts: readonly Tensor[], axis = -1): Tensor {
  const [first] = parts
  if (first === undefined) throw broken('nothing was given to be joined')
  if (parts.length === 1) return first
  const along = axisOf(first.shape, axis)
  const sizes = parts.map((part) => part.shape[along]!)
  const shape = first.shape.map((size, place) => (place === along ? total(sizes) : size))
  for (const part of parts) {
    const fits = part.shape.every((size, place) => place === along || size === shape[place])
    if (!fits || part.shape.length !== shape.length)
      throw invalid('parts', `[${part.shape}] does not fit [${first.shape}] but for axis ${along}`)
  }
  const starts = sizes.map((_, place) => total(sizes.slice(0, place)))
  return first.graph.emit('Concat', parts, shape, {
    attributes: { axis: along },
    backward: parts.map((_, place) => (g) => {
      const start = starts[place]!
      return slice(g!, along, start, start + sizes[place]!)
    }),
  })
}

/** What lies from `from` to before `to` along an axis. */
export function slice(x: Tensor, axis: number, from: number, to: number): Tensor {
  const { graph } = x
  const along = axisOf(x.shape, axis)
  const size = x.shape[along]!
  if (!(from >= 0 && from < to && to <= size))
    throw invalid('slice', `${from} to ${to} must be a range within 0 to ${size}`)
  if (from === 0 && to === size) return x
  const resized = (length: number) =>
    x.shape.map((other, place) => (place === along ? length : other))
  return graph.emit(
    'Slice',
    [x, graph.integers([from]), graph.integers([to]), graph.integers([along])],
    resized(to - from),
    {
      backward: [
        (g) => {
          const parts = [g!]
          if (from > 0) parts.unshift(zeros(graph, resized(from)))
          if (to < size) parts.push(zeros(graph, resized(size - to)))
          return concat(parts, along)
        },
      ],
    },
  )
}

/** Parts of given sizes along an axis. Cheaper on the way back than a slice of each. */
export function split(x: Tensor, axis: number, sizes: readonly number[]): readonly Tensor[] {
  const { graph } = x
  const along = axisOf(x.shape, axis)
  if (total(sizes) !== x.shape[along])
    throw invalid('sizes', `[${sizes}] must sum to ${x.shape[along]}`)
  const shapes = sizes.map((length) =>
    x.shape.map((size, place) => (place === along ? length : size)),
  )
  return graph.emitAll('Split', [x, graph.integers(sizes)], shapes, {
    attributes: { axis: along },
    backward: [
      (...gradients) =>
        concat(
          gradients.map((g, place) => g ?? zeros(graph, shapes[place]!)),
          along,
        ),
    ],
  })
}

const total = (sizes: readonly number[]): number => sizes.reduce((sum, size) => sum + size, 0)
