import assert from 'node:assert/strict'
import { test } from 'node:test'
import { seededRandom } from '../random.ts'
import { openNearest } from './open-nearest.ts'

/** Rows around some centres, of lengths that differ by a factor of four. */
function clustered(rowCount: number, width: number, clusterCount: number): Float32Array {
  const random = seededRandom('clusters')
  const normal = (): number => random.next() + random.next() + random.next() - 1.5
  const centres = Float32Array.from({ length: clusterCount * width }, normal)
  const rows = new Float32Array(rowCount * width)
  for (let row = 0; row < rowCount; row++) {
    const centre = random.below(clusterCount) * width
    const length = 0.5 + 1.5 * random.next()
    for (let k = 0; k < width; k++) {
      rows[row * width + k] = length * (centres[centre + k]! + 0.4 * normal())
    }
  }
  return rows
}

const [rowCount, width] = [6_000, 24]
const rows = clustered(rowCount, width, 60)

for (const measure of ['product', 'cosine'] as const) {
  test(`lists reach the recall asked for, by ${measure}, and say so`, () => {
    const exact = openNearest({ rows, width, measure, seed: 1 })
    const lists = openNearest({ rows, width, measure, seed: 1, exactRowsMax: 1_000, k: 20 })
    assert.deepEqual([exact.method, lists.method], ['exact', 'lists'])
    assert.ok(lists.recall.value >= 0.95 && lists.recall.queryCount === 100)
    const queries = clustered(200, width, 60)
    let hits = 0
    for (let query = 0; query < 200; query++) {
      const asked = queries.subarray(query * width, (query + 1) * width)
      const right = new Set(exact.search(asked, 20).rows)
      for (const row of lists.search(asked, 20).rows) if (right.has(row)) hits++
    }
    assert.ok(hits / 4_000 > 0.9, `recall ${hits / 4_000}`)
  })
}

test('the same rows and the same seed give the same index', () => {
  const options = { rows, width, measure: 'product', seed: 3, exactRowsMax: 0 } as const
  const [one, same] = [openNearest(options), openNearest(options)]
  const query = rows.subarray(0, width)
  assert.deepEqual(same.search(query, 50), one.search(query, 50))
  assert.deepEqual(same.recall, one.recall)
})

test('few that are accepted are found, however far they are', () => {
  const lists = openNearest({ rows, width, measure: 'product', seed: 1, exactRowsMax: 0 })
  const accept = (row: number): boolean => row % 1_500 === 7
  const { rows: found } = lists.search(rows.subarray(0, width), 10, { accept })
  assert.deepEqual(
    [...found].sort((a, b) => a - b),
    [7, 1_507, 3_007, 4_507],
  )
})

test('rows of zeros are as near as 0, and no rows are found among none', () => {
  for (const exactRowsMax of [0, 100]) {
    const options = { width: 3, measure: 'cosine', seed: 1, exactRowsMax } as const
    const zeros = openNearest({ ...options, rows: new Float32Array(30) })
    const { rows: found, scores } = zeros.search(Float32Array.of(1, 0, 0), 4)
    assert.equal(found.length, 4)
    assert.deepEqual([...scores], [0, 0, 0, 0])
  }
  const none = openNearest({ rows: new Float32Array(0), width: 3, measure: 'product', seed: 1 })
  assert.equal(none.search(Float32Array.of(1, 0, 0), 4).rows.length, 0)
})

for (const measure of ['product', 'cosine'] as const) {
  test(`lists that were learned make the same index again, of more rows too, by ${measure}`, () => {
    const options = { width, measure, seed: 3, exactRowsMax: 0, k: 20 } as const
    const { lists, recall, ...index } = openNearest({ ...options, rows })
    const again = openNearest({ ...options, rows, lists: lists! })
    const query = rows.slice(width, 2 * width)
    assert.deepEqual(again.search(query, 50), index.search(query, 50))
    assert.deepEqual([again.recall, again.lists], [recall, lists])
    // What came later is longer than all there was, and lies where the query looks.
    const grown = new Float32Array(rows.length + width)
    grown.set(rows)
    grown.set(
      query.map((value) => 10 * value),
      rows.length,
    )
    const more = openNearest({ ...options, rows: grown, lists: lists! })
    const found = more.search(query, 3).rows
    if (measure === 'product') assert.equal(found[0], rowCount)
    else assert.deepEqual([...found.subarray(0, 2)].sort(), [1, rowCount])
  })
}

test('lists of other rows are refused', () => {
  const options = { rows, width, measure: 'product', seed: 1, exactRowsMax: 0 } as const
  const lists = openNearest(options).lists!
  const wrong = [
    [{ ...lists, centres: lists.centres.subarray(1) }, /lists.centres hold \d+ numbers/],
    [{ ...lists, owners: new Uint32Array(rowCount + 1) }, /lists.owners are of 6001 rows/],
    [{ ...lists, owners: Uint32Array.of(0, 1e9) }, /lists.owners\[1\] 1000000000 must be < /],
    [{ ...lists, probes: 0 }, /lists.probes 0 must be a whole number >= 1/],
  ] as const
  for (const [given, message] of wrong) {
    assert.throws(() => openNearest({ ...options, lists: given }), message)
  }
})

test('what cannot be is refused by name', () => {
  const options = { rows, width: 7, measure: 'product', seed: 1 } as const
  assert.throws(() => openNearest(options), /width 7 must divide the 144000 numbers of the rows/)
  assert.throws(
    () => openNearest({ ...options, width, recall: 0 }),
    /recall 0 must be > 0 and <= 1/,
  )
  const index = openNearest({ ...options, width })
  const query = new Float32Array(3)
  assert.throws(() => index.search(query, 1), /query holds 3 numbers where there must be 24/)
})
