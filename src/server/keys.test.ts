import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, test } from 'node:test'
import { manualClock } from '../events/clock.ts'
import { openKeys } from './keys.ts'

let folder = ''
let file = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'keys-'))
  file = join(folder, 'state', 'keys.json')
})
afterEach(() => rmSync(folder, { recursive: true }))

test('a key is found by its secret and by nothing near it', () => {
  const keys = openKeys(file, manualClock(5))
  const { secret, ...key } = keys.create('serve')
  assert.match(secret, /^sk_serve_[\w-]{43}$/)
  assert.deepEqual(keys.find(secret), key)
  assert.deepEqual(keys.list(), [{ id: sha256In(file).slice(0, 8), scope: 'serve', createdAt: 5 }])
  const swapped = secret.replace('serve', 'admin')
  for (const wrong of ['', secret.slice(0, -1), `${secret}x`, swapped, sha256In(file)]) {
    assert.equal(keys.find(wrong), undefined)
  }
})

const sha256In = (path: string): string => JSON.parse(readFileSync(path, 'utf8')).keys[0].sha256

test('the file holds no secret and is its owner’s alone, also after a change', () => {
  const keys = openKeys(file)
  const secrets = [keys.create('admin').secret, keys.create('ingest').secret]
  const text = readFileSync(file, 'utf8')
  for (const secret of secrets) assert(!text.includes(secret.slice(12)))
  assert.equal(statSync(file).mode & 0o777, 0o600)
})

test('a key that is revoked opens nothing, and is not revoked twice', () => {
  const keys = openKeys(file)
  const { id, secret } = keys.create('admin')
  assert.equal(keys.revoke(id), true)
  assert.equal(keys.find(secret), undefined)
  assert.equal(keys.revoke(id), false)
})

test('a change by another process is in force within a second', () => {
  const clock = manualClock(0)
  const serving = openKeys(file, clock)
  const commandLine = openKeys(file, clock)
  const { id, secret } = commandLine.create('serve')
  clock.advance(1000)
  assert.equal(serving.find(secret)?.id, id)
  commandLine.revoke(id)
  clock.advance(1000)
  assert.equal(serving.find(secret), undefined)
})

test('two processes that make keys do not undo one another', () => {
  const [one, other] = [openKeys(file), openKeys(file)]
  one.create('serve')
  other.create('ingest')
  one.create('admin')
  assert.deepEqual(
    openKeys(file)
      .list()
      .map(({ scope }) => scope),
    ['serve', 'ingest', 'admin'],
  )
})

test('a file that is no key file is refused, never taken for "no keys"', () => {
  openKeys(file).create('admin')
  for (const content of ['', '{', '{}', '{"keys":[{"id":"x"}]}', 'null']) {
    writeFileSync(file, content)
    assert.throws(() => openKeys(file), { code: 'failed_precondition' })
  }
})
