import assert from 'node:assert/strict'
import { test } from 'node:test'
import { inTime } from './in-time.ts'

const limit = { what: 'fm/2', ms: 20 }
const endless = (ends: AbortSignal): Promise<never> =>
  new Promise((_, reject) => ends.addEventListener('abort', () => reject(ends.reason)))

test('what ends in time is what is told, failures as well', async () => {
  assert.equal(await inTime(limit, async () => 7), 7)
  await assert.rejects(
    inTime(limit, () => Promise.reject(new Error('broken'))),
    /broken/,
  )
})

test('what is late is told that nobody waits, and whoever waited hears why', async () => {
  let told: AbortSignal | undefined
  const work = (ends: AbortSignal): Promise<never> => {
    told = ends
    return new Promise(() => undefined)
  }
  await assert.rejects(inTime(limit, work), {
    code: 'deadline_exceeded',
    message: '[deadline_exceeded] fm/2 took longer than 20 ms',
  })
  assert.equal(told!.aborted, true)
})

test('work hears of whoever goes before the time is over', async () => {
  const gone = new AbortController()
  const asked = inTime({ what: 'fm/2', ms: 60_000, signal: gone.signal }, endless)
  gone.abort(new Error('the caller went'))
  await assert.rejects(asked, /the caller went/)
})

test('work hears of whoever went before it began', async () => {
  const signal = AbortSignal.abort(new Error('the caller went'))
  const heard = async (ends: AbortSignal): Promise<unknown> => ends.reason
  assert.equal(await inTime({ what: 'fm/2', ms: 60_000, signal }, heard), signal.reason)
})
