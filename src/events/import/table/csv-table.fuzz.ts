import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { openCsvTable } from './csv-table.ts'
import { fileOf } from './fixture.suite.ts'

const cell = fc.string({ unit: fc.constantFrom('a', 'é', '"', ',', '\n', ' ', ';'), maxLength: 6 })
const records = fc.array(fc.tuple(fc.integer({ min: 1 }).map(String), cell, cell), {
  maxLength: 30,
})

const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`

async function readAll(content: string) {
  const table = await openCsvTable(fileOf('a.csv', content))
  const rows = []
  for await (const batch of table.rows()) rows.push(...batch)
  return rows
}

test('whatever is written by the rules of quoting is read back', async () => {
  const readsBack = fc.asyncProperty(records, async (written) => {
    const lines = written.map((cells) => cells.map(quoted).join(','))
    const rows = await readAll(`id,a,b\n${lines.join('\n')}\n`)
    assert.deepEqual(
      rows.map(({ cells }) => cells),
      written,
    )
  })
  await fc.assert(readsBack, { numRuns: 200 })
})

test('any text is read to its end: each line is in a row, in a fault, or blank', async () => {
  const symbols = fc.constantFrom('"', '""', ',', '\n', 'a', '1', ',"', '",', '"\n')
  const text = fc.string({ unit: symbols, maxLength: 200 })
  const terminates = fc.asyncProperty(text, async (body) => {
    const rows = await readAll(`id,a\n${body}`)
    const lines = rows.map(({ line }) => line)
    assert.deepEqual(
      lines,
      [...new Set(lines)].sort((a, b) => a - b),
    )
    assert.ok(rows.every(({ cells, fault }) => fault !== undefined || cells.length === 2))
  })
  await fc.assert(terminates, { numRuns: 500 })
})
