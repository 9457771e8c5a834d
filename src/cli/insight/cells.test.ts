import assert from 'node:assert/strict'
import { it } from 'node:test'
import { parse } from 'csv-parse/sync'
import { cellText, csvText } from './cells.ts'

it('a cell is one line, and commands no terminal', () => {
  assert.equal(cellText(null), '·')
  assert.equal(cellText({ a: [1] }), '{"a":[1]}')
  assert.equal(cellText('red \u001b[31m\nnext\u009b1m'), 'red �[31m�next�1m')
})

it('comma-separated values come back as they were', () => {
  const rows = [
    ['a', 'b'],
    ['x,"y"\r\n z', null],
    [{ k: ['v'] }, 1.5],
  ]
  assert.deepEqual(parse(csvText(rows)), [
    ['a', 'b'],
    ['x,"y"\r\n z', ''],
    ['{"k":["v"]}', '1.5'],
  ])
})
