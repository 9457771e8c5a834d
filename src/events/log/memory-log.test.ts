import assert from 'node:assert/strict'
import { test } from 'node:test'
import { eventLogSuite } from './event-log.suite.ts'
import { memoryLog } from './memory-log.ts'
import { collect, sampleEvents } from './samples.ts'

eventLogSuite('memory log', async () => memoryLog())

test('a memory log begins with the events it is given', async () => {
  await using log = memoryLog(sampleEvents(0, 3))
  assert.equal(log.head, 3)
  assert.equal((await collect(log.read(1))).length, 2)
})

test('what was appended cannot be changed from outside', async () => {
  await using log = memoryLog()
  const event = { ...sampleEvents(0, 1)[0]!, id: 'before' }
  await log.append([event])
  event.id = 'after'
  assert.equal((await collect(log.read(0)))[0]?.event?.id, 'before')
})
