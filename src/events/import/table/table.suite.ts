import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Cell, firstRows, type Table } from './table.ts'

/** What the files under test hold in their first two columns, id and title. */
export const suiteRows: readonly (readonly Cell[])[] = [
  ['a', 'One, two'],
  ['b', null],
  ['c', 'Zoë "Z"'],
]

/** What every table must do. `open` opens a file that holds the suite's rows. */
export function tableSuite(name: string, open: () => Promise<Table>): void {
  const read = async (table: Table) => {
    const rows = []
    for await (const batch of table.rows()) rows.push(...batch)
    return rows
  }

  test(`${name}: rows come in order with all their cells`, async () => {
    const table = await open()
    assert.deepEqual(table.columns.slice(0, 2), ['id', 'title'])
    const cells = (await read(table)).map((row) => {
      // A format without null has an empty text in its place.
      return [row.cells[0], row.cells[1] || null]
    })
    assert.deepEqual(cells, suiteRows)
  })

  test(`${name}: line numbers rise`, async () => {
    const lines = (await read(await open())).map(({ line }) => line)
    assert.deepEqual(
      lines,
      lines.toSorted((a, b) => a - b),
    )
    assert.equal(new Set(lines).size, suiteRows.length)
  })

  test(`${name}: a table can be read again, also after reading broke off`, async () => {
    const table = await open()
    const all = await read(table)
    assert.deepEqual(await firstRows(table, 2), all.slice(0, 2))
    assert.deepEqual(await read(table), all)
  })
}
