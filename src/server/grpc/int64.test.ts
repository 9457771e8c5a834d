import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isInt64 } from './int64.ts'

test('a canonical 64-bit integer fits, up to both ends', () => {
  for (const id of ['0', '7', '-7', '1115629498121846784', '9223372036854775807']) {
    assert(isInt64(id), id)
  }
  assert(isInt64('-9223372036854775808'))
})

test('what protobuf would change or refuse does not fit', () => {
  for (const id of ['', '007', '+7', '-0', '7.0', '1e3', ' 7', 'tt0111161', '\uff10']) {
    assert(!isInt64(id), id)
  }
  for (const id of ['9223372036854775808', '-9223372036854775809', '99999999999999999999']) {
    assert(!isInt64(id), id)
  }
})
