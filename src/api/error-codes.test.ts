import assert from 'node:assert/strict'
import { test } from 'node:test'
import { invalid } from '../error.ts'
import { errorCodes, fromErrorBody, toErrorBody } from './error-codes.ts'

test('an error survives the way through JSON', () => {
  const error = invalid('size', '0 must be >= 1 and <= 100')
  const body = toErrorBody(error)
  assert.deepEqual(body, {
    error: {
      code: 'invalid_argument',
      message: '[invalid_argument] size 0 must be >= 1 and <= 100',
      field: 'size',
    },
  })
  const read = fromErrorBody(JSON.parse(JSON.stringify(body)), 400)
  assert.deepEqual([read.code, read.message, read.field], [error.code, error.message, error.field])
})

test('what is no error of ours is unavailable, with its status', () => {
  for (const body of [
    undefined,
    null,
    'text',
    {},
    { error: 'no' },
    { error: { code: 'toString' } },
  ]) {
    const error = fromErrorBody(body, 502)
    assert.equal(error.message, '[unavailable] the server answered with HTTP status 502')
  }
})

test('every code has an HTTP status of its kind and a gRPC code of its own', () => {
  const grpcCodes = Object.values(errorCodes).map(({ grpc }) => grpc)
  assert.equal(new Set(grpcCodes).size, grpcCodes.length)
  for (const { http } of Object.values(errorCodes)) assert(http >= 400 && http < 600)
})
