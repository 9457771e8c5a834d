import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import fastify, { type FastifyInstance } from 'fastify'
import { demoPage } from './demo-page.ts'

const html = { accept: 'text/html' }

describe('the page of a demo', () => {
  let folder: string
  let app: FastifyInstance

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'starling-page-'))
    await writeFile(join(folder, 'index.html'), '<!doctype html><html lang="en"></html>')
    app = fastify()
    demoPage(app, folder, 'news')
    app.setNotFoundHandler((_request, reply) => reply.code(404).send('elsewhere'))
  })

  after(async () => {
    await app.close()
    await rm(folder, { recursive: true, force: true })
  })

  it('says which demo it shows, at every address of the site', async () => {
    for (const url of ['/', '/news/C%2B%2B', '/why/1?item=2']) {
      const answer = await app.inject({ url, headers: html })
      assert.equal(answer.statusCode, 200, url)
      assert.match(answer.headers['content-type'] as string, /^text\/html/)
      assert.equal(answer.body, '<!doctype html><html data-demo="news" lang="en"></html>')
    }
  })

  it('leaves alone what is not the site', async () => {
    for (const url of ['/v1/status', '/console', '/console/sql', '/favicon.svg', '/assets/a.js']) {
      assert.equal((await app.inject({ url, headers: html })).body, 'elsewhere', url)
    }
    assert.equal((await app.inject({ url: '/news' })).body, 'elsewhere', 'not a browser')
  })
})
