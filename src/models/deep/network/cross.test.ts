import assert from 'node:assert/strict'
import { test } from 'node:test'
import { seededRandom } from '../../../kernel/random.ts'
import { Graph } from '../../graph/graph.ts'
import { toOnnx } from '../../graph/onnx/model-file.ts'
import { openSession } from '../../graph/onnx/session.ts'
import type { Field } from '../../ranking/field.ts'
import { bucketOf, bucketTensor, crossOf, type DeclaredCross } from './cross.ts'

const category = (name: string, size: number, side: Field['side'] = 'item'): Field => ({
  ...{ kind: 'category', name, side, size },
})

const fields: readonly Field[] = [
  category('user', 16_000_000, 'user'),
  category('country', 200, 'user'),
  category('item', 9_000_000),
  category('topic', 30),
  { kind: 'number', name: 'age', side: 'user' },
]

/** As exact arithmetic has it. */
function exactBucket(ids: readonly number[], sizes: readonly number[], buckets: number): number {
  let combined = 0n
  for (const [place, id] of ids.entries())
    combined = (combined * BigInt(sizes[place]!) + BigInt(id)) % 2_147_483_647n
  return Number(((combined * 1_103_515_245n) % 2_147_483_647n) % BigInt(buckets))
}

const declared: readonly DeclaredCross[] = [
  { fields: ['user', 'item'], buckets: 1_000 },
  { fields: ['user', 'country', 'item', 'topic'], buckets: 16_000_000 },
  { fields: ['topic', 'country'], buckets: 999 },
]

for (const one of declared) {
  const cross = crossOf(one, fields)
  test(`${cross.name}: buckets are those of exact arithmetic, in a graph as well`, async () => {
    const random = seededRandom(cross.name)
    const rows = Array.from({ length: 200 }, () =>
      cross.fields.map(({ size }) => random.below(size)),
    )
    rows.push(cross.fields.map(({ size }) => size - 1))
    const sizes = cross.fields.map(({ size }) => size)
    const expected = rows.map((ids) => exactBucket(ids, sizes, cross.size))
    assert.deepEqual(
      rows.map((ids) => bucketOf(cross, (place) => ids[place]!)),
      expected,
    )

    const graph = new Graph({ batch: -1, training: false })
    const inputs = cross.fields.map(({ name }) => graph.input(name, [-1, 1], { type: 'int64' }))
    const bucket = graph.emit('Cast', [bucketTensor(cross, inputs, graph)], [-1, 1], {
      attributes: { to: 1 },
    })
    const outputs = new Map([['bucket', bucket]])
    await using session = await openSession(toOnnx({ outputs, values: new Map() }))
    const data = new Float32Array(rows.length)
    const columns = cross.fields.map(({ name }, place) => {
      const ids = BigInt64Array.from(rows, (row) => BigInt(row[place]!))
      return [name, { data: ids, shape: [rows.length, 1] }] as const
    })
    await session.bind(new Map(columns), new Map([['bucket', { data, shape: [rows.length, 1] }]]))()
    assert.deepEqual([...data], expected)
  })
}

test('combinations that are fewer than the buckets have one each', () => {
  const cross = crossOf({ fields: ['topic', 'country'], buckets: 10_000 }, fields)
  assert.equal(cross.size, 6_000)
  const buckets = new Set<number>()
  for (let topic = 0; topic < 30; topic++)
    for (let country = 0; country < 200; country++)
      buckets.add(bucketOf(cross, (place) => [topic, country][place]!))
  assert.equal(buckets.size, 6_000)
  assert.equal(Math.max(...buckets), 5_999)
})

test('buckets fill evenly where combinations share them', () => {
  const cross = crossOf({ fields: ['user', 'topic'], buckets: 100 }, fields)
  const counts = new Float64Array(100)
  for (let user = 0; user < 2_000; user++)
    for (let topic = 0; topic < 30; topic++)
      counts[bucketOf(cross, (place) => [user, topic][place]!)]!++
  // 600 each are expected; far beyond is far beyond chance.
  assert.ok(
    counts.every((count) => count > 450 && count < 750),
    `${counts}`,
  )
})

test('a cross of the user alone is of their side', () => {
  const sideOf = (...names: string[]) => crossOf({ fields: names, buckets: 9 }, fields).side
  assert.equal(sideOf('user', 'country'), 'user')
  assert.equal(sideOf('user', 'topic'), 'item')
})

test('crosses that can not be made are refused', () => {
  const refused = (cross: DeclaredCross, message: RegExp) =>
    assert.throws(() => crossOf(cross, fields), { code: 'invalid_argument', message })
  refused({ fields: ['user'], buckets: 10 }, /two fields at least/)
  refused({ fields: ['user', 'age'], buckets: 10 }, /"age" must be a field of categories/)
  refused({ fields: ['user', 'who'], buckets: 10 }, /"who" must be a field of categories/)
  refused({ fields: ['user', 'item'], buckets: 1 }, /1 buckets must be a whole number >= 2/)
})
