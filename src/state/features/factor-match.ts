import { dot } from '../../kernel/linear/dot.ts'
import type { Feature } from './feature.ts'
import type { PerRequest } from './per-request.ts'
import { tasteNeeds } from './taste.ts'
import type { UserVector } from './user-vector.ts'

/** The preference that the factors expect. `user` is made by `userVector`. */
export function factorMatch(user: PerRequest<UserVector | undefined>): Feature {
  return {
    name: 'factor-match',
    absent: 0,
    description: "Inner product of the user's and the item's factors",
    needs: tasteNeeds,
    fill(context, { items: rowItems }, known, out) {
      const folded = user(context, known)
      if (folded === undefined) return
      const { factors, vector } = folded
      const { dims, itemCount, items } = factors
      for (let row = 0; row < rowItems.length; row++) {
        const item = rowItems[row]!
        if (item < itemCount) out[row] = dot(items, item * dims, vector, 0, dims)
      }
    },
  }
}
