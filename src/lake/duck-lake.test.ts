import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { hasCode } from '../events/log/samples.ts'
import { click, entry, noon, page, testFolder, testLake } from './lake-samples.ts'

describe('a lake', () => {
  it('tells of every event in its table, with the page an action was done on', async () => {
    await using folder = await testFolder()
    await using own = await testLake(folder.path)
    const shown = {
      ...{ request: 'r1', batch: 1, position: 0, stood: 2, scene: 'home', channel: 'c' },
      ...{ arms: ['a'], sources: ['hot'], model: 'ranker/3', servedAt: noon - 5 },
    }
    await own.tell([
      click(1, { scene: 'said', channel: 'said', shown }),
      click(2, { scene: 'said', value: 0.5, text: 'it\'s "so"\nand so', user: 'O\'Neil"; --' }),
      page(3),
      {
        id: 'o',
        at: noon,
        type: 'offered',
        user: 'u1',
        scene: 'home',
        channel: '',
        writer: 'w',
        entries: [entry('i1')],
        replace: true,
        pulse: 1,
      },
      { id: 'm', at: noon, type: 'merge', from: 'guest', into: 'u1' },
      { id: 'u', at: noon, type: 'user', user: 'u1', attributes: { age: { number: 30 } } },
      { id: 'c', at: noon, type: 'parameter', name: 'n', value: { a: [1] }, by: 'me' },
    ])
    assert.deepEqual(
      await own.rows(`SELECT id, "user", scene, channel, stood, arms, sources,
        served_at, value, text,
        "offset" FROM actions ORDER BY "offset"`),
      [
        ['e1', 'u1', 'home', 'c', 2, ['a'], ['hot'], '2026-11-22T11:59:59.995Z', null, null, 0],
        ['e2', 'O\'Neil"; --', 'said', null, null, null, null, null, 0.5, 'it\'s "so"\nand so', 1],
      ],
    )
    assert.deepEqual(await own.rows('SELECT request, size, dropped, repeatable FROM pages'), [
      ['r3', 2, 1, false],
    ])
    assert.deepEqual(await own.rows('SELECT position, item, score, run FROM slots ORDER BY 1'), [
      [0, 'i1', 0.5, 'run-1'],
      [1, 'i2', 0.25, 'run-1'],
    ])
    assert.deepEqual(await own.rows('SELECT writer, entries, replace FROM offers'), [
      ['w', 1, true],
    ])
    assert.deepEqual(
      await own.rows('SELECT "user", merged_into, attributes FROM users ORDER BY "offset"'),
      [
        ['guest', 'u1', null],
        ['u1', null, { age: 30 }],
      ],
    )
    assert.deepEqual(await own.rows('SELECT name, value, "by" FROM changes'), [
      ['n', { a: [1] }, 'me'],
    ])
  })

  it('answers the same from memory, from files, and after it was opened again', async () => {
    await using folder = await testFolder()
    const first = await testLake(folder.path)
    await first.tell([...Array.from({ length: 50 }, (_, n) => click(n)), page(50)])
    const sql = `SELECT "at", id, "user", item, arms, "offset" FROM actions ORDER BY "offset"`
    const fresh = await first.rows(sql)
    assert.equal(fresh.length, 50)
    assert.equal(first.lake.extent()[0]!.files, 0)
    await first.lake.flush()
    assert.deepEqual(await first.rows(sql), fresh)
    assert.equal(first.lake.extent()[0]!.files, 1)
    assert.equal(first.lake.extent()[0]!.rows, 50)
    await first.tell([click(51)])
    assert.equal((await first.rows('FROM actions')).length, 51)
    await first.close()
    await using second = await testLake(folder.path, { log: first.log })
    // What came after the files was read from the log again.
    assert.equal(second.lake.sink.checkpoint, 51)
    assert.equal((await second.rows('FROM actions')).length, 51)
    assert.deepEqual(await second.rows(sql.replace('ORDER', "WHERE id != 'e51' ORDER")), fresh)
  })

  it('knows the newest of each item, and what was last said of one withdrawn', async () => {
    await using folder = await testFolder()
    await using own = await testLake(folder.path)
    const put = (number: number, item: string, year: number) => ({
      ...{ id: `i${number}`, at: noon + number, type: 'item' as const, item },
      record: { attributes: { year: { number: year } }, channels: ['c'], availableFrom: noon },
    })
    await own.tell([put(0, 'a', 1999), put(1, 'b', 2000), put(2, 'a', 2001)])
    await own.lake.flush()
    await own.tell([{ id: 'w', at: noon + 3, type: 'withdraw', item: 'b' }])
    assert.deepEqual(
      await own.rows(`SELECT item, withdrawn, attributes->>'year', channels, available_from,
        available_until, "at" FROM catalogue ORDER BY item`),
      [
        ['a', false, '2001', ['c'], '2026-11-22T12:00:00Z', null, '2026-11-22T12:00:00.002Z'],
        ['b', true, '2000', ['c'], '2026-11-22T12:00:00Z', null, '2026-11-22T12:00:00.003Z'],
      ],
    )
  })

  it('takes ids and texts that are no text to a database', async () => {
    await using folder = await testFolder()
    await using own = await testLake(folder.path)
    await own.tell([
      click(1, { text: 'half \ud800 pair' }),
      click(2, { text: 'nul \u0000 \\ud800' }),
    ])
    await own.lake.flush()
    assert.deepEqual(await own.rows('SELECT text FROM actions ORDER BY "offset"'), [
      ['half \ufffd pair'],
      ['nul \u0000 \\ud800'],
    ])
  })

  it('refuses to be the lake of another log', async () => {
    await using folder = await testFolder()
    const first = await testLake(folder.path)
    await first.tell([click(1), click(2)])
    await first.lake.flush()
    await first.close()
    await assert.rejects(testLake(folder.path), hasCode('failed_precondition'))
  })

  it('opens no database for a few rows, and none to be closed', async () => {
    await using folder = await testFolder()
    const own = await testLake(folder.path)
    await own.tell([click(1), page(2)])
    assert.deepEqual(
      own.lake.extent().flatMap(({ table, rows }) => (rows > 0 ? [[table, rows]] : [])),
      [
        ['actions', 1],
        ['pages', 1],
        ['slots', 2],
      ],
    )
    await own.close()
    await using again = await testLake(folder.path, { log: own.log })
    assert.equal(again.lake.sink.checkpoint, 0)
    assert.equal((await again.rows('FROM actions')).length, 1)
  })
})
