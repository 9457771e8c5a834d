import assert from 'node:assert/strict'
import { test } from 'node:test'
import { partiesOf, partitionOf } from './partitions.ts'

test('a key is in the same partition in every version: stores were divided by it', () => {
  const keys = ['u1', 'u2', 'u3', 'anonymous-7', '9007199254740993', 'é']
  assert.deepEqual(
    keys.map((key) => partitionOf(key, 8)),
    [2, 6, 6, 6, 5, 4],
  )
})

test('keys that are alike are spread over all partitions', () => {
  const counts = new Array<number>(8).fill(0)
  for (let user = 0; user < 8_000; user++) counts[partitionOf(`user${user}`, 8)]!++
  for (const count of counts) assert.ok(count > 850 && count < 1_150, counts.join(' '))
})

test('an event concerns the partitions of its users, and the joined one speaks for a merge', () => {
  const fact = { id: 'e', at: 1 }
  const of = (user: string) => partitionOf(user, 8)
  const user = { ...fact, type: 'user', user: 'u1', attributes: {} } as const
  assert.deepEqual(partiesOf(user, 8), { all: [of('u1')], speaker: of('u1') })
  const withdraw = { ...fact, type: 'withdraw', item: 'i1' } as const
  assert.deepEqual(partiesOf(withdraw, 8), { all: [of('i1')], speaker: of('i1') })
  const [from, into] = ['user1', 'user2']
  const merge = { ...fact, type: 'merge', from, into } as const
  assert.notEqual(of(from), of(into))
  assert.deepEqual(partiesOf(merge, 8), { all: [of(from), of(into)], speaker: of(into) })
  const self = { ...fact, type: 'merge', from, into: from } as const
  assert.deepEqual(partiesOf(self, 8), { all: [of(from)], speaker: of(from) })
})
