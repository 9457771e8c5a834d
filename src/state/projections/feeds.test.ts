import assert from 'node:assert/strict'
import { test } from 'node:test'
import { feedCountMax, feeds } from './feeds.ts'
import { serve, valueAfter } from './value-after.suite.ts'

test('the feeds of a user are those they were shown pages of, each once', async () => {
  const met = await valueAfter(
    feeds,
    [
      serve('u', ['a'], { scene: 'home' }),
      serve('u', ['b'], { scene: 'channel', channel: 'drama' }),
      serve('v', ['b'], { scene: 'stream' }),
      serve('u', ['c'], { scene: 'home', batch: 2 }),
    ],
    'u',
  )
  assert.deepEqual(met, [
    ['home', ''],
    ['channel', 'drama'],
  ])
})

test('who looks into every channel is remembered by the last of them', async () => {
  const pages = Array.from({ length: feedCountMax + 5 }, (_, n) =>
    serve('u', ['a'], { scene: 'channel', channel: `c${n}` }),
  )
  const met = await valueAfter(feeds, pages, 'u')
  assert.equal(met?.length, feedCountMax)
  assert.deepEqual(met?.at(0), ['channel', 'c5'])
})
