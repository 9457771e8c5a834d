import assert from 'node:assert/strict'
import { test } from 'node:test'
import { tokenSeal } from '../../src/feed/tracking/token.ts'
import { golden } from './golden.ts'

test('a token is written as ever, and one of old is still opened', async () => {
  const seal = tokenSeal(Uint8Array.from({ length: 32 }, (_, index) => index))
  const tokens = ['0mhz9k3a1b2c3d4e5f6', 'A-b_9'].flatMap((request) =>
    [0, 7, 99].map(seal.page(request)),
  )
  const kept = await golden('token', Buffer.from(tokens.join('\n')))
  assert.deepEqual(
    Buffer.from(kept).toString().split('\n').map(seal.open),
    ['0mhz9k3a1b2c3d4e5f6', 'A-b_9'].flatMap((request) =>
      [0, 7, 99].map((position) => ({ request, position })),
    ),
  )
})
