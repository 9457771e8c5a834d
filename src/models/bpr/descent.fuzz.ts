import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type Random, seededRandom } from '../../kernel/random.ts'
import { openArena } from '../../kernel/wasm/arena.ts'
import { roundings } from '../../kernel/wasm/kernel-module.ts'
import { openTeam } from '../../kernel/wasm/kernel-team.ts'
import { type Interactions, interactionsOf } from '../interactions.ts'
import { type DescentOptions, descentBytes, type Objective, openDescent } from './descent.ts'

/** The chance of the kernels, written out with whole numbers of any size. */
function chanceFrom(random: Random): (bound: number) => number {
  const [low, high] = [random.below(2 ** 32), random.below(2 ** 32) | 1]
  let state = BigInt(low) | (BigInt(high >>> 0) << 32n)
  const cut = (value: bigint): bigint => BigInt.asUintN(64, value)
  return (bound) => {
    state ^= state >> 12n
    state = cut(state ^ (state << 25n))
    state ^= state >> 27n
    return Number(((cut(state * 0x2545f4914f6cdd1dn) >> 32n) * BigInt(bound)) >> 32n)
  }
}

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x))
const product = (left: readonly number[], right: readonly number[]): number =>
  left.reduce((sum, value, k) => sum + value * right[k]!, 0)

interface Pass extends DescentOptions {
  readonly matrix: Interactions
  readonly users: number[][]
  readonly items: number[][]
  readonly rate: number
  readonly below: (bound: number) => number
}

/** A user, and the items of every so many of their cells. */
interface Segment {
  readonly user: number
  readonly cells: readonly number[]
}

/** Up to eight cells each, as far from each other as they can be, in the order of chance. */
function segmentsOf({ starts, columns }: Interactions, order: Random): readonly Segment[] {
  const segments = [0, 1].flatMap((user): Segment[] => {
    const met = [...columns.subarray(starts[user], starts[user + 1])]
    const count = Math.ceil(met.length / 8)
    return Array.from({ length: count }, (_, first) => ({
      user,
      cells: met.filter((_, place) => place % count === first),
    }))
  })
  for (let place = segments.length - 1; place > 0; place--) {
    const other = order.below(place + 1)
    ;[segments[place], segments[other]] = [segments[other]!, segments[place]!]
  }
  return segments
}

/** The steps that the papers write, for one user. */
function stepsOf({ matrix, users, items, dims, rate, below, ...given }: Pass, user: number) {
  const keep = 1 - rate * given.regularization
  const once = [...new Set(matrix.columns)].sort((one, other) => one - other)
  const pool = given.sampling === 'popularity' ? [...matrix.columns] : once
  const drawn = (): number => pool[below(pool.length)]!
  const columns = matrix.columns.subarray(matrix.starts[user], matrix.starts[user + 1])
  const x = users[user]!
  const moved = (vector: number[], by: readonly number[], pull: number, at1: number): void => {
    for (const [k, value] of vector.entries()) vector[k] = keep * value + pull * by[k]!
    vector[at1] = 1
  }
  const point = (y: number[], pull: number): void => {
    const before = [...x]
    moved(x, y, pull, dims)
    moved(y, before, pull, dims + 1)
  }
  const pair = (y: number[], z: number[], pull: number): void => {
    const before = [...x]
    const apart = y.map((value, k) => value - z[k]!)
    moved(x, apart, pull, dims)
    moved(y, before, pull, dims + 1)
    moved(z, before, -pull, dims + 1)
  }
  return { drawn, columns, x, point, pair }
}

/** Pairwise, the cells of up to four segments side by side: pulls are those of before all steps. */
function walked(pass: Pass, segments: readonly Segment[]): void {
  const { items, rate } = pass
  const lines = segments.map(({ user, cells }) => ({ ...stepsOf(pass, user), cells, next: -1 }))
  const most = Math.max(...lines.map(({ cells }) => cells.length))
  for (let place = 0; place < most; place++) {
    const steps = lines.flatMap((line) => {
      const { columns, cells, drawn, x, pair } = line
      if (place >= cells.length) return []
      const other = place === 0 ? drawn() : line.next
      line.next = drawn()
      if (columns.includes(other)) return []
      const [y, z] = [items[cells[place]!]!, items[other]!]
      const pull = rate * sigmoid(product(x, z) - product(x, y))
      return [() => pair(y, z, pull)]
    })
    for (const step of steps) step()
  }
}

