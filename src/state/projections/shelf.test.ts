import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Event } from '../../events/event.ts'
import { shelf, shelfKey, waitingLengthMax } from './shelf.ts'
import { offer, serve, valueAfter } from './value-after.suite.ts'

async function after(...events: Event[]) {
  const { waiting, ...header } = (await valueAfter(shelf, events, shelfKey('u', 'home', '')))!
  return { waiting: waiting.items(), ...header }
}

test('what is offered waits behind what waits already, each item once', async () => {
  const { waiting, offeredAt, pulse, lastBatch } = await after(
    offer('u', ['a', 'b'], { at: 5, pulse: 1 }),
    offer('u', ['c', 'a', 'd'], { at: 7, pulse: 2 }),
  )
  assert.deepEqual(
    { waiting, offeredAt, pulse, lastBatch },
    {
      waiting: [0, 1, 2, 3],
      offeredAt: 7,
      pulse: 2,
      lastBatch: 0,
    },
  )
})

test('an offer that replaces takes the place of all that waited', async () => {
  const { waiting } = await after(offer('u', ['a', 'b']), offer('u', ['c', 'a'], { replace: true }))
  assert.deepEqual(waiting, [2, 0])
})

test('what was shown or found unfit leaves, and the page is counted', async () => {
  const { waiting, lastBatch, lastAt } = await after(
    offer('u', ['a', 'b', 'c', 'd']),
    serve('u', ['a', 'c'], { batch: 1, at: 11, dropped: ['d'] }),
  )
  assert.deepEqual({ waiting, lastBatch, lastAt }, { waiting: [1], lastBatch: 1, lastAt: 11 })
})

test('feeds of other scenes, channels and users are other shelves', async () => {
  const { waiting } = await after(
    offer('u', ['a']),
    offer('v', ['b']),
    offer('u', ['c'], { channel: '18' }),
    serve('u', ['a'], { scene: 'list' }),
  )
  assert.deepEqual(waiting, [0])
})

test('no more wait than both levels hold', async () => {
  const items = Array.from({ length: waitingLengthMax + 50 }, (_, index) => `item${index}`)
  const { waiting } = await after(offer('u', items.slice(0, 400)), offer('u', items.slice(400)))
  assert.deepEqual([waiting.length, waiting.at(-1)], [waitingLengthMax, waitingLengthMax - 1])
})
