/**
 * How much learning from each like at once is worth: over the last fifth of MovieLens (small), the
 * factors of its beginning, the same kept up like by like, and factors learned anew from all that
 * came before each part. Run it with: node --import tsx bench/online/factors.ts
 */
import { readFile } from 'node:fs/promises'
import { seededRandom } from '../../src/kernel/random.ts'
import { topK } from '../../src/kernel/top-k.ts'
import { fitIals } from '../../src/models/als/ials.ts'
import { bootstrapInterval } from '../../src/models/evaluation/bootstrap.ts'
import { ndcgAt } from '../../src/models/evaluation/ranked-list.ts'
import { interactionsOf } from '../../src/models/interactions.ts'
import type { HistoryModel } from '../../src/models/model.ts'
import { onlineFactors } from '../../src/models/online/online-factors.ts'
import { cpuUs } from '../harness/cpu.ts'

const file = process.argv[2] ?? '../shared/data/ml-latest-small/ratings.csv'
const penalty = { regularization: 0.04, frequencyPower: 1, alpha: 4 }
const options = { ...penalty, dims: 32, sweeps: 10, seed: 1 }
const [beginShare, partCount] = [0.8, 8]

const text = await readFile(file, 'utf8')
const userIds = new Map<string, number>()
const itemIds = new Map<string, number>()
const numberOf = (ids: Map<string, number>, id: string): number => {
  const number = ids.get(id) ?? ids.size
  ids.set(id, number)
  return number
}
const likes = text
  .trim()
  .split(/\r?\n/)
  .slice(1)
  .map((line) => line.split(','))
  .filter(([, , rating]) => Number(rating) >= 4)
  .sort((one, other) => Number(one[3]) - Number(other[3]))
  .map(([user, item]) => [numberOf(userIds, user!), numberOf(itemIds, item!)] as const)
const begin = Math.floor(likes.length * beginShare)
const cellsOf = (upTo: number) => ({
  users: Uint32Array.from({ length: upTo }, (_, cell) => likes[cell]![0]),
  items: Uint32Array.from({ length: upTo }, (_, cell) => likes[cell]![1]),
})
const shape = { userCount: userIds.size, itemCount: itemIds.size }
const cpuMs = (): number => cpuUs() / 1_000
const fitted = (upTo: number) => fitIals(interactionsOf(cellsOf(upTo), shape, 'max'), options)

const first = await fitted(begin)
const known = cellsOf(begin)
let startMs = cpuMs()
const weights = new Float32Array(begin).fill(1)
const online = onlineFactors({ ...penalty, model: first, ...known, weights })
const openMs = cpuMs() - startMs

const figures: Record<'at first' | 'like by like' | 'anew', number[]> = {
  ...{ 'at first': [], 'like by like': [], anew: [] },
}
const spentMs = { 'like by like': 0, anew: 0 }
for (let part = 0; part < partCount; part++) {
  const [from, to] = [0, 1].map((more) =>
    Math.floor(begin + ((likes.length - begin) * (part + more)) / partCount),
  ) as [number, number] // Two numbers, as asked.
  startMs = cpuMs()
  const anew = await fitted(from)
  spentMs.anew += cpuMs() - startMs
  const targets = new Map<number, Set<number>>()
  for (const [user, item] of likes.slice(from, to)) {
    targets.set(user, (targets.get(user) ?? new Set()).add(item))
  }
  const before = new Map<number, number[]>()
  for (const [user, item] of likes.slice(0, from)) {
    before.set(user, [...(before.get(user) ?? []), item])
  }
  const judge = (model: HistoryModel): number[] =>
    [...targets].flatMap(([user, wanted]) => {
      const history = before.get(user) ?? []
      const met = new Set(history)
      const unmet = new Set([...wanted].filter((item) => !met.has(item)))
      if (history.length === 0 || unmet.size === 0) return []
      const ones = new Float32Array(history.length).fill(1)
      const scores = model.score(Uint32Array.from(history), ones)
      return [
        ndcgAt(
          topK(scores, 20, (item) => !met.has(item)),
          unmet,
          20,
        ),
      ]
    })
  figures['at first'].push(...judge(first))
  figures['like by like'].push(...judge(online.model(shape.itemCount)))
  figures.anew.push(...judge(anew))
  startMs = cpuMs()
  for (const [user, item] of likes.slice(from, to)) online.learn(user, item, 1)
  spentMs['like by like'] += cpuMs() - startMs
}
console.log(
  `${likes.length} likes, the last ${likes.length - begin} in ${partCount} parts; NDCG@20`,
)
for (const [name, values] of Object.entries(figures)) {
  const { mean, low, high } = bootstrapInterval(values, { random: seededRandom('online') })
  console.log(`  ${name.padEnd(14)} ${mean.toFixed(4)} [${low.toFixed(4)}, ${high.toFixed(4)}]`)
}
const perLike = spentMs['like by like'] / (likes.length - begin)
console.log(
  `CPU: ${perLike.toFixed(2)} ms a like (${openMs.toFixed(0)} ms to begin), ` +
    `${(spentMs.anew / partCount).toFixed(0)} ms to learn anew`,
)