/** Pointwise, or by WARP: one segment after the other. */
function passed(pass: Pass, { user, cells }: Segment): void {
  const { items, objective, negatives, rate } = pass
  const { drawn, columns, x, point, pair } = stepsOf(pass, user)
  for (const cell of cells) {
    const y = items[cell]!
    if (objective === 'pointwise') {
      point(y, rate * sigmoid(-product(x, y)))
      for (let draw = 0; draw < negatives; draw++) {
        const other = drawn()
        if (columns.includes(other)) continue
        point(items[other]!, -rate * sigmoid(product(x, items[other]!)))
      }
    } else {
      const bar = product(x, y) - 1
      for (let draw = 0; draw < negatives; draw++) {
        const other = drawn()
        if (product(x, items[other]!) <= bar || columns.includes(other)) continue
        const rank = Math.floor((items.length - 1) / (draw + 1))
        pair(y, items[other]!, rate * Math.log(1 + Math.max(1, rank)))
        break
      }
    }
  }
}

const cases = fc.record({
  objective: fc.constantFrom<Objective>('pairwise', 'pointwise', 'warp'),
  sampling: fc.constantFrom('uniform' as const, 'popularity' as const),
  itemCount: fc.integer({ min: 1, max: 20 }),
  met: fc.array(fc.nat(19), { minLength: 1, maxLength: 12 }),
  metByOther: fc.array(fc.nat(19), { minLength: 1, maxLength: 12 }),
  dims: fc.integer({ min: 1, max: 15 }),
  negatives: fc.integer({ min: 1, max: 5 }),
  rate: fc.constantFrom(0.01, 0.1, 0.5),
  regularization: fc.constantFrom(0, 0.1),
  seed: fc.nat(1_000),
})

for (const rounding of roundings()) {
  test(`a pass moves vectors as the papers write it (${rounding})`, async () => {
    const property = fc.asyncProperty(cases, async (given) => {
      const { dims, rate, seed } = given
      const { itemCount } = given
      const cells = [given.met, given.metByOther].flatMap((met, user) =>
        met.map((item) => [user, item % itemCount] as const),
      )
      const [users, items] = [0, 1].map((k) => Uint32Array.from(cells, (cell) => cell[k]!))
      const shape = { userCount: 2, itemCount }
      const matrix = interactionsOf({ users: users!, items: items! }, shape, 'max')
      const sizeBytes = descentBytes(matrix, given, 1)
      const arena = openArena({ sizeBytes, isShared: true })
      await using team = await openTeam({ arena, group: 'factors', threads: 1, rounding })
      const random = seededRandom(seed)
      const descent = openDescent({ arena, team }, matrix, given, random)
      const begin = seededRandom('begin')
      for (const vectors of [descent.users, descent.items]) {
        for (let start = 0; start < vectors.length; start += descent.width) {
          for (let k = 0; k < dims; k++) vectors[start + k] = begin.next() - 0.5
        }
      }
      const rows = (vectors: Float32Array): number[][] =>
        Array.from({ length: vectors.length / descent.width }, (_, row) => [
          ...vectors.subarray(row * descent.width, (row + 1) * descent.width),
        ])
      const expected = { users: rows(descent.users), items: rows(descent.items) }
      const below = chanceFrom(seededRandom(seed))
      const pass = { ...given, matrix, ...expected, below }
      const segments = segmentsOf(matrix, seededRandom(seed).fork('order'))
      if (given.objective === 'pairwise') walked(pass, segments)
      else for (const segment of segments) passed(pass, segment)
      await descent.pass(rate)
      for (const side of ['users', 'items'] as const) {
        for (const [place, value] of expected[side].flat().entries()) {
          const found = descent[side][place]!
          assert.ok(Math.abs(found - value) < 1e-4, `${side}[${place}] ${found}, not ${value}`)
        }
      }
    })
    await fc.assert(property, { numRuns: 300 })
  })
}
