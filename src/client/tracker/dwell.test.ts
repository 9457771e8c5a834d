import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createDwell } from './dwell.ts'
import { madeUpPlatform } from './made-up-platform.suite.ts'

function reading() {
  const platform = madeUpPlatform()
  const dwell = createDwell(platform)
  const told: number[] = []
  const text = {}
  const end = dwell.watch(text, (durationMs) => told.push(durationMs))
  return { platform, dwell, told, text, end }
}

test('only the time in view, on a visible page, is reading', async () => {
  const { platform, told, text, end } = reading()
  await platform.advance(4_000)
  platform.scroll(text, true)
  await platform.advance(2_000)
  platform.scroll(text, false)
  await platform.advance(4_000)
  platform.scroll(text, true)
  await platform.advance(1_500)
  end()
  assert.deepEqual(told, [3_500])
})

test('the time is told when the page is left, and what follows as another', async () => {
  const { platform, told, text, end } = reading()
  platform.scroll(text, true)
  await platform.advance(5_000)
  platform.hide()
  await platform.advance(60_000)
  platform.show()
  await platform.advance(3_000)
  end()
  assert.deepEqual(told, [5_000, 3_000])
})

test('one who does not move for half a minute has gone', async () => {
  const { platform, told, text, end } = reading()
  platform.scroll(text, true)
  await platform.advance(20_000)
  platform.happen('active')
  await platform.advance(600_000)
  platform.happen('active')
  await platform.advance(1_000)
  end()
  assert.deepEqual(told, [51_000])
})

test('a glance is told where it is all that there was, and not as the rest of a reading', async () => {
  const glance = reading()
  glance.platform.scroll(glance.text, true)
  await glance.platform.advance(300)
  glance.platform.hide()
  assert.deepEqual(glance.told, [])
  glance.end()
  assert.deepEqual(glance.told, [300])
  const long = reading()
  long.platform.scroll(long.text, true)
  await long.platform.advance(2_000)
  long.platform.hide()
  long.platform.show()
  await long.platform.advance(300)
  long.end()
  assert.deepEqual(long.told, [2_000])
  const never = reading()
  never.end()
  assert.deepEqual(never.told, [])
})

test('what was forgotten is not told', async () => {
  const { platform, dwell, told, text, end } = reading()
  platform.scroll(text, true)
  await platform.advance(5_000)
  dwell.reset()
  await platform.advance(1_000)
  end()
  assert.deepEqual(told, [1_000])
})
