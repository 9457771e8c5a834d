import assert from 'node:assert/strict'
import { test } from 'node:test'
import { deepFamilies } from '../../../../models/deep/deep-families.ts'
import { declaredSets } from '../../../../state/features/declared/sets/declared-sets.ts'
import { deepRankers } from './deep-rankers.ts'

test('every family of deep rankers can be trained, and no other', () => {
  assert.deepEqual(
    deepRankers.map(({ name }) => name),
    Object.keys(deepFamilies),
  )
})

test('a family that goes by an order learns, unless told, from a set that has one', () => {
  const { set } = deepRankers.find(({ name }) => name === 'din')!
  const { columns } = declaredSets.find(({ name }) => name === set)!
  assert.ok(columns.some(({ as }) => as.form === 'sequence'))
})
