import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { assertError } from '../assert-error.ts'
import { type TestServer, testServer } from '../test-server.ts'

test('the documentation is served from here, without asking elsewhere', async () => {
  await using server = await testServer()
  const page = await server.ask('GET', '/docs')
  assert.equal(page.status, 200)
  assert.doesNotMatch(page.text, /(src|href)="(https?:)?\/\//)
  assert.equal((await server.ask('GET', '/docs/static/swagger-ui-bundle.js')).status, 200)
  assert.equal((await server.ask('GET', '/openapi.json')).json.openapi, '3.1.0')
})

test('a folder is shown at the root, and nothing outside it', async () => {
  const web = mkdtempSync(join(tmpdir(), 'web-'))
  writeFileSync(join(web, 'index.html'), '<title>Starling</title>')
  writeFileSync(join(`${web}.secret`), 'secret')
  await using server = await testServer({ web })
  assert.equal((await server.ask('GET', '/')).text, '<title>Starling</title>')
  assertError(await server.ask('GET', '/none.js'), 404, 'not_found')
  assertError(await server.ask('GET', '/v1/events'), 405, 'invalid_argument')
  assertError(await server.ask('GET', `/v1/items/${'x'.repeat(5000)}`), 414, 'invalid_argument')
  for (const path of ['/..%2f', '/%2e%2e/', '/..%5c']) {
    const name = `${web.split('/').at(-1)}.secret`
    assert.notEqual((await server.ask('GET', path + name)).text, 'secret')
  }
  rmSync(web, { recursive: true })
  rmSync(`${web}.secret`)
})

test('a browser that goes to a path of the site gets its page, and all others an error', async () => {
  const web = mkdtempSync(join(tmpdir(), 'web-'))
  writeFileSync(join(web, 'index.html'), '<title>Starling</title>')
  await using server = await testServer({ web })
  const browser = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' }
  for (const path of ['/film/1', '/user/a%2Fb?model=popular', '/search?q=up', '/docsy']) {
    const { status, text } = await server.ask('GET', path, undefined, browser)
    assert.deepEqual([status, text], [200, '<title>Starling</title>'], path)
    assertError(await server.ask('GET', path), 404, 'not_found')
  }
  for (const path of ['/v1/none', '/v1', '/docs/none', '/assets/none.js', '/metrics/none']) {
    assert.equal((await server.ask('GET', path, undefined, browser)).status, 404, path)
  }
  assertError(await server.ask('POST', '/film/1', {}, browser), 404, 'not_found')
  rmSync(web, { recursive: true })
})

test('addresses of the console lead to its own page, where there is one', async () => {
  const web = mkdtempSync(join(tmpdir(), 'web-'))
  writeFileSync(join(web, 'index.html'), 'site')
  const browser = { accept: 'text/html' }
  const textAt = async (server: TestServer, path: string) =>
    (await server.ask('GET', path, undefined, browser)).text
  {
    await using server = await testServer({ web })
    assert.equal(await textAt(server, '/console/metrics'), 'site')
  }
  mkdirSync(join(web, 'console'))
  writeFileSync(join(web, 'console/index.html'), 'console')
  await using server = await testServer({ web })
  for (const path of ['/console', '/console/', '/console?x=1', '/console/user/a%2Fb?at=1'])
    assert.equal(await textAt(server, path), 'console', path)
  for (const path of ['/', '/consoles', '/film/console'])
    assert.equal(await textAt(server, path), 'site', path)
  rmSync(web, { recursive: true })
})
