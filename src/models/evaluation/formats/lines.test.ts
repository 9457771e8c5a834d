import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { sparseFieldsOf, sparseRowsIn } from './libfm.ts'
import { eachLine, namesColumns } from './lines.ts'

/** A file that is gone afterwards. */
async function fileOf(content: string | Buffer) {
  const folder = await mkdtemp(join(tmpdir(), 'starling-lines-'))
  const file = join(folder, 'rows')
  await writeFile(file, content)
  return { file, [Symbol.asyncDispose]: () => rm(folder, { recursive: true }) }
}

const linesOf = async (content: string | Buffer) => {
  await using written = await fileOf(content)
  const lines: string[] = []
  await eachLine(written.file, (line) => lines.push(line))
  return lines
}

test('lines end as on any system, and marks and blank lines are none of them', async () => {
  assert.deepEqual(await linesOf('\uFEFFa 1\r\n\r\nb 2'), ['a 1', 'b 2'])
})

test('a file of nothing, and one that is no text, are refused by their name', async () => {
  for (const nothing of ['', '\n \r\n']) {
    await assert.rejects(linesOf(nothing), /rows holds no row: it must hold one at least/)
  }
  const zipped = Buffer.from([0x1f, 0x8b, 8, 0, 0, 10, 65])
  for (const other of [zipped, Buffer.from('1 2\n', 'utf16le')]) {
    await assert.rejects(linesOf(other), /rows must be text in UTF-8/)
  }
})

test('names of columns are known, and whoever is called alike is somebody', () => {
  const columns = [
    ...[
      'userId,movieId,rating',
      'user_id\titem_id',
      '"user","item"',
      'user item',
      'UserID::MovieID',
    ],
    ...['u_id i_id', 'uid;iid', 'user id,item id', 'session_id:token\titem_id:token', 'label | a'],
  ]
  for (const line of columns) assert.ok(namesColumns(line, 1), line)
  const people = ['user-1 item-1', 'user:1 5', 'user_anna 12', 'userx,7', 'u_1 i_1', 'session-9 4']
  for (const line of people) assert.ok(!namesColumns(line, 1), line)
  assert.ok(!namesColumns('userId,movieId', 2))
})

test('ids of libfm are told apart beyond 2^53, with zeros before them, and as words', async () => {
  const pairs = [
    ['9007199254740992', '9007199254740993'],
    ['7', '007'],
    ['anna', 'bob'],
  ] as const
  for (const [one, other] of pairs) {
    const rows = Array.from({ length: 8 }, (_, row) => `${row % 2} ${row % 4 < 2 ? one : other}:1`)
    await using written = await fileOf(rows.join('\n'))
    const train = await sparseRowsIn(written.file)
    const { fields } = sparseFieldsOf(train)
    assert.deepEqual(
      fields.map((field) => ('size' in field ? field.size : 0)),
      [3],
    )
  }
})

test('rows of libfm that hold other cells than those learned from are named', async () => {
  await using train = await fileOf('1 1:1 2:1\n0 3:1 4:1')
  await using test = await fileOf('1 1:1 2:1\n0 3:1 4:1 5:1\n1 1:1')
  const { examplesOf } = sparseFieldsOf(await sparseRowsIn(train.file))
  const other = await sparseRowsIn(test.file)
  assert.throws(
    () => examplesOf(other),
    /cells of row 2 in .*rows are 3: must be 2, as in all rows/,
  )
  await using bare = await fileOf('1\n0')
  await assert.rejects(sparseRowsIn(bare.file), /rows holds labels alone/)
})
