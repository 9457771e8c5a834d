import assert from 'node:assert/strict'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { hasCode } from '../../src/events/log/samples.ts'
import { examples } from '../../web/console/screens/sql/examples.ts'
import { minuteMs, openWorld, until, type World } from './world.ts'

async function rows(world: World, sql: string) {
  return (await world.engine.queryLake({ sql })).rows
}

async function parquetFiles(world: World): Promise<number> {
  const names = await readdir(join(world.folder, 'lake'), { recursive: true }).catch(() => [])
  return names.filter((name) => name.endsWith('.parquet')).length
}

/** Waits until everything that happened lies in files. */
async function filed(world: World): Promise<void> {
  for (let turn = 0; turn < 500; turn++) {
    const lake = (await world.engine.streams()).find(({ group }) => group === 'lake')!
    if (lake.checkpoint === lake.head) return
    await sleep(10)
  }
}

async function clickFirst(world: World, user: string): Promise<string> {
  const page = await world.page(user)
  const [first] = page.items
  await world.engine.track([{ type: 'click', user, item: first!.id, token: first!.token }])
  world.clock.advance(minuteMs)
  return first!.id
}

test('somebody asks what happened, and how it came about', async () => {
  await using world = await openWorld()
  const item = await clickFirst(world, 'ann')
  assert.deepEqual(
    await rows(
      world,
      `SELECT action, item, actions.scene, position, recipe
       FROM actions JOIN pages USING (request)`,
    ),
    [['click', item, 'home', 0, 'feed']],
  )
  // What was clicked, with the features that it was ranked by.
  const [found] = await rows(
    world,
    `SELECT place, len(map_keys(features)) > 5, s.sources FROM actions a
     JOIN slots s ON s.request = a.request AND s.position = a.position
     JOIN slates c ON c.run = s.run AND c.item = a.item`,
  )
  assert.deepEqual(found!.slice(0, 2), [0, true])
  const [stages] = await rows(world, `SELECT count(*) > 5, min(ms) >= 0 FROM runs`)
  assert.deepEqual(stages, [true, true])
  const { tables, through } = await world.engine.describeLake()
  assert.equal(through, world.clock.now())
  assert.equal(tables.find(({ name }) => name === 'items')!.rows, 60)
  const sums = await rows(world, 'SELECT size FROM pages')
  assert.deepEqual(sums, [[10]])
})

test('somebody is forgotten: in the log, and in the files', async () => {
  await using world = await openWorld({ lake: { flushMs: 20 } })
  for (const user of ['ann', 'bob', 'ann']) await clickFirst(world, user)
  await filed(world)
  assert.ok((await parquetFiles(world)) > 0)
  const counted = 'SELECT "user", count(*) FROM slots GROUP BY 1 ORDER BY 1'
  assert.deepEqual(await rows(world, counted), [
    ['ann', 20],
    ['bob', 10],
  ])
  const receipt = await world.engine.eraseUser('ann')
  // At least two clicks, two pages with ten items each, and what the runs tell.
  assert.ok(receipt.lakeRowsErased >= 24, `${receipt.lakeRowsErased} rows`)
  assert.ok(receipt.lakeFilesRewritten >= 3, `${receipt.lakeFilesRewritten} files`)
  assert.deepEqual(await rows(world, counted), [['bob', 10]])
  await world.reopen()
  assert.deepEqual(await rows(world, counted), [['bob', 10]])
})

test('somebody is forgotten while the lake is switched off', async () => {
  await using world = await openWorld({ lake: { flushMs: 20 } })
  for (const user of ['ann', 'bob']) await clickFirst(world, user)
  await filed(world)
  await world.reopen({ lake: false })
  await assert.rejects(world.engine.queryLake({ sql: 'FROM actions' }), /without a lake/)
  await assert.rejects(world.engine.describeLake(), hasCode('failed_precondition'))
  assert.ok((await world.engine.eraseUser('ann')).lakeRowsErased >= 12)
  await clickFirst(world, 'carl')
  await world.reopen({ lake: {} })
  const users = 'SELECT DISTINCT "user" FROM slots ORDER BY 1'
  assert.deepEqual(await rows(world, users), [['bob'], ['carl']])
})

test('a lake of another log, or none at all, keeps no feed from being served', async () => {
  await using world = await openWorld({ lake: { flushMs: 20 } })
  await filed(world)
  await world.close()
  const manifest = join(world.folder, 'lake', 'manifest.json')
  await writeFile(manifest, JSON.stringify({ version: 1, through: 1e6, serial: 0, files: [] }))
  const troubles: string[] = []
  await world.reopen({ onTrouble: (what) => troubles.push(what) })
  await until(() => troubles.length > 0)
  assert.deepEqual(troubles, ['the lake was left closed'])
  await assert.rejects(world.engine.queryLake({ sql: 'SELECT 1' }), /belongs to another log/)
  assert.equal((await world.page('ann')).items.length, 10)
})

test('a question beyond the bounds is refused with the bounds', async () => {
  await using world = await openWorld()
  const ask = (more: object) => world.engine.queryLake({ sql: 'SELECT 1', ...more })
  await assert.rejects(ask({ rowsMax: 0 }), /rowsMax 0 must be a whole number >= 1 and <= 10000/)
  await assert.rejects(ask({ timeoutMs: 60_001 }), /timeoutMs 60001 must be .* <= 60000/)
  await assert.rejects(ask({ sql: '' }), hasCode('invalid_argument'))
  await assert.rejects(ask({ sql: 'x'.repeat(20_001) }), /<= 20000/)
})

test('the questions of the guide are answered', async () => {
  await using world = await openWorld()
  for (const user of ['ann', 'bob']) await clickFirst(world, user)
  const guide = await readFile(new URL('../../docs/guide/lake.md', import.meta.url), 'utf8')
  const questions = [...guide.matchAll(/```sql\n(.*?)```/gs)].map(([, sql]) => sql!)
  assert.equal(questions.length, 5)
  const answers: number[] = []
  for (const sql of questions) answers.push((await rows(world, sql)).length)
  // No item is shown twice; of the clock of this story, nothing was in the last week.
  const [bySource, byGenre, twice, stages, slates] = answers as [
    number,
    number,
    number,
    number,
    number,
  ]
  assert.deepEqual([bySource, twice], [0, 0])
  assert.ok(byGenre >= 1 && stages > 5 && slates >= 20, `${answers}`)
})

test('the examples of the console are answered', async () => {
  await using world = await openWorld()
  for (const user of ['ann', 'bob']) await clickFirst(world, user)
  for (const [title, sql] of examples) {
    await assert.doesNotReject(rows(world, sql), title)
  }
})
