import assert from 'node:assert/strict'
import { it } from 'node:test'
import { audience, fanCountMax } from './audience.ts'
import { act, valueAfter } from './value-after.suite.ts'

it('keeps the warmest, of equals the newest, and counts everybody', async () => {
  const cool = Array.from({ length: 30 }, (_, index) =>
    act(`cool${index}`, 'rate', 'a', { value: 4, at: 100 + index }),
  )
  const warm = act('warm', 'rate', 'a', { value: 4.5, at: 1 })
  const cold = act('cold', 'rate', 'a', { value: 3, at: 900 })
  const value = await valueAfter(audience, [warm, ...cool, cold], '0')
  assert.equal(value?.fans.length, fanCountMax)
  assert.deepEqual(
    value.fans.slice(0, 3).map(({ user }) => user),
    ['warm', 'cool29', 'cool28'],
  )
  assert.deepEqual(value.histogram, [0, 0, 0, 0, 0, 1, 0, 30, 1, 0])
})

it('counts stars that no scale of ours has at its ends', async () => {
  const rate = (value: number) => act(`u${value}`, 'rate', 'a', { value })
  const value = await valueAfter(audience, [rate(-3), rate(0), rate(4.3), rate(100)], '0')
  assert.deepEqual(value?.histogram, [2, 0, 0, 0, 0, 0, 0, 0, 1, 1])
})

it('is gone when nobody is left who said anything', async () => {
  const events = [act('ann', 'like', 'a'), act('ann', 'unlike', 'a')]
  assert.equal(await valueAfter(audience, events, '0'), undefined)
})
