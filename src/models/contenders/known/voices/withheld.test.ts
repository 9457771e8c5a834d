import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sequencesOf } from '../../../sequences.ts'
import { withheld } from './withheld.ts'

const rows = Array.from({ length: 100 }, (_, row) => [row % 7, 7 + (row % 3), 10, row % 5])
const train = sequencesOf(rows, 11)
const rowOf = ({ starts, items }: typeof train, row: number) => [
  ...items.subarray(starts[row], starts[row + 1]),
]

test('of some users the last item is asked for, and not learned from', () => {
  const { train: left, asked } = withheld({ train }, 'users', 3)
  assert.equal(asked.questions.length, 3)
  assert.equal(left.items.length, train.items.length - 3)
  assert.ok(asked.dropsPast)
  for (const [place, { user, past }] of asked.questions.entries()) {
    assert.deepEqual([...past], rows[user]!.slice(0, -1))
    assert.deepEqual([...asked.targets[place]!], rows[user]!.slice(-1))
    assert.deepEqual(rowOf(left, user), rows[user]!.slice(0, -1))
  }
  assert.deepEqual(withheld({ train }, 'users', 3), { train: left, asked }, 'always the same')
  assert.equal(withheld({ train }, 'users', 1_000).asked.questions.length, 5, 'a twentieth')
})

test('of sessions the newest are asked for, each step of them, and not learned from', () => {
  const { train: left, asked } = withheld({ train }, 'sessions', 5)
  assert.equal(left.starts.length - 1, 98)
  assert.equal(asked.questions.length, 5)
  assert.ok(!asked.dropsPast)
  for (const [place, { user, past }] of asked.questions.entries()) {
    assert.ok(user >= 98)
    assert.deepEqual([...past, ...asked.targets[place]!], rows[user]!.slice(0, past.length + 1))
  }
  assert.equal(withheld({ train }, 'sessions', 1_000).train.starts.length - 1, 95)
})

test('a validation part of the data’s own is taken as it is, and nothing withheld besides', () => {
  const questions = [0, 1, 2].map((user) => ({ user, past: Uint32Array.of(user) }))
  const targets = questions.map(() => Uint32Array.of(10))
  const validation = { questions, targets, dropsPast: true }
  const { train: left, asked } = withheld({ train, validation }, 'users', 2)
  assert.equal(left, train)
  assert.equal(asked.questions.length, 2)
})
