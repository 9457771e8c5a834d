import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openCsvTable } from './csv-table.ts'
import { fileOf } from './fixture.suite.ts'
import { tableSuite } from './table.suite.ts'
import type { Row } from './table.ts'

const suiteText = 'id,title\na,"One, two"\nb,\nc,"Zoë ""Z"""\n'
tableSuite('CSV', () => openCsvTable(fileOf('a.csv', suiteText)))

async function read(content: string | Uint8Array) {
  const table = await openCsvTable(fileOf('a.csv', content))
  const rows: Row[] = []
  for await (const batch of table.rows()) rows.push(...batch)
  return {
    table,
    rows,
    good: rows.filter(({ fault }) => !fault).map(({ line, cells }) => [line, ...cells]),
    bad: rows.filter(({ fault }) => fault).map(({ line, fault }) => [line, fault?.reason]),
  }
}

test('the delimiter is found, whatever the cells hold', async () => {
  const rows = [
    ['1', 'a'],
    ['2', 'b, c; d'],
  ]
  for (const [delimiter, name] of [
    [',', 'commas'],
    ['\t', 'tabs'],
    [';', 'semi'],
    ['|', 'bars'],
  ]) {
    const lines = rows.map((cells) => cells.map((cell) => `"${cell}"`).join(delimiter))
    const { table, good } = await read(`id${delimiter}name\n${lines.join('\n')}`)
    assert.match(table.format, new RegExp(`separated by ${name}`))
    assert.deepEqual(good, [
      [2, '1', 'a'],
      [3, '2', 'b, c; d'],
    ])
  }
  const { table } = await read('1,Toy Story (1995),A|B|C|D\n2,Jumanji (1995),A|B\n')
  assert.equal(table.columns.length, 3)
})

test('byte order marks, carriage returns and blank lines leave no trace', async () => {
  const text = 'id,name\r\n1,é\r\n\r\n,\r\n2,b\r\n'
  const utf16 = Buffer.from(`\ufeff${text}`, 'utf16le')
  for (const content of [`\ufeff${text}`, utf16]) {
    const { table, good, bad } = await read(content)
    assert.deepEqual(table.columns, ['id', 'name'])
    assert.deepEqual(good, [
      [2, '1', 'é'],
      [5, '2', 'b'],
    ])
    assert.deepEqual(bad, [])
  }
})

test('nameless and repeated columns are told apart', async () => {
  const { table } = await read('id,,id\n1,2,3\n')
  assert.deepEqual(table.columns, ['id', 'column 2', 'id (3)'])
})

test('a quoted cell may cover lines, and the next row knows its own', async () => {
  const { good } = await read('id,name\n1,"two\nlines, ""quoted"""\n2,b\n')
  assert.deepEqual(good, [
    [2, '1', 'two\nlines, "quoted"'],
    [4, '2', 'b'],
  ])
})

test('a quote that is never closed costs one line', async () => {
  const { good, bad } = await read('id,name\n1,a\n2,"open\n3,c\n4,"d, e"\n5,f\n')
  assert.deepEqual(bad, [[3, 'broken quoting']])
  assert.deepEqual(good, [
    [2, '1', 'a'],
    [4, '3', 'c'],
    [5, '4', 'd, e'],
    [6, '5', 'f'],
  ])
})

test('a quote that closes in a later row by accident costs one line', async () => {
  const { good, bad } = await read('id,name,genre\n1,"open,X\n2,b,Y\n3,"c, d",Z\n')
  assert.deepEqual(bad, [[2, 'broken quoting']])
  assert.deepEqual(good, [
    [3, '2', 'b', 'Y'],
    [4, '3', 'c, d', 'Z'],
  ])
})

test('a quote that closes in a row of another width costs its lines one by one', async () => {
  const { good, bad } = await read('id,name,genre\n1,"open,X\n2,b",Y,Z\n3,c,Z\n')
  assert.deepEqual(bad, [
    [2, 'broken quoting'],
    [3, 'broken quoting'],
  ])
  assert.deepEqual(good, [[4, '3', 'c', 'Z']])
})

test('a quote in a bare cell, and words after a closing quote, cost one line each', async () => {
  const { good, bad } = await read('id,name\n1,5" disk\n2,"a" b\n3,c\n')
  assert.deepEqual(bad, [
    [2, 'broken quoting'],
    [3, 'broken quoting'],
  ])
  assert.deepEqual(good, [[4, '3', 'c']])
})

test('in a table of tabs a quote inside a cell is a character', async () => {
  const { good, bad } = await read('id\tname\n1\t5" disk\n2\t"Stop", she said\n3\t"a\tb"\n')
  assert.deepEqual(good, [
    [2, '1', '5" disk'],
    [3, '2', '"Stop", she said'],
    [4, '3', 'a\tb'],
  ])
  assert.deepEqual(bad, [])
})

test('a row of another width is set aside as it stands', async () => {
  const { rows, good, bad } = await read('id,name\n1,a,b\n2\n3,c\n')
  assert.deepEqual(bad, [
    [2, 'wrong number of cells'],
    [3, 'wrong number of cells'],
  ])
  assert.equal(rows[0]?.fault?.text, '1,a,b')
  assert.match(rows[0]?.fault?.message ?? '', /has 3 cells where the header has 2/)
  assert.deepEqual(good, [[4, '3', 'c']])
})

test('broken rows are found over many blocks, and all others are read', async () => {
  const lines = ['id,name']
  const expectedBad: number[] = []
  for (let line = 2; line <= 60_000; line++) {
    const isBroken = line % 7001 === 0
    if (isBroken) expectedBad.push(line)
    const title = line % 3 === 0 ? `"Title, ${line}"` : `Title ${line}`
    lines.push(isBroken ? `${line},"open` : `${line},${title}`)
  }
  const { good, bad } = await read(lines.join('\n'))
  assert.deepEqual(
    bad.map(([line]) => line),
    expectedBad,
  )
  assert.equal(good.length, 59_999 - expectedBad.length)
  assert.ok(good.every(([line, id]) => String(line) === id))
})

test('an empty file has no columns and no rows', async () => {
  const { table, rows } = await read('')
  assert.deepEqual([table.columns, rows], [[], []])
})

test('bytes that are not UTF-8 become replacement characters', async () => {
  const { good } = await read(Buffer.from('id,name\n1,Am\xe9lie\n', 'latin1'))
  assert.deepEqual(good, [[2, '1', 'Am\ufffdlie']])
})

test('a header whose quotes do not match, and a line without end, are refused', async () => {
  await assert.rejects(read('id,"name\n1,2\n'), /line 1: the quotes of the header/)
  await assert.rejects(read('x'.repeat(17 * 1024 * 1024)), /line 1 is longer than/)
})
