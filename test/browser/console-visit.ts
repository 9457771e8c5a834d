import { mkdir } from 'node:fs/promises'
import { resolve } from 'node:path'
import { after, before } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { build } from 'vite'
import { createClient } from '../../src/client/index.ts'
import { freePort, type Running, starling } from '../integration/starling.ts'
import { openChromium, patienceMs } from './chromium.ts'
import { temporaryHome } from './home.ts'
import { watchShifts } from './looks.ts'
import { type Audience, audienceOf } from './small-audience.ts'
import { desktop } from './visit.ts'
import { type Watch, watch } from './watch.ts'

const root = resolve(import.meta.dirname, '../..')
const results = resolve(root, 'test-results')

/** An operator before the console of a server of their own, which a few people use. */
export interface ConsoleVisit {
  readonly page: Page
  readonly base: string
  readonly audience: Audience
  readonly seen: Watch
  /** By how much the page has moved of its own accord since it was loaded. */
  shiftSum(): Promise<number>
  /** Goes to an address of the console and waits until every part of it has an answer. */
  visit(path: string): Promise<void>
  /** What is in view, in `test-results/`. */
  photograph(name: string): Promise<void>
}

/** Begins a visit before the tests of a suite and ends it after them: call it in `describe`. */
export function onConsoleVisit(): () => ConsoleVisit {
  const home = temporaryHome()
  let browser: Browser | undefined
  let server: Running | undefined
  let visit: ConsoleVisit | undefined

  before(async () => {
    await build({ configFile: resolve(root, 'web/vite.config.ts'), logLevel: 'warn' })
    browser = await openChromium()
    await mkdir(results, { recursive: true })
    const port = await freePort()
    server = starling(['serve', '--port', `${port}`], { STARLING_HOME: await home.folder })
    await server.says(/serves at/)
    visit = await begin(browser, `http://127.0.0.1:${port}`)
  })

  after(async () => {
    await browser?.close()
    server?.child.kill('SIGTERM')
    await server?.ended
    await home.remove()
  })

  return () => {
    if (visit === undefined) throw new Error('the visit has not begun')
    return visit
  }
}

async function begin(browser: Browser, base: string): Promise<ConsoleVisit> {
  const audience = audienceOf(createClient({ base }))
  await audience.fill()
  const page = await browser.newPage({ viewport: desktop, colorScheme: 'light' })
  page.setDefaultTimeout(patienceMs)
  // The loader of these tests gives functions their names by a function that a page lacks.
  await page.addInitScript('globalThis.__name = (value) => value')
  const shiftSum = await watchShifts(page)
  const seen = watch(page, base)
  return {
    ...{ page, base, audience, seen, shiftSum },
    async visit(path) {
      await page.goto(base + path)
      await page.locator('.screen h1').waitFor()
      await page.waitForFunction(() => document.querySelector('.bone') === null)
    },
    async photograph(name) {
      await page.screenshot({ path: `${results}/console-${name}.png`, animations: 'disabled' })
    },
  }
}
