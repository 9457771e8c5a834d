import { invalid } from '../../error.ts'
import { type IalsModel, ialsModel, type Penalty, penaltyOf } from '../als/ials-model.ts'

/**
 * Factors that take in one like after the other: the user's vector is solved anew, and then the
 * item's, each by some steps of conjugate gradient from where it stands (Takács et al. 2011), with
 * the objective of `fitIals`; the idea is that of eALS (He et al. 2016, section 4.3). Both are
 * local: nobody else's vector moves.
 *
 * It follows from the model it began with, and from the likes in their order: whoever takes in the
 * same ones comes to the same bits, whatever the moments at which they were taken in.
 */
export interface OnlineFactors {
  readonly itemCount: number
  readonly likeCount: number
  /** Of a user or an item that is new, the next ordinal may be any. A weight is > 0. */
  learn(user: number, item: number, weight: number): void
  /** As it stands: later likes don't change it. Items without a like are zeros. */
  model(itemCount?: number): IalsModel
}

/** The likes that a model was fitted to, and the options of the fit. */
export interface OnlineStart extends Penalty {
  readonly model: IalsModel
  readonly users: ArrayLike<number>
  readonly items: ArrayLike<number>
  readonly weights: ArrayLike<number>
}

const steps = 4

/** Of an item that everybody likes the newest so many are looked at: a step stays a step. */
const likersMost = 2_048

/** Memory: 4 × dims bytes per user and item, and some 50 per like. */
export function onlineFactors(start: OnlineStart): OnlineFactors {
  const { model, alpha } = start
  const { dims } = model
  const users = side(dims)
  const items = side(dims)
  for (let item = 0; item < model.itemCount; item++) {
    items.put(item, model.items.subarray(item * dims, (item + 1) * dims))
  }
  let likeCount = 0
  const scratch = openScratch(dims)

  const solve = (own: SideRows, row: number, others: SideRows): void => {
    const likes = own.likes[row]!
    const penalty = penaltyOf(start, likes.size, Math.max(1, others.count()))
    own.put(row, scratch.solve(own.vector(row), likes, others, penalty, alpha))
  }

  const add = (user: number, item: number, weight: number): void => {
    if (!(weight > 0 && weight < Number.POSITIVE_INFINITY)) {
      throw invalid('weight', `${weight} must be finite and > 0`)
    }
    users.like(user, item, weight)
    items.like(item, user, weight)
    likeCount++
  }

  for (let cell = 0; cell < start.users.length; cell++) {
    add(start.users[cell]!, start.items[cell]!, start.weights[cell]!)
  }
  for (let user = 0; user < users.count(); user++) {
    if (users.likes[user]!.size > 0) solve(users, user, items)
  }

  return {
    get itemCount() {
      return items.count()
    },
    get likeCount() {
      return likeCount
    },
    learn(user, item, weight) {
      add(user, item, weight)
      solve(users, user, items)
      solve(items, item, users)
    },
    model(itemCount = items.count()) {
      const vectors = new Float32Array(itemCount * dims)
      for (let item = 0; item < Math.min(itemCount, items.count()); item++) {
        vectors.set(items.vector(item), item * dims)
      }
      const { regularization, frequencyPower } = start
      const gram = items.gram.slice()
      return ialsModel({ regularization, frequencyPower, alpha, dims, items: vectors, gram })
    },
  }
}

/** The vectors of one side, who goes with whom, and the gram matrix of all, kept up to date. */
interface SideRows {
  readonly gram: Float64Array
  /** For each row the other side's rows with their weights, the strongest of each. */
  readonly likes: Map<number, number>[]
  count(): number
  vector(row: number): Float32Array
  put(row: number, vector: Float32Array): void
  like(row: number, other: number, weight: number): void
}

function side(dims: number): SideRows {
  const rows: Float32Array[] = []
  const likes: Map<number, number>[] = []
  const gram = new Float64Array(dims * dims)
  const upTo = (row: number): void => {
    while (rows.length <= row) {
      rows.push(new Float32Array(dims))
      likes.push(new Map())
    }
  }
  const addSquare = (vector: Float32Array, sign: number): void => {
    for (let i = 0; i < dims; i++) {
      const scaled = sign * vector[i]!
      if (scaled === 0) continue
      for (let j = 0; j < dims; j++) gram[i * dims + j]! += scaled * vector[j]!
    }
  }
  return {
    gram,
    likes,
    count: () => rows.length,
    vector: (row) => rows[row]!,
    put(row, vector) {
      upTo(row)
      addSquare(rows[row]!, -1)
      rows[row] = vector.slice()
      addSquare(vector, 1)
    },
    like(row, other, weight) {
      upTo(row)
      const own = likes[row]!
      const stronger = Math.max(weight, own.get(other) ?? 0)
      // The newest stands last.
      own.delete(other)
      own.set(other, stronger)
    },
  }
}

function openScratch(dims: number) {
  const [vector, residual, direction, product, wanted] = Array.from(
    { length: 5 },
    () => new Float64Array(dims),
  ) as [Float64Array, Float64Array, Float64Array, Float64Array, Float64Array] // As many as asked.

  /** (G + Σ α w o oᵀ + penalty) of `by`, into `product`. */
  const multiply = (
    by: Float64Array,
    likes: readonly (readonly [number, number])[],
    others: SideRows,
    penalty: number,
    alpha: number,
  ): void => {
    for (let i = 0; i < dims; i++) {
      let sum = penalty * by[i]!
      for (let j = 0; j < dims; j++) sum += others.gram[i * dims + j]! * by[j]!
      product[i] = sum
    }
    for (const [other, weight] of likes) {
      const row = others.vector(other)
      let dot = 0
      for (let k = 0; k < dims; k++) dot += row[k]! * by[k]!
      const scaled = alpha * weight * dot
      for (let k = 0; k < dims; k++) product[k]! += scaled * row[k]!
    }
  }

  return {
    solve(
      from: Float32Array,
      all: ReadonlyMap<number, number>,
      others: SideRows,
      penalty: number,
      alpha: number,
    ): Float32Array {
      const likes = [...all].slice(-likersMost)
      wanted.fill(0)
      for (const [other, weight] of likes) {
        const row = others.vector(other)
        for (let k = 0; k < dims; k++) wanted[k]! += (1 + alpha * weight) * row[k]!
      }
      vector.set(from)
      multiply(vector, likes, others, penalty, alpha)
      for (let k = 0; k < dims; k++) residual[k] = wanted[k]! - product[k]!
      direction.set(residual)
      let length = dotOf(residual, residual)
      for (let step = 0; step < steps && length > 1e-20; step++) {
        multiply(direction, likes, others, penalty, alpha)
        const rate = length / dotOf(direction, product)
        for (let k = 0; k < dims; k++) {
          vector[k]! += rate * direction[k]!
          residual[k]! -= rate * product[k]!
        }
        const next = dotOf(residual, residual)
        for (let k = 0; k < dims; k++) direction[k] = residual[k]! + (next / length) * direction[k]!
        length = next
      }
      return Float32Array.from(vector)
    },
  }
}

function dotOf(left: Float64Array, right: Float64Array): number {
  let sum = 0
  for (let k = 0; k < left.length; k++) sum += left[k]! * right[k]!
  return sum
}
