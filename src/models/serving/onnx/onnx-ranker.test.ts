import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, describe, it } from 'node:test'
import type { Json } from '../../../events/event.ts'
import { seededRandom } from '../../../kernel/random.ts'
import { readManifest } from '../manifest.ts'
import { servableRanker } from '../servable-ranker.ts'
import { type FileSpec, mlpFile, onnxFile } from './onnx-file.suite.ts'
import { loadOnnxRanker, openOnnxRanker } from './onnx-ranker.ts'
import { scoringThread } from './scoring-thread.ts'

const folder = new URL('../../../../test/golden/onnx/', import.meta.url)
const model = readFileSync(new URL('embedding-mlp.onnx', folder))
const declared = JSON.parse(readFileSync(new URL('embedding-mlp.manifest.json', folder), 'utf8'))
const recorded = JSON.parse(readFileSync(new URL('embedding-mlp.rows.json', folder), 'utf8')) as {
  readonly user_id: number[]
  readonly movie_id: number[]
  readonly dense: number[][]
  readonly score: number[]
}

const thread = scoringThread()
after(() => thread[Symbol.asyncDispose]())

const open = async (file: Uint8Array, manifest: unknown) => {
  const ranker = await openOnnxRanker(file, readManifest(manifest), thread)
  const { features } = ranker.manifest
  return servableRanker({ ranker, features, close: ranker.close })
}

const words = [undefined, 11, 22, 33, 44, 55] as const
const asked = {
  rowCount: recorded.score.length,
  columns: new Map<string, Float32Array | number[]>([
    // The id 0 of the network is that of users it does not know; nobody's word is 7.
    ['userId', recorded.user_id.map((id) => words[id] ?? 7)],
    ['movieId', recorded.movie_id],
    ['dense', Float32Array.from(recorded.dense.flat())],
  ]),
}

describe('a network that PyTorch exported', () => {
  it('scores rows as PyTorch does, users it never saw among them', async () => {
    const served = await open(model, declared)
    const [scores] = await served.predict(asked)
    assert.equal(scores!.length, 12)
    for (const [row, expected] of recorded.score.entries()) {
      assert.ok(Math.abs(scores![row]! - expected) < 1e-5, `row ${row}`)
    }
    await served.close()
  })

  it('is the same after it was saved', async () => {
    const first = await openOnnxRanker(model, readManifest(declared), thread)
    const again = await loadOnnxRanker(first.save(), thread)
    const rows = {
      rowCount: 2,
      columns: new Map<string, Float32Array | Uint32Array>([
        ['userId', Uint32Array.of(3)],
        ['movieId', Uint32Array.of(1, 9)],
        ['dense', Float32Array.of(1, 2, 3)],
      ]),
    }
    assert.deepEqual(await again.predict(rows), await first.predict(rows))
    await assert.rejects(loadOnnxRanker({ ...first.save(), header: { kind: 'ials' } }, thread), {
      code: 'failed_precondition',
    })
  })

  it('takes what tells of the user once for all rows, and what is left out as declared', async () => {
    const served = await open(model, declared)
    const movies = [4, 8, 0]
    const spread = await served.predict({
      rowCount: 3,
      columns: new Map<string, Float32Array | number[]>([
        ['userId', [22, 22, 22]],
        ['movieId', movies],
        ['dense', new Float32Array(9)],
      ]),
    })
    const once = await served.predict({
      rowCount: 3,
      columns: new Map([
        ['userId', [22]],
        ['movieId', movies],
      ]),
    })
    assert.deepEqual(once, spread)
  })

  it('refuses what is not of its signature, and says where', async () => {
    const served = await open(model, declared)
    const predict = (columns: [string, (number | string)[]][]) =>
      served.predict({ rowCount: 2, columns: new Map(columns) })
    const cases: [[string, (number | string)[]][], RegExp][] = [
      [[['movieId', [1, 2]]], /userId is missing/],
      [[['userId', [11, 22, 33]]], /userId 3 values were given where there must be 2 values, or 1/],
      [
        [
          ['userId', [11]],
          ['age', [3]],
        ],
        /age is no input of the model; there are userId, movieId/,
      ],
      [
        [
          ['userId', [11]],
          ['dense', ['a', 1, 2]],
        ],
        /dense\[0\] "a" must be a number/,
      ],
    ]
    for (const [columns, message] of cases) {
      await assert.rejects(predict(columns), { code: 'invalid_argument', message })
    }
  })
})

const mlp = (widths: readonly number[]) => {
  const random = seededRandom('weights')
  return mlpFile(widths, () => random.next() - 0.5)
}
const denseManifest = (length: number): Json => ({
  inputs: { x: { length } },
  outputs: { y: { scalar: true } },
})

it('a long run happens in a thread of its own, and gives the same numbers', async () => {
  const served = await open(mlp([256, 512, 512, 1]), denseManifest(256))
  const random = seededRandom('rows')
  const values = Float32Array.from({ length: 256 * 1_000 }, () => random.next())
  const [together] = await served.predict({ rowCount: 1_000, columns: new Map([['x', values]]) })
  for (const row of [0, 123, 999]) {
    const own = values.slice(row * 256, (row + 1) * 256)
    const [alone] = await served.predict({ rowCount: 1, columns: new Map([['x', own]]) })
    assert.ok(Math.abs(alone![0]! - together![row]!) < 1e-4)
  }
  // Loads in the thread wait for one another; what is closed there is let go of.
  await served.close()
})

