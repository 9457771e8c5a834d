import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fileOf } from './fixture.suite.ts'
import { openJsonlTable } from './jsonl-table.ts'
import { suiteRows, tableSuite } from './table.suite.ts'
import type { Row } from './table.ts'

const suiteText = suiteRows.map(([id, title]) => JSON.stringify({ id, title })).join('\n')
tableSuite('JSONL', () => openJsonlTable(fileOf('a.jsonl', suiteText)))

async function read(content: string) {
  const table = await openJsonlTable(fileOf('a.jsonl', content))
  const rows: Row[] = []
  for await (const batch of table.rows()) rows.push(...batch)
  return { table, rows }
}

test('each name is a column, wherever in the file it first occurs', async () => {
  const { table, rows } = await read('{"id":"a"}\n\n{"year":1995,"id":"b","tags":["x"]}\n')
  assert.deepEqual(table.columns, ['id', 'year', 'tags'])
  assert.deepEqual(
    rows.map(({ line }) => line),
    [1, 3],
  )
  assert.deepEqual(rows[1]?.cells, ['b', 1995, ['x']])
})

test('a line that is no object is set aside with its reason, and reading goes on', async () => {
  const { rows } = await read('{"id":"a"}\n{"id":\n[1]\n{"__proto__":{"id":1},"id":"b"}\n')
  assert.deepEqual(
    rows.map(({ fault }) => fault?.reason),
    [...[undefined, 'broken JSON', 'broken JSON', undefined]],
  )
  assert.equal(rows[1]?.fault?.text, '{"id":')
  assert.equal(rows[3]?.cells[0], 'b')
})
