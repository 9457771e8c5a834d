import { mkdir } from 'node:fs/promises'
import { resolve } from 'node:path'
import { after, afterEach, before } from 'node:test'
import type { Browser, Page, Route } from 'playwright-core'
import { openChromium, patienceMs } from './chromium.ts'
import { temporaryHome } from './home.ts'
import { watchShifts } from './looks.ts'
import { type Newcomer, newcomer } from './newcomer.ts'
import { type Reader, reader } from './reader.ts'
import { type Watch, watch } from './watch.ts'

/** A person at a browser, before the page of a server that was just started. */
export interface Visit {
  readonly server: Newcomer
  readonly page: Page
  readonly person: Reader
  readonly seen: Watch
  /** By how much the page has moved of its own accord since it was loaded. */
  shiftSum(): Promise<number>
  /** Answers calls for feeds in place of the server, until `letFeedsPass`. */
  answerFeeds(answer: (route: Route) => Promise<void>): Promise<void>
  letFeedsPass(): Promise<void>
}

export const desktop = { width: 1280, height: 860 }
export const phone = { width: 390, height: 844 }

/** Items that the page asks for at a time. */
export const pageSize = 12

const results = resolve(import.meta.dirname, '../../test-results')
const feedCalls = '**/feed?**'

/**
 * Begins a visit before the tests of a suite and ends it after them: call it in `describe`. The
 * server is started with the options.
 */
export function onVisit(options: readonly string[] = []): () => Visit {
  const home = temporaryHome()
  let browser: Browser | undefined
  let server: Newcomer | undefined
  let visit: Visit | undefined

  before(async () => {
    browser = await openChromium()
    await mkdir(results, { recursive: true })
    server = await newcomer(await home.folder, options)
    visit = await begin(browser, server)
  })

  // One step that fails must not take the next ones with it.
  afterEach(async () => {
    if (visit === undefined) return
    await visit.page.evaluate(() => {
      document.querySelector<HTMLElement>(':popover-open')?.hidePopover()
    })
    await visit.letFeedsPass()
  })

  after(async () => {
    await browser?.close()
    await server?.[Symbol.asyncDispose]()
    await home.remove()
  })

  return () => {
    if (visit === undefined) throw new Error('the visit has not begun')
    return visit
  }
}

async function begin(browser: Browser, server: Newcomer): Promise<Visit> {
  const page = await browser.newPage({ viewport: desktop, colorScheme: 'light' })
  page.setDefaultTimeout(patienceMs)
  // The loader of these tests gives functions their names by a function that a page lacks.
  await page.addInitScript('globalThis.__name = (value) => value')
  const shiftSum = await watchShifts(page)
  const seen = watch(page, server.base)
  const letFeedsPass = (): Promise<void> => page.unroute(feedCalls)
  return {
    server,
    page,
    person: reader(page, server, seen, results),
    seen,
    shiftSum,
    letFeedsPass,
    async answerFeeds(answer) {
      await letFeedsPass()
      await page.route(feedCalls, answer)
    },
  }
}
