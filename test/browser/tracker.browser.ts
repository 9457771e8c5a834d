import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { build } from 'esbuild'
import type { Browser, Page } from 'playwright-core'
import { type TestServer, testServer } from '../../src/server/test-server.ts'
import { openChromium } from './chromium.ts'
import { temporaryHome } from './home.ts'

const client = resolve(import.meta.dirname, '../../src/client/index.ts')

/** Two cards, one of them far below, and a tracker that a person's console could reach. */
const script = `
  import { createClient, createTracker } from ${JSON.stringify(client)}
  const tracker = createTracker({ client: createClient({ base: '' }), user: 'ann' })
  for (const card of document.querySelectorAll('.card')) {
    tracker.seen(card, { item: card.id, token: 'token-' + card.id })
  }
  globalThis.tracker = tracker
`

const style = '.card { height: 300px; background: gold } .gap { height: 3000px }'

const html = `<!doctype html><html lang="en"><title>cards</title>
  <link rel="icon" href="data:," /><link rel="stylesheet" href="cards.css" />
  <div class="card" id="near"></div><div class="gap"></div><div class="card" id="far"></div>
  <script type="module" src="cards.js"></script></html>`

/** A folder that the server serves as its page. */
async function writePage(folder: string): Promise<void> {
  await writeFile(join(folder, 'index.html'), html)
  await writeFile(join(folder, 'cards.css'), style)
  await build({
    stdin: { contents: script, resolveDir: import.meta.dirname },
    ...{ bundle: true, minify: true, format: 'esm', outfile: join(folder, 'cards.js') },
  })
}

describe('the tracker in a browser', () => {
  const home = temporaryHome()
  let browser: Browser
  let server: TestServer
  let page: Page

  const open = async (): Promise<void> => {
    await page.goto(server.base)
    await page.waitForFunction('globalThis.tracker')
  }
  const track = (type: string, item: string): Promise<unknown> =>
    page.evaluate(`void tracker.track({ type: '${type}', item: '${item}' })`)
  const waiting = (): Promise<unknown> => page.evaluate('tracker.status.waiting')
  const kept = (): Promise<unknown> => page.evaluate('localStorage.length')

  /** What the server knows, oldest first, once it is that much. */
  const told = async (count: number): Promise<readonly string[]> => {
    for (let turn = 0; ; turn++) {
      const { events } = await server.engine.exportUser('ann')
      // Ours: the double keeps the events as they were decoded.
      const known = events as unknown as readonly { action: string; item: string }[]
      if (known.length >= count || turn > 100) {
        return known.map(({ action, item }) => `${action} ${item}`)
      }
      await sleep(50)
    }
  }

  before(async () => {
    const folder = await home.folder
    await writePage(folder)
    server = await testServer({ web: folder })
    // A browser has the time of day, and what it did must not lie in the future.
    server.clock.set(Date.now())
    browser = await openChromium()
    page = await browser.newPage({ viewport: { width: 800, height: 600 } })
  })

  after(async () => {
    await browser?.close()
    await server?.close()
    await home.remove()
  })

  it('tells what was half in view for a second, and what was scrolled to later', async () => {
    await open()
    assert.deepEqual(await told(1), ['impression near'])
    // By the page's own timers: on a slow machine, a second passes between two calls from here.
    await page.evaluate(async () => {
      document.querySelector('#far')?.scrollIntoView()
      await new Promise((done) => setTimeout(done, 400))
      scrollTo(0, 0)
    })
    await sleep(1_500)
    assert.deepEqual(await told(1), ['impression near'])
    await page.locator('#far').scrollIntoViewIfNeeded()
    assert.deepEqual(await told(2), ['impression near', 'impression far'])
  })

  it('keeps what was done without a net until there is one', async () => {
    await page.context().setOffline(true)
    await track('like', 'offline')
    await sleep(300)
    assert.equal(await waiting(), 1)
    await page.context().setOffline(false)
    assert.equal((await told(3)).at(-1), 'like offline')
    // It is let go when the answer has come back, a moment after it was heard.
    for (let turn = 0; turn < 100 && (await kept()) !== 0; turn++) await sleep(20)
    assert.equal(await kept(), 0)
  })

  it('tells what waits when the page is left', async () => {
    await track('read', 'left')
    assert.equal(await waiting(), 1)
    await page.goto('about:blank')
    assert.equal((await told(4)).at(-1), 'read left')
  })

  it('stores and sends nothing without consent, and deletes what waited', async () => {
    await open()
    await page.context().setOffline(true)
    // What was told as the page was left, nobody was there to hear acknowledged.
    assert.equal(await kept(), 1)
    await track('like', 'unsaid')
    assert.equal(await kept(), 2)
    await page.evaluate('tracker.consent(false)')
    await track('like', 'unsaid')
    assert.equal(await kept(), 0)
    await page.context().setOffline(false)
    await sleep(500)
    await page.evaluate('tracker.consent(true)')
    await track('like', 'said')
    // What is in view is seen anew.
    const known = await told(6)
    assert.ok(known.includes('like said'))
    assert.ok(!known.includes('like unsaid'))
  })
})
