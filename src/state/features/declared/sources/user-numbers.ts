import type { Action } from '../../../../events/event.ts'
import { profile } from '../../../profile/profile-fold.ts'
import { users } from '../../../projections/users.ts'
import { careNeeds, caresOf } from '../../interests/cares-of.ts'
import { tasteNeeds, tasteOf } from '../../taste.ts'
import { figureOf } from './figures.ts'
import { fusionsNeed } from './fusions.ts'
import { ratedNeeds, ratedOf } from './rated.ts'
import type { NumberSource } from './source.ts'
import type { ColumnGround, FusionOf, NumberReader } from './source-reader.ts'

type Of<From extends NumberSource['from']> = Extract<NumberSource, { readonly from: From }>

const ofUser = { gives: 'numbers', count: 1, isShared: true, isOfRecord: false } as const

export function userRatings({ figure, last }: Of<'user-ratings'>): NumberReader {
  return {
    ...ofUser,
    needs: ratedNeeds,
    read(context, _rows, known, out) {
      const values = ratedOf(context, known).slice(0, last)
      out[0] = figureOf(
        figure,
        values.map(({ value }) => value),
      )
    },
  }
}

export function userRatedNumber(
  { catalogue }: ColumnGround,
  { attribute, figure, last }: Of<'user-rated-number'>,
): NumberReader {
  return {
    ...ofUser,
    needs: ratedNeeds,
    read(context, _rows, known, out) {
      const numbers = catalogue.numbers(attribute)
      const values = ratedOf(context, known)
        .slice(0, last)
        .map(({ item }) => numbers?.[item] ?? Number.NaN)
      out[0] = figureOf(
        figure,
        values.filter((value) => !Number.isNaN(value)),
      )
    },
  }
}

export function userDeedCount({ of }: Of<'user-deeds'>, fusionOf: FusionOf): NumberReader {
  return {
    ...ofUser,
    needs: ({ user }) => [{ projection: profile, key: user }, ...fusionsNeed],
    read({ user }, _rows, known, out) {
      const counts = known.get(profile, user)?.statistics?.actions ?? {}
      let sum = 0
      for (const [action, weight] of Object.entries(fusionOf(of, known)))
        sum += weight * (counts[action as Action] ?? 0) // Other keys are refused by `checkSet`.
      out[0] = Math.max(0, sum)
    },
  }
}

export function userNumber({ attribute }: Of<'user-number'>): NumberReader {
  return {
    ...ofUser,
    needs: ({ user }) => [{ projection: users, key: user }],
    read({ user }, _rows, known, out) {
      const value = known.get(users, user)?.attributes[attribute]
      if (value !== undefined && 'number' in value) out[0] = value.number
      if (value !== undefined && 'time' in value) out[0] = value.time
    },
  }
}

export function userInterests({ attribute, count }: Of<'user-interests'>): NumberReader {
  return {
    ...ofUser,
    count,
    needs: careNeeds,
    read(context, _rows, known, out) {
      const byTag = new Map<string, number>()
      for (const care of caresOf(context, known).lasting) {
        if (care.attribute !== attribute) continue
        // A page without a channel shows items of all of them.
        if (context.channel !== '' && care.channel !== context.channel) continue
        byTag.set(care.tag, (byTag.get(care.tag) ?? 0) + care.weight)
      }
      const weights = [...byTag.values()].filter((weight) => weight > 0).sort((a, b) => b - a)
      for (const [place, weight] of weights.slice(0, count).entries()) out[place] = weight
    },
  }
}

/**
 * What the user disliked is not averaged in, and what has no vector neither counts nor divides.
 */
export function likedVector(
  { catalogue }: ColumnGround,
  { attribute, last }: Of<'liked-vector'>,
): NumberReader {
  return {
    ...{ ...ofUser, isShared: false },
    needs: tasteNeeds,
    read(context, { items }, known, out) {
      const vectors = catalogue.vectors(attribute)
      if (vectors === undefined) return
      const { data, dimensions } = vectors
      const mean = new Float64Array(dimensions)
      const liked = tasteOf(context, known)
        .positives.slice(0, last)
        .filter(({ item }) => vectors.has(item))
      if (liked.length === 0) return
      for (const { item } of liked)
        for (let place = 0; place < dimensions; place++)
          mean[place]! += data[item * dimensions + place]! / liked.length
      for (let row = 0; row < items.length; row++) {
        const item = items[row]!
        if (vectors.has(item)) out[row] = cosine(mean, data, item * dimensions)
      }
    },
  }
}

/** NaN where either has no length. */
function cosine(one: Float64Array, other: Float32Array, start: number): number {
  let [product, ones, others] = [0, 0, 0]
  for (let place = 0; place < one.length; place++) {
    const [a, b] = [one[place]!, other[start + place]!]
    product += a * b
    ones += a * a
    others += b * b
  }
  return product / Math.sqrt(ones * others)
}
