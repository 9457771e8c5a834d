import { invalid } from '../../../error.ts'
import type { GraphBuilder, Tensor } from '../../graph/tensor.ts'
import type { CategoryField, Field } from '../../ranking/field.ts'

/** Categories taken together: each combination has a bucket, which it may share with others. */
export interface Cross {
  readonly kind: 'cross'
  readonly name: string
  readonly side: Field['side']
  readonly fields: readonly CategoryField[]
  /** Buckets: as many as combinations where those are fewer than asked for. */
  readonly size: number
}

/** A cross as it is declared: by the names of its fields. */
export interface DeclaredCross {
  readonly fields: readonly string[]
  readonly buckets: number
}

/** Throws `invalid_argument` where a field is none of categories, or the buckets are too few. */
export function crossOf({ fields, buckets }: DeclaredCross, known: readonly Field[]): Cross {
  const name = fields.join(' × ')
  if (fields.length < 2) throw invalid(`crosses "${name}"`, 'must have two fields at least')
  if (!(Number.isInteger(buckets) && buckets >= 2 && buckets <= 2 ** 24))
    throw invalid(`crosses "${name}"`, `${buckets} buckets must be a whole number >= 2 and <= 2^24`)
  const parts = fields.map((part) => {
    const field = known.find((other) => other.name === part)
    if (field?.kind === 'category') return field
    throw invalid(`crosses "${name}"`, `"${part}" must be a field of categories`)
  })
  const combinations = parts.reduce((product, { size }) => product * size, 1)
  const side = parts.every((field) => field.side === 'user') ? 'user' : 'item'
  return { kind: 'cross', name, side, fields: parts, size: Math.min(buckets, combinations) }
}

/** Products of what lies below stay whole in int64. */
const prime = 2 ** 31 - 1
const factor = 1_103_515_245

const combinationsOf = ({ fields }: Cross): number =>
  fields.reduce((product, { size }) => product * size, 1)

/**
 * The bucket of some ids: their combination where each has one of its own, else by multiplicative
 * hashing (Carter and Wegman 1979).
 */
export function bucketOf(cross: Cross, idAt: (field: number) => number): number {
  const isHashed = cross.size < combinationsOf(cross)
  let combined = 0
  for (const [place, { size }] of cross.fields.entries()) {
    const id = idAt(place)
    combined = isHashed ? (productOf(combined, size) + id) % prime : combined * size + id
  }
  return isHashed ? productOf(combined, factor) % cross.size : combined
}

/** a b modulo the prime, both below 2^31: in two halves, since doubles hold 53 bits. */
function productOf(a: number, b: number): number {
  const high = (a * (b >>> 16)) % prime
  return (high * 65_536 + a * (b & 65_535)) % prime
}

/** The same in a graph, from [n, 1] ids per field. */
export function bucketTensor(cross: Cross, ids: readonly Tensor[], graph: GraphBuilder): Tensor {
  const isHashed = cross.size < combinationsOf(cross)
  const whole = (value: number): Tensor => graph.constant([value], [1], 'int64')
  const of = (type: string, a: Tensor, b: Tensor): Tensor =>
    graph.emit(type, [a, b], a.shape[0] === 1 ? b.shape : a.shape, { type: 'int64' })
  const modulo = (x: Tensor, by: number): Tensor =>
    graph.emit('Mod', [x, whole(by)], x.shape, { type: 'int64' })
  let combined: Tensor | undefined
  for (const [place, { size }] of cross.fields.entries()) {
    const next = ids[place]!
    combined = combined
      ? of(
          'Add',
          graph.emit('Mul', [combined, whole(size)], combined.shape, { type: 'int64' }),
          next,
        )
      : next
    if (isHashed) combined = modulo(combined, prime)
  }
  if (!isHashed) return combined!
  const product = graph.emit('Mul', [combined!, whole(factor)], combined!.shape, { type: 'int64' })
  return modulo(modulo(product, prime), cross.size)
}
