import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { operations } from '../api/service.ts'
import { manualClock } from '../events/clock.ts'
import { openKeys } from './keys.ts'
import { type TestServer, testServer } from './test-server.ts'

test('a port in use is told with what to do about it', async () => {
  await using first = await testServer()
  const port = Number(new URL(first.base).port)
  await assert.rejects(testServer({ port }), (error: Error) => {
    assert.match(error.message, /^\[failed_precondition\] cannot listen on 127\.0\.0\.1, port \d+:/)
    assert.match(error.message, /in use; .*another port/)
    return true
  })
})

test('without keys it listens to this machine only, and says how to make one', async () => {
  for (const host of ['0.0.0.0', '::']) {
    await assert.rejects(testServer({ host }), {
      code: 'failed_precondition',
      message: /starling keys create --scope admin/,
    })
  }
})

const withKeys = async (use: (file: string) => Promise<void>) => {
  const folder = mkdtempSync(join(tmpdir(), 'keys-'))
  await use(join(folder, 'keys.json'))
  rmSync(folder, { recursive: true })
}

test('with a key it listens everywhere, and stays shut when the last key is revoked', () =>
  withKeys(async (file) => {
    const keys = openKeys(file, manualClock(0))
    const { secret, id } = keys.create('admin')
    await using server = await testServer({ host: '0.0.0.0', keys })
    const local = `http://127.0.0.1:${new URL(server.base).port}`
    const status = async (key?: string) =>
      (await fetch(`${local}/v1/status`, { headers: key ? { 'x-api-key': key } : {} })).status
    assert.deepEqual([await status(), await status(secret)], [401, 200])
    keys.revoke(id)
    assert.deepEqual([await status(), await status(secret)], [401, 401])
  }))

test('every operation takes the keys of its scope and admin’s, and no others', () =>
  withKeys(async (file) => {
    const keys = openKeys(file)
    const secrets = {
      serve: keys.create('serve').secret,
      ingest: keys.create('ingest').secret,
      admin: keys.create('admin').secret,
    }
    await using server = await testServer({ keys })
    for (const [name, { method, path, scope }] of operations) {
      const url = path.replace(/\{\w+\}/, 'x')
      const statusWith = async (key: string | undefined) => {
        const headers = key === undefined ? undefined : { authorization: `Bearer ${key}` }
        return (await server.ask(method, url, undefined, headers)).status
      }
      assert.equal(await statusWith(undefined), 401, name)
      assert.equal(await statusWith('sk_admin_wrong'), 401, name)
      for (const [held, secret] of Object.entries(secrets)) {
        const refused = held !== scope && held !== 'admin'
        assert.equal((await statusWith(secret)) === 403, refused, `${held} key for ${name}`)
      }
    }
    for (const open of ['/healthz', '/readyz', '/docs', '/openapi.json', '/metrics']) {
      assert.equal((await server.ask('GET', open)).status, 200, open)
    }
    const refusal = await server.ask('GET', '/v1/status')
    assert.equal(refusal.headers.get('www-authenticate'), 'Bearer')
    assert.match(refusal.json.error.message, /^\[unauthenticated\] a key is needed/)
  }))

test('the one who changes a parameter is named by the key', () =>
  withKeys(async (file) => {
    const keys = openKeys(file)
    const { secret, id } = keys.create('admin')
    await using server = await testServer({ keys })
    const put = '/v1/parameters/blend.quota'
    const { json } = await server.ask('PUT', put, { value: 3 }, { 'x-api-key': secret })
    assert.equal(json.by, `key ${id}`)
  }))

/** An engine whose pages wait until they are let go. */
function held() {
  let letGo = (): void => {}
  let began = (): void => {}
  const gate = new Promise<void>((resolve) => (letGo = resolve))
  const started = new Promise<void>((resolve) => (began = resolve))
  const wrap = (engine: TestServer['engine']): TestServer['engine'] => ({
    ...engine,
    recommend: async (request) => {
      began()
      await gate
      return engine.recommend({ ...request, signal: AbortSignal.any([]) })
    },
  })
  return { wrap, started, letGo: () => letGo() }
}

const feed = '/v1/scenes/home/feed?user=7'

test('closing lets the answers under way finish', async () => {
  const { wrap, started, letGo } = held()
  const server = await testServer({ wrap, drainMs: 10_000 })
  const answer = server.ask('GET', feed)
  await started
  const closed = server.close()
  letGo()
  assert.equal((await answer).status, 200)
  await closed
  await assert.rejects(fetch(server.base + feed))
})

test('closing does not wait for ever', async () => {
  const { wrap, started } = held()
  const server = await testServer({ wrap, drainMs: 50 })
  const answer = server.ask('GET', feed).then(
    () => 'answered',
    () => 'cut off',
  )
  await started
  await server.close()
  await server.close()
  assert.equal(await answer, 'cut off')
})
