import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openPace } from './pace.ts'

test('rest is due after a stretch of work, however small its steps', async () => {
  const pace = openPace()
  let steps = 0
  while (!pace.due(1000)) steps++
  assert.ok(steps > 100 && steps < 100_000, `${steps} steps`)
  await pace.rest()
  assert.equal(pace.due(1000), false)
})

test('while it rests, others get their turn', async () => {
  let turned = false
  setImmediate(() => {
    turned = true
  })
  await openPace().rest()
  assert.equal(turned, true)
})

test('an abort ends it: before, and while it rests', async () => {
  const reason = new Error('enough')
  assert.throws(() => openPace(AbortSignal.abort(reason)), reason)
  const controller = new AbortController()
  const resting = openPace(controller.signal).rest()
  controller.abort(reason)
  await assert.rejects(resting, reason)
})
