import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkExamples, examplesAt } from './examples.ts'
import type { Field } from './field.ts'
import type { Examples } from './rows.ts'

const fields: readonly Field[] = [
  { kind: 'category', name: 'item', side: 'item', size: 9 },
  { kind: 'sequence', name: 'past', side: 'user', size: 9, length: 2 },
  { kind: 'number', name: 'age', side: 'user' },
]

const examples: Examples = {
  rowCount: 3,
  columns: new Map<string, Float32Array | Uint32Array>([
    ['item', Uint32Array.of(1, 2, 3)],
    ['past', Uint32Array.of(0, 1, 0, 2, 0, 3)],
    ['age', Float32Array.of(40)],
  ]),
  labels: new Map([['click', Float32Array.of(1, 0, 1)]]),
  weights: Float32Array.of(1, 2, 3),
  groups: Uint32Array.of(0, 3),
  positions: Uint32Array.of(0, 1, 2),
}

test('rows are picked with all that is theirs, and what holds for all stays', () => {
  const { columns, labels, ...rest } = examplesAt(examples, fields, Uint32Array.of(2, 0, 2))
  assert.deepEqual(columns.get('item'), Uint32Array.of(3, 1, 3))
  assert.deepEqual(columns.get('past'), Uint32Array.of(0, 3, 0, 1, 0, 3))
  assert.deepEqual(columns.get('age'), Float32Array.of(40))
  assert.deepEqual(labels.get('click'), Float32Array.of(1, 1, 1))
  assert.deepEqual(rest, {
    rowCount: 3,
    weights: Float32Array.of(3, 1, 3),
    positions: Uint32Array.of(2, 0, 2),
  })
})

test('examples that can not be learned from are refused, with the place', () => {
  checkExamples(examples, fields, ['click'])
  const refused = (change: Partial<Examples>, message: RegExp): void => {
    const check = () => checkExamples({ ...examples, ...change }, fields, ['click'])
    assert.throws(check, { code: 'invalid_argument', message })
  }
  refused({ rowCount: 0 }, /nothing to learn/)
  refused({ columns: new Map() }, /item the column is missing/)
  refused({ labels: new Map() }, /labels\.click is missing/)
  refused({ labels: new Map([['click', Float32Array.of(1)]]) }, /1 values .* must be 3/)
  refused({ labels: new Map([['click', Float32Array.of(1, Infinity, 0)]]) }, /click\[1\] Infinity/)
  refused({ weights: Float32Array.of(1, 1, -1) }, /weights\[2\] -1 must be finite and >= 0/)
  refused({ weights: new Float32Array(3) }, /must not all be 0/)
})
