import assert from 'node:assert/strict'
import { test } from 'node:test'
import { deepFamilies } from '../../../../models/deep/deep-families.ts'
import { deepRankers } from './deep-rankers.ts'

test('every family of deep rankers can be trained, and no other', () => {
  assert.deepEqual(
    deepRankers.map(({ name }) => name),
    Object.keys(deepFamilies),
  )
})
