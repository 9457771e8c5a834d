import { rowProducts } from '../../../src/kernel/linear/row-products.ts'
import { expectedNdcg, tiedRanks } from '../../../src/models/evaluation/tied-rank.ts'
import type { Learned } from './contestants.ts'
import type { Planted } from './planted.ts'

/** NDCG@20 of what was held out, all items ranked but those learned from; over some users. */
export function ndcgOf({ width, users, items }: Learned, world: Planted, usersMax: number): number {
  const { starts, columns } = world.train
  let [sum, count] = [0, 0]
  const step = Math.max(1, Math.floor(world.held.length / usersMax))
  for (let user = 0; user < world.held.length; user += step) {
    const targets = world.held[user]!
    if (targets.length === 0) continue
    const scores = rowProducts(items, width, users.subarray(user * width, (user + 1) * width))
    for (const item of columns.subarray(starts[user], starts[user + 1])) {
      scores[item] = Number.NEGATIVE_INFINITY
    }
    sum += expectedNdcg(tiedRanks(scores, targets), 20)
    count++
  }
  return sum / count
}
