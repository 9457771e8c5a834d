import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Event } from '../../events/event.ts'
import { history, historyLengthMax } from './history.ts'
import { act, keysAfter, merge, valueAfter } from './value-after.suite.ts'

async function after(...events: Event[]) {
  const deeds = (await valueAfter(history, events, 'u')) ?? []
  return deeds.map(({ item, action, value, at }) => [item, action, value, at])
}

test('deeds stand in the order of the log, whatever their times', async () => {
  const found = await after(
    act('u', 'rate', 'a', { value: 4.5, at: 9 }),
    act('u', 'impression', 'b', { at: 10 }),
    act('u', 'follow', undefined, { text: 'director:Varda' }),
    act('u', 'click', 'a', { at: 3 }),
  )
  assert.deepEqual(found, [
    [0, 'rate', 4.5, 9],
    [0, 'click', undefined, 3],
  ])
})

test('the last deeds are kept, and no more', async () => {
  const deeds = Array.from({ length: historyLengthMax + 3 }, (_, at) =>
    act('u', 'click', 'a', { at }),
  )
  const found = await after(...deeds)
  assert.equal(found.length, historyLengthMax)
  assert.deepEqual([found[0]![3], found.at(-1)![3]], [3, historyLengthMax + 2])
})

test('a merge puts two pasts in the order of their times, and leaves nothing behind', async () => {
  const events = [
    act('anon', 'click', 'a', { at: 2 }),
    act('u', 'click', 'b', { at: 1 }),
    act('u', 'click', 'c', { at: 3 }),
    merge('anon', 'u'),
  ]
  assert.deepEqual(
    (await after(...events)).map(([item]) => item),
    [1, 0, 2],
  )
  assert.deepEqual(await keysAfter(history, events), ['u'])
})

test('merging with somebody of whom nothing is known changes nothing', async () => {
  assert.deepEqual(await after(act('u', 'click', 'a'), merge('anon', 'u'), merge('u', 'u')), [
    [0, 'click', undefined, 1],
  ])
})

test('a value of minus zero is zero, as it will be when it is read from the log', async () => {
  const [deed] = await after(act('u', 'rate', 'a', { value: -0 }))
  assert.ok(Object.is(deed![2], 0))
})
