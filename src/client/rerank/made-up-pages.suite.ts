import { packVector } from '../../kernel/linear/packed-vector.ts'
import { type Random, seededRandom } from '../../kernel/random.ts'
import type { Rankable, RankablePage } from './reranker.ts'

export const dims = 8
export const footing = { alpha: 4, stiffness: 6 }

export interface MadeUpPage extends RankablePage<Rankable> {
  readonly items: readonly Rankable[]
  readonly vectors: NonNullable<RankablePage<Rankable>['vectors']>
}

/** A page whose items have these vectors (none where empty) and scores, best first unless told. */
export function pageOf(
  name: string,
  vectors: readonly (readonly number[])[],
  scores: readonly number[] = vectors.map((_, place) => 0.9 - place * 0.01),
  user: readonly number[] = new Array<number>(dims).fill(0),
): MadeUpPage {
  const wide = (numbers: readonly number[]): Float32Array => {
    const vector = new Float32Array(dims)
    vector.set(numbers)
    return vector
  }
  return {
    items: vectors.map((_, position) => ({
      ...{ id: `${name}${position}`, position, score: scores[position]! },
      token: `${name}.${position}`,
    })),
    vectors: {
      ...{ model: 'factors/1', dimension: dims, ...footing, weight: 4 },
      user: packVector(wide(user)),
      items: vectors.map((vector) => (vector.length === 0 ? '' : packVector(wide(vector)))),
    },
  }
}

export function randomPage(name: string, size: number, seed: string): MadeUpPage {
  const random = seededRandom(seed)
  const vectors = Array.from({ length: size }, () =>
    random.next() < 0.2 ? [] : randomNumbers(random),
  )
  return pageOf(
    name,
    vectors,
    vectors.map(() => random.next()),
    randomNumbers(random),
  )
}

export function randomNumbers(random: Random): number[] {
  return Array.from({ length: dims }, () => random.next() - 0.5)
}
