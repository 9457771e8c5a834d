import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { csvOf } from './csv.ts'
import { added } from './past-queries.ts'
import { quoted } from './quoted.ts'
import { linesOfTable } from './sql-chart.ts'

describe('a table of SQL', () => {
  it('is written as CSV that any program reads', () => {
    const rows = [
      ['a,b', 'say "hi"', null],
      [1.5, ['x', 'y'], 'two\nlines'],
      [' edge', true, {}],
    ]
    assert.equal(
      csvOf([{ name: 'one' }, { name: 't,wo' }, { name: 'three' }], rows),
      'one,"t,wo",three\r\n"a,b","say ""hi""",\r\n' +
        '1.5,"[""x"",""y""]","two\nlines"\r\n" edge",true,{}\r\n',
    )
  })

  it('is drawn over its time, one line per number, in the order of time', () => {
    const columns = [
      { name: 'hour', type: 'TIMESTAMP_MS' },
      { name: 'clicks', type: 'BIGINT' },
      { name: 'ctr', type: 'DOUBLE' },
    ]
    const rows = [
      ['2026-11-22T01:00:00.000Z', '12', 0.5],
      ['2026-11-22T00:00:00.000Z', 7, null],
    ]
    const lines = linesOfTable({ columns, rows })
    assert.deepEqual(lines?.times, [Date.UTC(2026, 10, 22), Date.UTC(2026, 10, 22, 1)])
    assert.deepEqual(
      lines.lines.map(({ name, values }) => [name, values]),
      [
        ['clicks', [7, 12]],
        ['ctr', [null, 0.5]],
      ],
    )
  })

  it('is drawn as one line per text where one number stands beside a text', () => {
    const columns = [
      { name: 'day', type: 'DATE' },
      { name: 'scene', type: 'VARCHAR' },
      { name: 'n', type: 'INTEGER' },
    ]
    const rows = [
      ['2026-11-21', 'home', 1],
      ['2026-11-22', 'home', 2],
      ['2026-11-22', '', 3],
    ]
    assert.deepEqual(
      linesOfTable({ columns, rows })?.lines.map(({ name, values }) => [name, values]),
      [
        ['home', [1, 2]],
        ['(none)', [null, 3]],
      ],
    )
  })

  it('is no chart without a time, a number, or two moments', () => {
    const time = { name: 't', type: 'TIMESTAMP' }
    const number = { name: 'n', type: 'DOUBLE' }
    const day = '2026-11-22'
    assert.equal(linesOfTable({ columns: [number], rows: [[1], [2]] }), undefined)
    const lists = {
      columns: [time, { name: 'l', type: 'DOUBLE[]' }],
      rows: [
        [day, []],
        [day, []],
      ],
    }
    assert.equal(linesOfTable(lists), undefined)
    const once = {
      columns: [time, number],
      rows: [
        [day, 1],
        [day, 2],
      ],
    }
    assert.equal(linesOfTable(once), undefined)
  })
})

it('quotes the names that SQL would take for words of its own', () => {
  assert.deepEqual(['item', 'at', 'offset', 'user', 'A b', 'x"y'].map(quoted), [
    ...['item', '"at"', '"offset"', '"user"', '"A b"', '"x""y"'],
  ])
})

describe('past queries', () => {
  it('keep the newest first, each once, and not without end', () => {
    assert.deepEqual(added(['b', 'a'], 'a'), ['a', 'b'])
    assert.deepEqual(added(['a'], '  '), ['a'])
    const many = Array.from({ length: 40 }, (_, n) => `${n}`)
    const kept = added(many, 'new')
    assert.deepEqual([kept.length, kept[0], kept.at(-1)], [30, 'new', '28'])
  })
})
