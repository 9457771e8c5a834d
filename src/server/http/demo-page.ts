import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { isNavigation } from './navigation.ts'

/** Files, and applications of their own beside the site. */
const notTheSite = /^\/console(\/|$)|\.\w+$/

/**
 * Answers addresses of the site with its page, told which demo it shows: a page that had to ask for
 * that first would show the wrong one meanwhile.
 */
export function demoPage(app: FastifyInstance, web: string, demo: string): void {
  app.addHook('onRequest', async (request, reply) => {
    const path = request.url.split('?', 1)[0] ?? ''
    if (!isNavigation(request) || notTheSite.test(path)) return
    const plain = await readFile(join(web, 'index.html'), 'utf8')
    const page = plain.replace('<html ', `<html data-demo="${demo}" `)
    await reply.type('text/html; charset=utf-8').send(page)
  })
}
