import { parseArgs } from 'node:util'
import { rowProducts } from '../../../src/kernel/linear/row-products.ts'
import { seededRandom } from '../../../src/kernel/random.ts'
import { openArena } from '../../../src/kernel/wasm/arena.ts'
import { descentKernels } from '../../../src/kernel/wasm/descent-kernels.ts'
import { rowKernels } from '../../../src/kernel/wasm/row-kernels.ts'
import { searchKernels } from '../../../src/kernel/wasm/search-kernels.ts'
import { treeKernels } from '../../../src/kernel/wasm/tree-kernels.ts'
import { cpuUs } from '../../harness/cpu.ts'
import { interleaved, median, medianRatio } from '../../harness/rounds.ts'
import * as plain from './plain.ts'

/** Each kernel beside the same loop in plain TypeScript, in turns: ns of CPU per number. */
const { values } = parseArgs({ options: { quick: { type: 'boolean', default: false } } })
const roundCount = values.quick ? 3 : 9

const random = seededRandom('kernels')
const arena = openArena({ sizeBytes: 200e6 })
const [rows, descent] = [rowKernels(arena), descentKernels(arena)]
const [trees, search] = [treeKernels(arena), searchKernels(arena)]

const noise = (length: number): Float32Array => {
  const numbers = arena.float32(length)
  for (let place = 0; place < length; place++) numbers[place] = random.next() - 0.5
  return numbers
}

const [width, rowCount, idCount] = [16, 100_000, 20_000]
const [left, right] = [noise(1_000_000), noise(1_000_000)]
const table = { values: noise(rowCount * width), width }
const picked = { ids: arena.uint32(idCount), rows: noise(idCount * width) }
// Each once: a stride that has nothing in common with the number of rows.
for (let place = 0; place < idCount; place++) picked.ids[place] = (place * 7_919) % rowCount
const squares = arena.float32(table.values.length).fill(1)
const moments = { first: arena.float32(left.length), second: arena.float32(left.length) }
const binned = { bins: arena.uint8(100_000 * 30), featureCount: 30 }
for (let at = 0; at < binned.bins.length; at++) binned.bins[at] = random.below(256)
const all = arena.uint32(100_000)
for (let row = 0; row < all.length; row++) all[row] = row
const pairs = noise(200_000)
const histogram = arena.float64(trees.histogramLength(30))
const [query, products] = [noise(64), arena.float32(15_000)]
const vectors = left.subarray(0, 15_000 * 64)

interface Line {
  readonly name: string
  /** Numbers that are computed with. */
  readonly count: number
  readonly kernel: () => unknown
  readonly plain: () => unknown
}

const lines: readonly Line[] = [
  {
    ...{ name: 'dot', count: left.length },
    kernel: () => rows.dot(left, right),
    plain: () => plain.dot(left, right),
  },
  {
    ...{ name: 'axpy', count: left.length },
    kernel: () => rows.axpy(0.001, left, right),
    plain: () => plain.axpy(0.001, left, right),
  },
  {
    ...{ name: 'gather, rows of 16', count: picked.rows.length },
    kernel: () => rows.gather(table, picked.ids, picked.rows),
    plain: () => plain.gather(table.values, width, picked.ids, picked.rows),
  },
  {
    ...{ name: 'Adam', count: left.length },
    kernel: () => descent.adam(right, left, moments, { rate: 0.001, step: 9 }),
    plain: () => plain.adam(right, left, moments.first, moments.second, 9),
  },
  {
    ...{ name: 'Adagrad, rows of 16', count: picked.rows.length },
    kernel: () => descent.adagradRows(table, picked, squares, { rate: 0.01 }),
    plain: () => plain.adagradRows(table.values, width, picked.ids, picked.rows, squares),
  },
  {
    ...{ name: 'histogram of 30 features', count: all.length * 30 },
    kernel: () => trees.addHistogram(binned, all, pairs, histogram),
    plain: () => plain.addHistogram(binned.bins, 30, all, pairs, histogram),
  },
  {
    ...{ name: 'products with 15,000 × 64', count: vectors.length },
    kernel: () => search.productsOf(query, vectors, products),
    plain: () => rowProducts(vectors, 64, query),
  },
]

const nanoseconds = (work: () => unknown, count: number) => async (): Promise<number> => {
  const begun = cpuUs()
  for (let time = 0; time < 10; time++) work()
  return ((cpuUs() - begun) * 1_000) / count / 10
}

for (const line of lines) {
  const sides = {
    kernel: nanoseconds(line.kernel, line.count),
    plain: nanoseconds(line.plain, line.count),
  }
  await interleaved(sides, 1)
  const { kernel, plain: typescript } = await interleaved(sides, roundCount)
  const [ours, theirs] = [median(kernel).toFixed(2), median(typescript).toFixed(2)]
  const times = medianRatio(typescript, kernel).toFixed(1)
  process.stdout.write(
    `${line.name.padEnd(26)} ${ours} ns, ${theirs} in plain TypeScript: ${times} × as fast\n`,
  )
}
