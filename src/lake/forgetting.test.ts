import assert from 'node:assert/strict'
import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import type { Event } from '../events/event.ts'
import { click, entry, noon, page, type TestLake, testFolder, testLake } from './lake-samples.ts'
import { tables } from './tables.ts'

const ann = 'ann-erased-1'
const guest = `gu'est "2"`

/** Something of everything, of three users. */
function lives(from: number): readonly Event[] {
  return [ann, guest, 'bob'].flatMap((user, index): readonly Event[] => {
    const n = from + index * 10
    return [
      click(n, { user }),
      page(n + 1, { user }),
      ...([
        {
          id: `o${n}`,
          at: noon,
          type: 'offered',
          user,
          scene: 'home',
          channel: '',
          writer: 'w',
          entries: [entry('i1')],
          replace: true,
          pulse: 1,
        },
        { id: `u${n}`, at: noon, type: 'user', user, attributes: { age: { number: 30 } } },
      ] as const),
    ]
  })
}

async function tellAll({ lake, tell }: TestLake, from: number): Promise<void> {
  await tell(lives(from))
  for (const user of [ann, guest, 'bob']) {
    const row = { at: noon, run: `run-${user}`, user, recipe: 'r', model: 'm' }
    lake.keep([
      { table: 'runs', row: { ...row, stage: 'rank', name: 'n', rows: 1, dropped: 0, ms: 1 } },
      { table: 'slates', row: { ...row, item: 'i', row: 0, features: { a: 1 } } },
    ])
  }
}

/** Rows by user, over all tables. */
async function rowsOf(own: TestLake): Promise<Readonly<Record<string, number>>> {
  const found: Record<string, number> = {}
  for (const { name, people } of tables) {
    if (people.length === 0) continue
    const rows = await own.rows(`SELECT "user", count(*) FROM ${name} GROUP BY 1`)
    for (const [user, count] of rows)
      found[String(user)] = (found[String(user)] ?? 0) + Number(count)
  }
  return found
}

async function filesOf(folder: string): Promise<readonly string[]> {
  const found: string[] = []
  for (const name of await readdir(folder, { recursive: true })) {
    if ((await stat(join(folder, name))).isFile()) found.push(name)
  }
  return found.toSorted()
}

/** Ids stand in clear in the statistics of a Parquet file, whatever packs its pages. */
async function filesNaming(folder: string, user: string): Promise<readonly string[]> {
  const naming: string[] = []
  for (const name of await filesOf(folder)) {
    if ((await readFile(join(folder, name))).includes(user)) naming.push(name)
  }
  return naming
}

/** A click, a page with two slots, an offer, a profile, a run, and a slate. */
const each = 8

describe('a forgotten user', () => {
  it('is in no file and no row any more, and the others are as before', async () => {
    await using folder = await testFolder()
    await using own = await testLake(folder.path)
    await tellAll(own, 0)
    await own.lake.flush()
    await own.tell([click(90, { user: 'bob', at: noon - 7_200_000 })])
    await own.lake.flush()
    await tellAll(own, 100)
    assert.deepEqual(await rowsOf(own), { [ann]: 2 * each, [guest]: 2 * each, bob: 2 * each + 1 })
    assert.ok((await filesNaming(folder.path, ann)).length > 0)
    const before = await filesOf(folder.path)
    const forgotten = await own.lake.forget(new Set([ann, guest]), own.log.head)
    assert.equal(forgotten.rows, 4 * each)
    assert.equal(forgotten.files, 7, 'one of each table that names users')
    assert.deepEqual(await rowsOf(own), { bob: 2 * each + 1 })
    assert.deepEqual(await filesNaming(folder.path, ann), [])
    // A file that held none of them is as it was.
    const kept = before.filter((name) => name.includes('hour=2026112210'))
    assert.equal(kept.length, 1)
    const after = await filesOf(folder.path)
    assert.deepEqual(
      after.filter((name) => before.includes(name) && name.endsWith('.parquet')),
      kept,
    )
    await own.lake.flush()
    assert.deepEqual(await rowsOf(own), { bob: 2 * each + 1 })
    assert.deepEqual(await filesNaming(folder.path, ann), [])
    assert.deepEqual(await own.lake.forget(new Set([ann, guest]), own.log.head), {
      rows: 0,
      files: 0,
    })
  })

  it('leaves no file where it was all there was', async () => {
    await using folder = await testFolder()
    await using own = await testLake(folder.path)
    await own.tell([click(1, { user: ann })])
    await own.lake.flush()
    assert.deepEqual(await own.lake.forget(new Set([ann]), own.log.head), { rows: 1, files: 1 })
    assert.deepEqual(await filesOf(folder.path), ['manifest.json'])
    assert.deepEqual(await own.rows('FROM actions'), [])
  })

  it('is found among several users of one row, in files and on the way to them', async () => {
    await using folder = await testFolder()
    await using own = await testLake(folder.path)
    const asked = (request: string, users: readonly string[]): void => {
      own.lake.keep([{ table: 'predictions', row: { at: noon, request, users } }])
    }
    asked('filed', ['bob', ann])
    await own.lake.flush()
    asked('unfiled', ['bob', ann])
    asked('of-bob', ['bob'])
    assert.equal((await own.lake.forget(new Set([ann]), own.log.head)).rows, 2)
    assert.deepEqual(await own.rows('SELECT request FROM predictions'), [['of-bob']])
    await own.lake.flush()
    assert.deepEqual(await filesNaming(folder.path, ann), [])
  })

  it('stays away where their events were read before and come after', async () => {
    await using folder = await testFolder()
    await using own = await testLake(folder.path)
    await own.lake.forget(new Set([ann]), 2)
    await own.tell([click(0, { user: ann }), click(1, { user: 'bob' }), click(2, { user: ann })])
    const left = [['e1'], ['e2']]
    assert.deepEqual(await own.rows('SELECT id FROM actions ORDER BY "offset"'), left)
    await own.lake.flush()
    assert.deepEqual(await own.rows('SELECT id FROM actions ORDER BY "offset"'), left)
  })

  it('keeps what they say afterwards', async () => {
    await using folder = await testFolder()
    await using own = await testLake(folder.path)
    await own.tell([click(0, { user: ann }), click(1, { user: ann })])
    await own.lake.flush()
    await own.tell([click(2, { user: ann })])
    await own.lake.forget(new Set([ann]), 1)
    assert.deepEqual(await own.rows('SELECT id FROM actions ORDER BY "offset"'), [['e1'], ['e2']])
  })

  it('goes while files are merged', async () => {
    await using folder = await testFolder()
    await using own = await testLake(folder.path)
    for (let n = 0; n < 4; n++) {
      await own.tell([click(2 * n, { user: ann }), click(2 * n + 1, { user: 'bob' })])
      await own.lake.flush()
    }
    own.clock.advance(3_600_000)
    const [, forgotten] = await Promise.all([
      own.lake.tend(),
      own.lake.forget(new Set([ann]), own.log.head),
    ])
    assert.equal(forgotten.rows, 4)
    assert.deepEqual(await own.rows('SELECT DISTINCT "user" FROM actions'), [['bob']])
    assert.deepEqual(await filesNaming(folder.path, ann), [])
    await own.lake.tend()
    assert.deepEqual(await own.rows('SELECT count(*) FROM actions'), [[4]])
    assert.equal(own.lake.extent()[0]!.files, 1)
  })
})
