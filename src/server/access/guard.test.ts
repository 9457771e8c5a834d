import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Scope, scopes } from '../../api/operation.ts'
import type { Keys } from '../keys.ts'
import { guard } from './guard.ts'

const keysOf = (held: readonly Scope[]): Keys => {
  const list = held.map((scope) => ({ id: scope, scope, createdAt: 0 }))
  return {
    list: () => list,
    find: (secret) => list.find(({ scope }) => secret === `secret of ${scope}`),
    create: () => assert.fail('a guard makes no keys'),
    revoke: () => assert.fail('a guard revokes no keys'),
  }
}
const nothing = { authorization: undefined, apiKey: undefined }
const shown = (scope: string) => ({ ...nothing, apiKey: `secret of ${scope}` })

test('each scope opens its own operations, and admin all of them', () => {
  const pass = guard(keysOf(scopes), true)
  for (const held of scopes) {
    for (const asked of scopes) {
      if (held === asked || held === 'admin') assert.equal(pass(shown(held), asked), `key ${held}`)
      else assert.throws(() => pass(shown(held), asked), { code: 'permission_denied' })
    }
  }
})

test('a request without a key, or with an unknown one, is unauthenticated', () => {
  const pass = guard(keysOf(['admin']), true)
  for (const credentials of [
    nothing,
    shown('nobody'),
    { ...nothing, authorization: 'Basic abc' },
    { ...nothing, authorization: 'Bearer' },
    { ...nothing, apiKey: '' },
  ]) {
    assert.throws(() => pass(credentials, 'serve'), { code: 'unauthenticated' })
  }
})

test('a bearer token is a key, however the scheme is written', () => {
  const find = (secret: string) => ({ id: secret, scope: 'serve' as const, createdAt: 0 })
  const pass = guard({ ...keysOf(['serve']), find }, true)
  for (const authorization of ['Bearer abc', 'bearer  abc ', 'BEARER abc']) {
    assert.equal(pass({ ...nothing, authorization }, 'serve'), 'key abc')
  }
})

test('without keys this machine may do everything, and other machines nothing', () => {
  for (const keys of [undefined, keysOf([])]) {
    assert.equal(guard(keys, true)(nothing, 'admin'), 'open')
    assert.throws(() => guard(keys, false)(nothing, 'serve'), { code: 'unauthenticated' })
  }
})
