import assert from 'node:assert/strict'
import { cp, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import type { Event } from '../events/event.ts'
import { spanSql } from './duck/flushing.ts'
import { spanOf } from './files/span.ts'
import { click, noon, page, type TestLake, testFolder, testLake } from './lake-samples.ts'

const hourMs = 3_600_000

async function parquetFiles(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder, { recursive: true })
  return names.filter((name) => name.endsWith('.parquet')).toSorted()
}

/** The files that the manifest names are those that are there. */
async function checkFiles({ lake, folder }: TestLake): Promise<void> {
  const counted = lake.extent().reduce((sum, { files }) => sum + files, 0)
  assert.equal((await parquetFiles(folder)).length, counted)
}

describe('files', () => {
  it('lie in folders by table and hour, named after the events they hold', async () => {
    await using folder = await testFolder()
    await using own = await testLake(folder.path)
    await own.tell([click(0, { at: noon - hourMs }), click(1), page(2), click(3, { at: noon })])
    await own.lake.flush()
    const files = (await parquetFiles(folder.path)).map((name) =>
      name.replace(/\.\w+\.parquet$/, ''),
    )
    assert.deepEqual(files, [
      'actions/hour=2026112211/0000000000000000-0000000000000001',
      'actions/hour=2026112212/0000000000000003-0000000000000003',
      'pages/hour=2026112211/0000000000000002-0000000000000002',
      'slots/hour=2026112211/0000000000000002-0000000000000002',
    ])
    await checkFiles(own)
  })

  it('take a past of years in a few of them', async () => {
    await using folder = await testFolder()
    await using own = await testLake(folder.path)
    const years = 30
    const past = Array.from(
      { length: 3_000 },
      (_, n): Event => click(n, { at: Date.UTC(1996 + (n % years), n % 12, 1 + (n % 28), n % 24) }),
    )
    await own.tell(past)
    await own.lake.flush()
    const [actions] = own.lake.extent()
    assert.equal(actions!.rows, 3_000)
    assert.ok(actions!.files <= years + 12 * 2, `${actions!.files} files`)
    assert.deepEqual(await own.rows('SELECT count(*), count(DISTINCT id) FROM actions'), [
      [3_000, 3_000],
    ])
  })

  it('are of the same span whether the database tells or we do', async () => {
    await using folder = await testFolder()
    await using own = await testLake(folder.path)
    const times = [0, 1, 30, 47, 49, 700, 1_400, 8_000, 16_000, 200_000].map(
      (h) => noon - h * hourMs,
    )
    const values = times.map((at) => `(epoch_ms(${at}))`).join(', ')
    const told = await own.rows(`SELECT ${spanSql(noon)} FROM (VALUES ${values}) t("at")`)
    assert.deepEqual(
      told.map(([span]) => span),
      times.map((at) => spanOf(at, noon)),
    )
  })

  it('of an hour become one when it is over, and hold what they held', async () => {
    await using folder = await testFolder()
    await using own = await testLake(folder.path)
    for (let n = 0; n < 6; n++) {
      await own.tell([click(n), page(n + 10)])
      await own.lake.flush()
    }
    const sql = 'SELECT id, "at", "user", item, "offset" FROM actions ORDER BY "offset"'
    const before = await own.rows(sql)
    await own.lake.tend()
    assert.equal(own.lake.extent()[0]!.files, 6, 'late rows may still come')
    own.clock.advance(10 * 60_000)
    await own.lake.tend()
    await own.lake.tend()
    assert.deepEqual(
      own.lake.extent().flatMap(({ table, files }) => (files > 0 ? [[table, files]] : [])),
      [
        ['actions', 1],
        ['pages', 1],
        ['slots', 1],
      ],
    )
    assert.deepEqual(await own.rows(sql), before)
    await checkFiles(own)
    assert.match((await parquetFiles(folder.path))[0]!, /0000000000000000-0000000000000010\./)
    await own.close()
    await using again = await testLake(folder.path, { log: own.log })
    assert.deepEqual(await again.rows(sql), before)
    await checkFiles(again)
  })

  it('of long ago go first where there is too much, and questions go on meanwhile', async () => {
    await using folder = await testFolder()
    await using own = await testLake(folder.path, { bounds: { ageMsMax: 48 * hourMs } })
    await own.tell([click(0, { at: noon - 90 * 24 * hourMs }), click(1), page(2)])
    await own.lake.flush()
    const slow = own.rows('SELECT count(*) FROM actions a, range(3000) b, range(3000) c')
    await own.lake.tend()
    // Before or after, and no file is missing in between.
    assert.ok([1, 2].includes(Number((await slow)[0]![0]) / 9_000_000))
    assert.deepEqual(await own.rows('SELECT id FROM actions'), [['e1']])
    await own.close()
    assert.equal((await parquetFiles(folder.path)).length, 3)
  })

  it('are written by themselves when rows are many', async () => {
    await using folder = await testFolder()
    await using own = await testLake(folder.path, { flushRows: 1_000 })
    for (let lot = 1; lot <= 3; lot++) {
      await own.tell(Array.from({ length: 1_000 }, (_, n) => click(1_000 * lot + n)))
      while (own.lake.sink.checkpoint < 1_000 * lot) await pause(5)
    }
    await own.tell(Array.from({ length: 500 }, (_, n) => click(n)))
    const [actions] = own.lake.extent()
    assert.deepEqual([actions!.rows, actions!.files], [3_500, 3])
    assert.deepEqual(await own.rows('SELECT count(DISTINCT "offset") FROM actions'), [[3_500]])
  })

  it('are written by themselves when some time has passed', async () => {
    await using folder = await testFolder()
    await using own = await testLake(folder.path, { flushMs: 30 })
    await own.tell([click(1)])
    while (own.lake.sink.checkpoint < 1) await pause(10)
    assert.equal(own.lake.extent()[0]!.files, 1)
  })

  it('that a crash left half done are swept away', async () => {
    await using folder = await testFolder()
    const own = await testLake(folder.path)
    await own.tell([click(1)])
    await own.lake.flush()
    await own.close()
    const [kept] = await parquetFiles(folder.path)
    await cp(join(folder.path, kept!), join(folder.path, `${kept}.copy.parquet`))
    await using again = await testLake(folder.path, { log: own.log })
    assert.deepEqual(await parquetFiles(folder.path), [kept])
    assert.deepEqual(await again.rows('SELECT id FROM actions'), [['e1']])
  })
})
