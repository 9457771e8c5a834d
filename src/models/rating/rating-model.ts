import { StarlingError } from '../../error.ts'
import type { Rater, Ratings } from '../evaluation/formats/ratings-data.ts'
import type { Artifact, Model } from '../model.ts'
import { joinWeights, readArtifact } from '../weights.ts'
import { type RowIndex, userRowOf } from './sides.ts'

/** A model that tells how many stars somebody would give. */
export interface RatingModel extends Model, Rater {
  rate(rows: Omit<Ratings, 'values'>): Float32Array
}

/** base + what the two rows are worth alone + the product of their vectors, within the range. */
export interface RatingParts {
  readonly rows: RowIndex
  /** Of the vectors. */
  readonly width: number
  readonly base: number
  readonly users: RatedRows
  readonly items: RatedRows
  /** Stars that were given, the fewest and the most: no other is foretold. */
  readonly least: number
  readonly most: number
}

/** By row: what it is worth alone, and its vector. */
export interface RatedRows {
  readonly worths: Float64Array
  readonly vectors: Float32Array
}

const kind = 'rating-factors'

export function ratingModel(parts: RatingParts): RatingModel {
  const { rows: index, width, base, users, items, least, most } = parts
  return {
    kind,
    rate({ users: given, items: rated, times }) {
      return Float32Array.from(given, (user, row) => {
        const item = rated[row]!
        let stars = base
        const userRow = user < index.userCount ? userRowOf(index, user, times[row]!) : -1
        const itemRow = item < index.itemCount ? item : -1
        if (userRow >= 0) stars += users.worths[userRow]!
        if (itemRow >= 0) stars += items.worths[itemRow]!
        if (userRow >= 0 && itemRow >= 0) {
          const [from, other] = [userRow * width, itemRow * width]
          for (let k = 0; k < width; k++) {
            stars += users.vectors[from + k]! * items.vectors[other + k]!
          }
        }
        return Math.min(most, Math.max(least, stars))
      })
    },
    save() {
      const { userCount, itemCount, userDays } = index
      const counts = { userCount, itemCount, dayCount: userDays.length }
      return {
        header: { kind, ...counts, width, base, least, most },
        weights: joinWeights([
          ...[userDays, users.worths, items.worths],
          ...[users.vectors, items.vectors],
        ]),
      }
    },
  }
}

/** Throws `failed_precondition` for another kind, and `data_loss` where the bytes don't fit. */
export function loadRating(artifact: Artifact): RatingModel {
  const reader = readArtifact(artifact, kind)
  const [userCount, itemCount] = [reader.count('userCount'), reader.count('itemCount')]
  const [dayCount, width] = [reader.count('dayCount'), reader.count('width')]
  const [base, least, most] = ['base', 'least', 'most'].map((entry) => reader.number(entry)) as [
    number,
    number,
    number,
  ]
  const userRows = userCount + dayCount
  const userDays = reader.float64(dayCount)
  const [userWorths, itemWorths] = [reader.float64(userRows), reader.float64(itemCount)]
  const users = { worths: userWorths, vectors: reader.float32(userRows * width) }
  const items = { worths: itemWorths, vectors: reader.float32(itemCount * width) }
  reader.end()
  if (!(least <= most)) throw new StarlingError('data_loss', `saved model of kind "${kind}"`)
  const rows = { userCount, itemCount, userDays }
  return ratingModel({ rows, width, base, users, items, least, most })
}
