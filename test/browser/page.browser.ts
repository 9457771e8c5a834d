/// <reference lib="dom" />
import assert from 'node:assert/strict'
import { mkdir } from 'node:fs/promises'
import { resolve } from 'node:path'
import { after, afterEach, before, describe, it } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { openChromium } from './chromium.ts'
import { temporaryHome } from './home.ts'
import { faultsOf, watchShifts } from './looks.ts'
import { type Newcomer, newcomer } from './newcomer.ts'
import { type Reader, reader } from './reader.ts'
import { type Watch, watch } from './watch.ts'

const results = resolve(import.meta.dirname, '../../test-results')
const desktop = { width: 1360, height: 900 }
const phone = { width: 390, height: 844 }
const pageSize = 12

describe('the page', () => {
  const home = temporaryHome()
  let server: Newcomer
  let browser: Browser
  let page: Page
  let seen: Watch
  let person: Reader
  let shiftSum: () => Promise<number>

  before(async () => {
    browser = await openChromium()
    await mkdir(results, { recursive: true })
    server = await newcomer(await home.folder)
    page = await browser.newPage({ viewport: desktop, colorScheme: 'light' })
    page.setDefaultTimeout(8_000)
    // The loader of these tests gives functions their names by a function that a page lacks.
    await page.addInitScript('globalThis.__name = (value) => value')
    seen = watch(page, server.base)
    shiftSum = await watchShifts(page)
    person = reader(page, results)
  })

  // One step that fails must not take the next ones with it.
  afterEach(async () => {
    if ((await person.sheet.count()) > 0) await person.closeSheet()
  })

  after(async () => {
    await browser?.close()
    await server?.[Symbol.asyncDispose]()
    await home.remove()
  })

  const user = (): Promise<string> =>
    page.evaluate(() => localStorage.getItem('starling.user') ?? '')

  const history = async (): Promise<readonly PastAction[]> => {
    const answer = await server.ask(`/v1/users/${encodeURIComponent(await user())}/history`)
    return (answer as { actions: readonly PastAction[] }).actions // As the API describes it.
  }

  it('shows a first feed to whoever opens it', async (t) => {
    const began = performance.now()
    await page.goto(server.base)
    await page.locator('[data-item] .card-cover').first().waitFor()
    t.diagnostic(`ready after ${Math.round(server.readyMs)} ms`)
    t.diagnostic(`first card after ${Math.round(performance.now() - began)} ms`)
    const [first] = await person.pages()
    assert.equal(first?.items.length, pageSize)
    assert.equal(new Set(first?.items).size, pageSize)
    assert.match(await page.title(), /Starling/)
    await page.waitForLoadState('networkidle')
    await person.photograph('first-feed')
    assert.deepEqual(await faultsOf(page), [])
  })

  it('shows the feed of whom one picks, and remembers them', async () => {
    await page.locator('.who').click()
    await person.photograph('whose-feed')
    assert.deepEqual(await faultsOf(page), [])
    await page.keyboard.press('Escape')
    const [before] = await person.pages()
    await person.pickUser(2)
    const [picked] = await person.pages()
    assert.notDeepEqual(picked?.items, before?.items)
    assert((await history()).length > 0, 'a known user has a past')
    await page.locator('.deed:not([aria-hidden])').first().waitFor()
    const id = await user()
    await page.reload()
    await person.untilPages(1)
    assert.equal(await user(), id)
    assert.match((await page.locator('.who').textContent()) ?? '', new RegExp(`${id}$`))
  })

  it('lets anyone be a new visitor, with an id of their own', async () => {
    await person.becomeVisitor()
    const first = await user()
    assert.match(first, /^visitor-[0-9a-f]{12}$/)
    assert.deepEqual(await history(), [])
    assert.equal((await person.pages())[0]?.items.length, pageSize)
    await person.becomeVisitor()
    assert.notEqual(await user(), first)
    await person.photograph('new-visitor')
  })

  it('tells the server of a click and a rating, and says that the next page will know', async () => {
    const [top] = await person.pages()
    await person.openCard(1)
    await person.sheet.getByRole('button', { name: 'Rate 5 of 5' }).click()
    await person.sheet.locator('[aria-pressed=true]').waitFor()
    await page.waitForLoadState('networkidle')
    await person.photograph('item')
    assert.deepEqual(await faultsOf(page), [])
    assert.match((await person.sheet.locator('.opinion-noted').textContent()) ?? '', /Noted/)
    const past = await history()
    assert.deepEqual(
      past.map(({ action, item, value }) => [action, item, value]),
      [
        ['rate', top?.items[1], 5],
        ['click', top?.items[1], undefined],
      ],
    )
    await person.closeSheet()
    assert.match((await page.locator('.told').textContent()) ?? '', /next page will know/)
    await person.photograph('noted')
    const shown = await person.pages()
    assert.deepEqual(shown, [top], 'nothing moves before it is asked to')
  })

  it('brings new items with every refresh, and repeats none', async () => {
    for (let count = 0; count < 3; count++) await person.refresh()
    const items = (await person.pages()).flatMap((batch) => batch.items)
    assert.equal(items.length, 4 * pageSize)
    assert.equal(new Set(items).size, items.length)
    await page.locator('.told-shown').waitFor({ state: 'detached' })
  })

  it('pages back through exactly what was shown, and says where it began', async () => {
    const shown = await person.pages()
    await page.reload()
    await person.untilPages(1)
    assert.equal((await person.pages())[0]?.batch, shown[0]!.batch + 1)
    for (const _ of shown) await person.older()
    assert.deepEqual((await person.pages()).slice(1), shown)
    await page.getByText('This is where it began').waitFor()
    await page.getByText('This is where it began').scrollIntoViewIfNeeded()
    await person.photograph('older')
  })

  it('counts an item as seen once it was in view for a second, once, and not on paging back', async () => {
    const impressions = () => seen.told.filter(({ type }) => type === 'impression')
    await page.evaluate(() => scrollTo(0, 0))
    await page.waitForTimeout(3_000)
    const [top, ...older] = await person.pages()
    const tokens = impressions().map(({ token }) => token)
    assert(tokens.length > 0)
    assert.equal(new Set(tokens).size, tokens.length)
    const mine = await user()
    const lately = impressions().filter((event) => event.user === mine)
    assert(lately.some(({ item }) => top?.items.includes(item)))
    const count = impressions().length
    await page.locator('section[data-batch]').nth(older.length).scrollIntoViewIfNeeded()
    await page.waitForTimeout(3_000)
    assert.equal(impressions().length, count)
    await page.evaluate(() => scrollTo(0, 0))
  })

  it('says why an item is shown, in a sentence and in bars, also beside another one', async () => {
    await person.openCard(0)
    const why = person.sheet.locator('.why')
    assert.match((await why.locator('.why-sentence').textContent()) ?? '', /^You see this because /)
    assert((await why.locator('.why-sources li').count()) > 0)
    assert((await why.locator('.shares li').count()) > 0)
    await why.locator('summary').click()
    assert((await why.locator('tbody tr').count()) > 10)
    await why.locator('summary').click()
    await why.scrollIntoViewIfNeeded()
    await person.photograph('why-item')
    const title = await person.sheet.locator('.item-title').textContent()
    await person.sheet.locator('.similar button').first().click()
    await page.waitForLoadState('networkidle')
    await person.sheet.locator('.why-sentence').waitFor()
    await person.photograph('why-similar')
    const sentence = await person.sheet.locator('.why-sentence').textContent()
    assert(sentence?.includes(title ?? '?'), `"${sentence}" tells of "${title}"`)
    await person.sheet.locator('.sheet-bar .quiet').click()
    assert.equal(await person.sheet.locator('.item-title').textContent(), title)
    await person.closeSheet()
  })

  it('draws how a page was made, and tells what was left out', async () => {
    await page.getByRole('button', { name: 'Why this page' }).first().click()
    await person.sheet.locator('.step').first().waitFor()
    await page.waitForLoadState('networkidle')
    await person.photograph('why-page')
    const stages = await person.sheet.locator('.stage-name strong').allTextContents()
    assert.deepEqual(stages, ['Recall', 'Filter', 'Rank', 'Mix'])
    assert((await person.sheet.locator('.step').count()) >= 10)
    assert((await person.sheet.locator('.fates li').count()) > 0)
    assert.deepEqual(await faultsOf(page), [])
    await person.sheet.locator('.fates').last().scrollIntoViewIfNeeded()
    await person.photograph('why-page-left-out')
    await person.closeSheet()
  })

  it('shows a channel, and only what belongs to it', async () => {
    const before = (await person.pages()).flatMap(({ items }) => items)
    const chip = page.locator('.chips button').nth(1)
    const channel = (await chip.textContent()) ?? ''
    await chip.click()
    await page.getByRole('heading', { level: 1, name: channel }).waitFor()
    await person.untilPages(1)
    await person.photograph('channel')
    const [top] = await person.pages()
    assert.equal(top?.items.length, pageSize)
    for (const id of top?.items ?? []) {
      const { channels } = (await server.ask(`/v1/items/${id}`)) as { channels: string[] }
      assert(channels.includes(channel), `${id} is in ${channels}, not in ${channel}`)
      assert(!before.includes(id), `${id} was shown before`)
    }
  })

  it('filters, and says kindly what is wrong with a filter', async () => {
    const box = page.getByLabel('Filter new pages')
    const done = seen.expect(/400/)
    await box.fill('year >> 1990')
    await box.press('Enter')
    await page.locator('.fault').waitFor()
    const words = (await page.locator('.fault').textContent()) ?? ''
    assert.match(words, /cannot be read\. At character 7/)
    assert.doesNotMatch(words, /invalid_argument/)
    assert.equal(await box.getAttribute('aria-invalid'), 'true')
    await person.photograph('filter-fault')
    assert.deepEqual(await faultsOf(page), [])
    done()
    const before = (await person.pages()).length
    await box.fill('year < 1990')
    await box.press('Enter')
    await person.untilPages(before + 1)
    const [top] = await person.pages()
    for (const id of top?.items ?? []) {
      const { attributes } = (await server.ask(`/v1/items/${id}`)) as ItemView
      assert(attributes.year < 1990, `${id} is of ${attributes.year}`)
    }
    await person.photograph('filtered')
    await page.getByRole('button', { name: 'Clear' }).click()
    assert.equal(await box.inputValue(), '')
  })

  it('can be used by keyboard alone, in the order in which it is read', async () => {
    await page.reload()
    await person.untilPages(1)
    await page.waitForLoadState('networkidle')
    const order: string[] = []
    for (let count = 0; count < 60 && order.at(-1) !== 'card'; count++) {
      await page.keyboard.press('Tab')
      const place = await page.evaluate(placeOfFocus)
      if (place !== order.at(-1)) order.push(place)
    }
    assert.deepEqual(order, ['skip', 'who', 'theme', 'chips', 'refresh', 'filter', 'why', 'card'])
    await person.photograph('keyboard')
    await page.keyboard.press('Enter')
    await person.sheet.locator('.why-sentence').waitFor()
    assert(await page.evaluate(() => document.activeElement?.closest('dialog') !== null))
    await person.closeSheet()
    assert.equal(await page.evaluate(placeOfFocus), 'card')
  })

  it('fits a phone', async () => {
    await page.setViewportSize(phone)
    await page.evaluate(() => scrollTo(0, 0))
    await person.photograph('phone')
    assert.deepEqual(await faultsOf(page), [])
    await person.openCard(0)
    await page.waitForLoadState('networkidle')
    await person.photograph('phone-item')
    assert.deepEqual(await faultsOf(page), [])
    const body = person.sheet.locator('.sheet-body')
    assert(await body.evaluate(({ scrollWidth, clientWidth }) => scrollWidth <= clientWidth))
    await person.closeSheet()
    await page.getByRole('button', { name: 'Why this page' }).first().click()
    await person.sheet.locator('.step').first().waitFor()
    await person.photograph('phone-why-page')
    assert.deepEqual(await faultsOf(page), [])
    assert(await body.evaluate(({ scrollWidth, clientWidth }) => scrollWidth <= clientWidth))
    await person.closeSheet()
    await page.locator('.history').scrollIntoViewIfNeeded()
    await person.photograph('phone-history')
    await page.setViewportSize(desktop)
  })

  it('is dark where the system is, or where one says so', async () => {
    const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor)
    const light = await ground()
    await page.emulateMedia({ colorScheme: 'dark' })
    await page.evaluate(() => scrollTo(0, 0))
    const dark = await ground()
    assert.notEqual(dark, light)
    await person.photograph('dark')
    assert.deepEqual(await faultsOf(page), [])
    await person.openCard(2)
    await page.waitForLoadState('networkidle')
    await person.photograph('dark-item')
    assert.deepEqual(await faultsOf(page), [])
    await person.closeSheet()
    await page.getByRole('button', { name: 'Switch to light colours' }).click()
    assert.equal(await ground(), light)
    await page.reload()
    await person.untilPages(1)
    assert.equal(await ground(), light, 'a choice is remembered')
    await page.emulateMedia({ colorScheme: 'light' })
  })

  it('keeps what it shows when the server is gone, and goes on when it is back', async () => {
    const shown = await person.pages()
    const done = seen.expect(/ERR_|Failed to load/)
    await page.route('**/v1/**', (route) => route.abort())
    await page.locator('.bar .refresh').click()
    await page.getByText('The server does not answer').waitFor()
    await person.photograph('server-gone')
    assert.deepEqual(await person.pages(), shown)
    assert.deepEqual(await faultsOf(page), [])
    await page.unroute('**/v1/**')
    await page.getByRole('button', { name: 'Try again' }).click()
    await person.untilPages(shown.length + 1)
    assert.equal(await page.getByText('The server does not answer').count(), 0)
    done()
  })

  it('moves nothing of its own accord while it loads', async () => {
    await page.reload()
    await person.untilPages(1)
    await page.waitForLoadState('networkidle')
    await page.waitForTimeout(300)
    // Web Vitals calls a cumulative layout shift under 0.1 good.
    assert((await shiftSum()) < 0.02, `layout shift ${await shiftSum()}`)
  })

  it('asked no stranger for anything, and had no errors', () => {
    assert.deepEqual(seen.strangers, [])
    assert.deepEqual(seen.errors, [])
  })
})

interface PastAction {
  readonly item: string
  readonly action: string
  readonly value?: number
}

interface ItemView {
  readonly attributes: { readonly year: number }
}

/** Which part of the page has the focus. Runs in the browser. */
function placeOfFocus(): string {
  const focus = document.activeElement
  if (focus === null || focus === document.body) return 'nowhere'
  const places = {
    skip: '.skip',
    who: '.who',
    theme: '.header .round',
    chips: '.chips button',
    refresh: '.bar .refresh',
    filter: '.filter *',
    why: '.page-head button',
    card: '.card-cover',
  }
  const found = Object.entries(places).find(([, selector]) => focus.matches(selector))
  return found?.[0] ?? focus.outerHTML.slice(0, 60)
}
