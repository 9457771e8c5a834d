import assert from 'node:assert/strict'
import { test } from 'node:test'
import { seededRandom } from '../../kernel/random.ts'
import { Graph } from '../graph/graph.ts'
import { gather } from '../graph/ops/matrix.ts'
import { near } from '../graph/oracle/gradient-check.ts'
import { interpret } from '../graph/oracle/interpreter.ts'
import { sizeOf } from '../graph/tensor.ts'
import { sequencesOf } from '../sequences.ts'
import { packed } from './packs.ts'
import { attention } from './self-attention-network.ts'
import { type Filled, windowFiller } from './windows.ts'

const [length, dims, itemCount] = [7, 4, 9]
const sequences = sequencesOf([[1, 2, 3, 4], [5, 6, 7], [8, 0], [3]], itemCount)

/** The inputs of a step, as they are filled for rows of packs. */
function filled(of: typeof sequences, batch: number, rows: readonly number[]) {
  const arrays = new Map<string, Uint32Array | Float32Array>()
  const array = <Array>(name: string, made: Array & (Uint32Array | Float32Array)): Array => {
    if (!arrays.has(name)) arrays.set(name, made)
    return arrays.get(name) as Array & (Uint32Array | Float32Array)
  }
  const inputs: Filled = {
    ids: (name) => array(name, new Uint32Array(batch * length)),
    input: (name) => array(name, new Float32Array(batch * length * (name === 'mask' ? length : 1))),
  }
  const plan = { sequences: of, packs: packed(of, length), length, draws: false }
  windowFiller(plan, inputs)(Uint32Array.from(rows), seededRandom(1))
  return (name: string) => [...arrays.get(name)!]
}

/** What the network finds for each place, in double precision. */
function statesOf(given: (name: string) => readonly number[], batch: number) {
  const graph = new Graph({ batch, training: false })
  const [items, offsets] = [
    graph.input('items', [itemCount + 1, dims]),
    graph.input('offsets', [length, dims]),
  ]
  const ids = (name: string) => graph.input(name, [batch, length], { type: 'int64' })
  const states = attention(
    {
      vectors: gather(items, ids('past')),
      places: gather(offsets, ids('places')),
      mask: graph.input('mask', [batch, 1, length, length]),
    },
    { length, dims, blocks: 2, heads: 2 },
  )
  const random = seededRandom('weights')
  const values = new Map<string, ArrayLike<number>>(
    ['past', 'places', 'mask'].map((name) => [name, given(name)]),
  )
  for (const tensor of [items, offsets, ...graph.parameters.map((each) => each.tensor)])
    values.set(
      tensor.name,
      Array.from({ length: sizeOf(tensor.shape) }, () => random.next() - 0.5),
    )
  return interpret(graph, values)(states)
}

test('a row holds several sequences, each with its places, and what came next', () => {
  const given = filled(sequences, 2, [0])
  assert.deepEqual(given('past'), [2, 3, 4, 6, 7, 9, 0, ...Array(7).fill(0)])
  assert.deepEqual(given('next'), [3, 4, 5, 7, 8, 1, 0, ...Array(7).fill(0)])
  // The newest stands last, whatever the length.
  assert.deepEqual(given('places'), [4, 5, 6, 5, 6, 6, 0, ...Array(7).fill(0)])
  const sixth = Math.fround(1 / 6)
  assert.deepEqual(given('weights'), [...Array(6).fill(sixth), ...Array(8).fill(0)])
})

test('who shares a row sees nothing of the others', () => {
  const together = statesOf(filled(sequences, 1, [0]), 1)
  let start = 0
  for (const row of [
    [1, 2, 3, 4],
    [5, 6, 7],
    [8, 0],
  ]) {
    const size = row.length - 1
    const alone = statesOf(filled(sequencesOf([row], itemCount), 1, [0]), 1)
    const own = together.slice(start * dims, (start + size) * dims)
    near(own, alone.slice(0, size * dims), 1e-12, `sequence [${row}]`)
    start += size
  }
})
