import assert from 'node:assert/strict'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { openTable } from './open-table.ts'

test('a file that is not there, a folder, and a name of no kind are refused', async () => {
  for (const ending of ['csv', 'tsv', 'jsonl', 'parquet']) {
    const nowhere = openTable(join(tmpdir(), `nowhere.${ending}`))
    const expected = { code: 'invalid_argument', message: /nowhere.* cannot be read.*: ENOENT/ }
    await assert.rejects(nowhere, expected)
  }
  await assert.rejects(openTable('rows.txt'), /rows.txt must end in one of .csv, .tsv, .jsonl/)
})