it('the event loop goes on while a long run is under way', async () => {
  const served = await open(mlp([256, 512, 512, 1]), denseManifest(256))
  const columns = new Map([['x', new Float32Array(256 * 4_000)]])
  await served.predict({ rowCount: 4_000, columns })
  let ticks = 0
  const timer = setInterval(() => ticks++, 1)
  await served.predict({ rowCount: 4_000, columns })
  clearInterval(timer)
  assert.ok(ticks > 3, `${ticks} ticks`)
  await served.close()
})

const valued: FileSpec = {
  nodes: [{ operator: 'Identity', inputs: ['x'], outputs: ['y'] }],
  inputs: [{ name: 'x', type: 'float32', shape: ['rows', 3] }],
  outputs: [{ name: 'y', type: 'float32', shape: ['rows', 3] }],
}

describe('features and tensors', () => {
  it('share a tensor by columns, and heads an output', async () => {
    const served = await open(onnxFile(valued), {
      inputs: { age: { input: 'x', column: 0 }, rest: { input: 'x', column: 1, length: 2 } },
      outputs: {
        last: { output: 'y', column: 2 },
        chance: { output: 'y', column: 0, activation: 'softmax' },
      },
    })
    const columns = new Map([
      ['age', Float32Array.of(1, 0)],
      ['rest', Float32Array.of(2, 3, 0, 0)],
    ])
    const [last, chance] = await served.predict({ rowCount: 2, columns })
    assert.deepEqual([...last!], [3, 0])
    const expected = [Math.exp(1) / (Math.exp(1) + Math.exp(2) + Math.exp(3)), 1 / 3]
    for (const [row, value] of expected.entries()) assert.ok(Math.abs(chance![row]! - value) < 1e-6)
  })

  for (const type of ['int32', 'int64', 'float64', 'bool'] as const) {
    it(`come as ${type} where the model wants that`, async () => {
      const file = onnxFile({
        nodes: [{ operator: 'Cast', inputs: ['x'], outputs: ['y'], ints: { to: 1 } }],
        inputs: [{ name: 'x', type, shape: ['rows'] }],
        outputs: [{ name: 'y', type: 'float32', shape: ['rows'] }],
      })
      const served = await open(file, { inputs: { x: { dtype: 'int64' } }, outputs: { y: {} } })
      const [scores] = await served.predict({ rowCount: 2, columns: new Map([['x', [1, 0]]]) })
      assert.deepEqual([...scores!], [1, 0])
    })
  }

  it('go as words where the model has the vocabulary itself', async () => {
    const file = onnxFile({
      nodes: [{ operator: 'Cast', inputs: ['x'], outputs: ['y'], ints: { to: 1 } }],
      inputs: [{ name: 'x', type: 'string', shape: ['rows', 1] }],
      outputs: [{ name: 'y', type: 'float32', shape: ['rows', 1] }],
    })
    const vocabulary = ['1.5', '-2']
    const manifest = { inputs: { x: { dtype: 'string', vocabulary } }, outputs: { y: {} } }
    const served = await open(file, manifest)
    const [scores] = await served.predict({
      rowCount: 2,
      columns: new Map([['x', ['-2', '1.5']]]),
    })
    assert.deepEqual([...scores!], [-2, 1.5])
    const unknown = served.predict({ rowCount: 1, columns: new Map([['x', ['3']]]) })
    await assert.rejects(unknown, /x holds a value that the model does not know/)
  })
})

describe('a manifest that does not fit the model', () => {
  const y = { output: 'y' }
  const cases: readonly [string, FileSpec, Json, Json, RegExp][] = [
    [
      'an input that is none',
      valued,
      { z: {} },
      { y },
      /inputs\.z\.input "z" is none of the model: x/,
    ],
    ['a gap', valued, { a: { input: 'x', column: 1, length: 2 } }, { y }, /column 1 must be 0/],
    [
      'no column',
      valued,
      { x: {}, a: { input: 'x' } },
      { y },
      /column is needed: "x" takes several/,
    ],
    [
      'too few',
      valued,
      { x: { length: 2 } },
      { y },
      /is \[rows, 3\]; the features bring 2 per row/,
    ],
    ['no output', valued, { x: { length: 3 } }, { z: {} }, /outputs\.z\.output "z" is none/],
    ['no such column', valued, { x: { length: 3 } }, { y: { column: 3 } }, /3 must be below 3/],
    [
      'a batch of a fixed size',
      { ...valued, inputs: [{ name: 'x', type: 'float32', shape: [1, 3] }] },
      { x: { length: 3 } },
      { y },
      /takes 1 rows and no others: export it with a dynamic first dimension/,
    ],
  ]
  for (const [what, file, inputs, outputs, message] of cases) {
    it(`is refused: ${what}`, async () => {
      const manifest = { inputs, outputs }
      await assert.rejects(open(onnxFile(file), manifest), { code: 'invalid_argument', message })
    })
  }

  it('is refused where ids are larger than the model has room for', async () => {
    const inputs = { ...declared.inputs, movieId: { ...declared.inputs.movieId, size: 10 } }
    const opening = open(model, { ...declared, inputs })
    await assert.rejects(opening, /cannot compute these rows: .*(indices|idx)/)
  })
})
