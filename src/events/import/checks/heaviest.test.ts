import assert from 'node:assert/strict'
import { test } from 'node:test'
import { heaviest } from './heaviest.ts'

test('a key of a third of the stream is found among thousands, with its first lines', () => {
  const heavy = heaviest()
  for (let line = 1; line <= 30_000; line++) {
    heavy.add(line % 3 === 0 ? 'bot' : `key ${(line * 7919) % 5000}`, line)
  }
  const found = heavy.heaviest()
  assert.equal(found?.key, 'bot')
  assert.ok(found.count <= 10_000 && found.count >= 10_000 - 30_000 / 65, `${found.count}`)
  assert.deepEqual(found.lines.slice(0, 2), [3, 6])
})

test('few keys are counted exactly', () => {
  const heavy = heaviest()
  assert.equal(heavy.heaviest(), undefined)
  for (const key of ['a', 'b', 'a']) heavy.add(key, 1)
  assert.deepEqual(heavy.heaviest(), { key: 'a', count: 2, lines: [1, 1] })
})
