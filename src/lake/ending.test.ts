import assert from 'node:assert/strict'
import { readdir, rm } from 'node:fs/promises'
import { test } from 'node:test'
import { hasCode } from '../events/log/samples.ts'
import { click, noon, testFolder, testLake } from './lake-samples.ts'

const run = (name: string) =>
  ({ table: 'runs', row: { at: noon, run: name, stage: 'recall', rows: 1 } }) as const

test('what no event tells is filed at the end, and all else comes from the log again', async () => {
  await using folder = await testFolder()
  const first = await testLake(folder.path)
  await first.tell([click(1), click(2)])
  first.lake.keep([run('kept')])
  assert.equal((await first.rows('FROM actions')).length, 2)
  await first.close()
  await using second = await testLake(folder.path, { log: first.log })
  const files = second.lake.extent().map(({ table, rows, files }) => [table, rows, files])
  assert.deepEqual(
    files.filter(([, rows]) => rows !== 0),
    [
      ['actions', 2, 0],
      ['runs', 1, 1],
    ],
  )
  assert.deepEqual(await second.rows('SELECT run FROM runs'), [['kept']])
  assert.equal((await second.rows('FROM actions')).length, 2)
})

test('a lake that was told to end refuses events, and ends files under way', async () => {
  await using folder = await testFolder()
  const troubles: unknown[] = []
  await using own = await testLake(folder.path, { onTrouble: (error) => troubles.push(error) })
  await own.tell(Array.from({ length: 40 }, (_, n) => click(n, { at: noon - n * 40 * 86_400_000 })))
  await own.rows('FROM actions')
  const flushed = own.lake.flush()
  own.lake.stop()
  await assert.rejects(flushed, hasCode('canceled'))
  await assert.rejects(own.lake.sink.take([]), hasCode('canceled'))
  assert.deepEqual(
    own.lake.extent().filter(({ files }) => files > 0),
    [],
  )
  await own.close()
  assert.deepEqual(troubles, [])
})

test('a folder that is gone at the end stays gone', async () => {
  await using folder = await testFolder()
  const troubles: unknown[] = []
  const own = await testLake(folder.path, { onTrouble: (error) => troubles.push(error) })
  await own.tell([click(1)])
  own.lake.keep([run('lost')])
  await own.rows('FROM actions')
  own.lake.stop()
  await rm(folder.path, { recursive: true })
  await own.close()
  assert.equal(troubles.length, 1)
  await assert.rejects(readdir(folder.path), { code: 'ENOENT' })
})
