import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { StarlingError } from '../../error.ts'
import { manualClock } from '../clock.ts'
import { formatDiagnosis } from './diagnosis.ts'
import { examine } from './doctor.ts'
import { importFiles } from './importer.ts'
import { folderOf } from './table/fixture.suite.ts'

const clock = manualClock(Date.UTC(2024, 4, 1))

const cell = fc.oneof(
  fc.constantFrom('u1', 'i1', 'click', 'rate', '1700000000', '1.7e12', '2024-01-01', '', '"', '[1'),
  fc.constantFrom('__proto__', 'user', 'item', 'id', 'at', 'type', 'rating', '{"a":1}', '\u0000'),
  fc.string({ maxLength: 8 }),
  fc.double().map(String),
)
const line = fc.array(cell, { maxLength: 5 }).map((cells) => cells.join(','))
const body = fc.array(line, { maxLength: 12 }).map((lines) => lines.join('\n'))
const header = fc.constantFrom('user,item,at,type', 'id,title,tags', 'user,__proto__', 'user,item')
const text = fc.oneof(
  body,
  fc.tuple(header, body).map(([first, rest]) => `${first}\n${rest}`),
)
const bytes = fc.oneof(
  text.map((content) => Buffer.from(content)),
  fc.uint8Array({ maxLength: 200 }),
)
const name = fc.constantFrom('a.csv', 'events.tsv', 'users.jsonl', 'items.parquet')

test('any file is examined and imported, or refused as an invalid argument', async () => {
  const survives = fc.asyncProperty(name, bytes, async (file, content) => {
    const paths = [folderOf({ [file]: content })]
    const report = formatDiagnosis(await examine(paths, { clock }))
    assert.ok(report.length > 0)
    const sink = async (batch: readonly unknown[]) => ({ accepted: batch.length, duplicates: 0 })
    try {
      const { rowCount, accepted, rejected } = await importFiles({ paths, clock, sink })
      const kept = accepted.items + accepted.users + accepted.events
      const lost = Object.values(rejected).reduce((sum, count) => sum + count, 0)
      assert.equal(kept + lost, rowCount)
    } catch (error) {
      assert.ok(error instanceof StarlingError, String(error))
      assert.equal(error.code, 'invalid_argument')
    }
  })
  await fc.assert(survives, { numRuns: 400 })
})
