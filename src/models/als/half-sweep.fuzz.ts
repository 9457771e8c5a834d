import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { seededRandom } from '../../kernel/random.ts'
import { openArena } from '../../kernel/wasm/arena.ts'
import { roundings } from '../../kernel/wasm/kernel-module.ts'
import { openTeam } from '../../kernel/wasm/kernel-team.ts'
import { interactionsOf, transposed } from '../interactions.ts'
import { spread } from '../padded.ts'
import { halfSweepBytes, halfSweeps, placedSide, sideBytes, widthFor } from './half-sweep.ts'

const product = (left: readonly number[], right: readonly number[]): number =>
  left.reduce((sum, value, k) => sum + value * right[k]!, 0)

/** x after so many steps of conjugate gradient on A x = b, in double precision. */
function descended(A: number[][], b: number[], x: number[], steps: number): number[] {
  const times = (vector: number[]): number[] => A.map((row) => product(row, vector))
  let residual = times(x).map((value, k) => b[k]! - value)
  let direction = residual
  for (let step = 0; step < steps; step++) {
    const norm = product(residual, residual)
    if (norm < 1e-20) break
    const image = times(direction)
    const stride = norm / product(direction, image)
    x = x.map((value, k) => value + stride * direction[k]!)
    residual = residual.map((value, k) => value - stride * image[k]!)
    const share = product(residual, residual) / norm
    direction = residual.map((value, k) => value + share * direction[k]!)
  }
  return x
}

const cases = fc.record({
  userCount: fc.integer({ min: 1, max: 12 }),
  itemCount: fc.integer({ min: 1, max: 30 }),
  dims: fc.integer({ min: 1, max: 21 }),
  density: fc.double({ min: 0, max: 1, noNaN: true }),
  alpha: fc.double({ min: 0.1, max: 10, noNaN: true }),
  penalty: fc.double({ min: 0.1, max: 10, noNaN: true }),
  steps: fc.integer({ min: 1, max: 4 }),
  seed: fc.nat(1_000),
})

for (const rounding of roundings()) {
  test(`rows come nearer to their solution as in double precision (${rounding})`, async () => {
    const property = fc.asyncProperty(cases, async (given) => {
      const { userCount, itemCount, dims, density, alpha, penalty, steps, seed } = given
      const random = seededRandom(seed)
      const cells: [number, number, number][] = []
      for (let user = 0; user < userCount; user++) {
        for (let item = 0; item < itemCount; item++) {
          if (random.next() < density) cells.push([user, item, Math.fround(0.5 + random.next())])
        }
      }
      const matrix = interactionsOf(
        {
          users: Uint32Array.from(cells, ([user]) => user),
          items: Uint32Array.from(cells, ([, item]) => item),
          weights: Float32Array.from(cells, ([, , weight]) => weight),
        },
        { userCount, itemCount },
        'sum',
      )
      const normal = (count: number) =>
        Float32Array.from({ length: count }, () => random.next() - 0.5)
      const [X, Y] = [normal(userCount * dims), normal(itemCount * dims)]

      const width = widthFor(dims)
      const byItem = transposed(matrix)
      const sides = sideBytes(matrix, width) + sideBytes(byItem, width)
      const arena = openArena({ sizeBytes: sides + halfSweepBytes(width, 1), isShared: true })
      await using team = await openTeam({ arena, group: 'factors', threads: 1, rounding })
      const users = placedSide(arena, matrix, width, () => penalty)
      const items = placedSide(arena, byItem, width, () => penalty)
      spread(X, dims, users.vectors, width)
      spread(Y, dims, items.vectors, width)
      await halfSweeps({ arena, team, width, alpha }).solve(users, items, steps)

      const row = (vectors: Float32Array, at: number): number[] => [
        ...vectors.subarray(at * dims, (at + 1) * dims),
      ]
      const others = Array.from({ length: itemCount }, (_, item) => row(Y, item))
      for (let user = 0; user < userCount; user++) {
        const met = cells.filter(([whose]) => whose === user)
        const A = Array.from({ length: dims }, (_, i) =>
          Array.from({ length: dims }, (_, j) => {
            const all = others.reduce((sum, y) => sum + y[i]! * y[j]!, i === j ? penalty : 0)
            const more = (sum: number, [, item, w]: (typeof met)[0]): number =>
              sum + alpha * w * others[item]![i]! * others[item]![j]!
            return met.reduce(more, all)
          }),
        )
        const b = Array.from({ length: dims }, (_, i) =>
          met.reduce((sum, [, item, w]) => sum + (1 + alpha * w) * others[item]![i]!, 0),
        )
        const zeros = new Array<number>(dims).fill(0)
        const expected = met.length === 0 ? zeros : descended(A, b, row(X, user), steps)
        for (let k = 0; k < width; k++) {
          const found = users.vectors[user * width + k]!
          const value = expected[k] ?? 0
          const fault = Math.abs(found - value)
          assert.ok(fault <= 1e-4 * (1 + Math.abs(value)), `[${user}, ${k}] ${found}, not ${value}`)
        }
      }
    })
    await fc.assert(property, { numRuns: 100 })
  })
}
