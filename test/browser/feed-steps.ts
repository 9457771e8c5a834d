import assert from 'node:assert/strict'
import { it } from 'node:test'
import { faultsOf } from './looks.ts'
import { pageSize, type Visit } from './visit.ts'

/** What a person does with a feed: look, choose, open, rate, refresh, page back, filter. */
export function feedSteps(visit: () => Visit): void {
  it('shows a first feed to whoever opens it', async (t) => {
    const { page, person, server } = visit()
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
    const { page, person } = visit()
    await page.locator('.who').click()
    await person.photograph('whose-feed')
    assert.deepEqual(await faultsOf(page), [])
    await page.keyboard.press('Escape')
    const [before] = await person.pages()
    await person.pickUser(2)
    const [picked] = await person.pages()
    assert.notDeepEqual(picked?.items, before?.items)
    assert((await person.history()).length > 0, 'a known user has a past')
    await page.locator('.deed:not([aria-hidden])').first().waitFor()
    const id = await person.user()
    await page.reload()
    await person.untilPages(1)
    assert.equal(await person.user(), id)
    assert.match((await page.locator('.who').textContent()) ?? '', new RegExp(`${id}$`))
  })

  it('lets anyone be a new visitor, with an id of their own', async () => {
    const { person } = visit()
    await person.becomeVisitor()
    const first = await person.user()
    assert.match(first, /^visitor-[0-9a-f]{12}$/)
    assert.deepEqual(await person.history(), [])
    assert.equal((await person.pages())[0]?.items.length, pageSize)
    await person.becomeVisitor()
    assert.notEqual(await person.user(), first)
    await person.photograph('new-visitor')
  })

  it('tells the server of a click and a rating, and that the next page will know', async () => {
    const { page, person } = visit()
    const [top] = await person.pages()
    await person.openCard(1)
    await person.sheet.getByRole('button', { name: 'Rate 5 of 5' }).click()
    await person.sheet.locator('[aria-pressed=true]').waitFor()
    await page.waitForLoadState('networkidle')
    await person.photograph('item')
    assert.deepEqual(await faultsOf(page), [])
    assert.match((await person.sheet.locator('.opinion-noted').textContent()) ?? '', /Noted/)
    const past = await person.history()
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
    const { page, person } = visit()
    for (let count = 0; count < 3; count++) await person.refresh()
    const items = (await person.pages()).flatMap((batch) => batch.items)
    assert.equal(items.length, 4 * pageSize)
    assert.equal(new Set(items).size, items.length)
    await page.locator('.told-shown').waitFor({ state: 'detached' })
  })

  it('pages back through exactly what was shown, and says where it began', async () => {
    const { page, person } = visit()
    const shown = await person.pages()
    const drawn = await person.covers()
    await page.reload()
    await person.untilPages(1)
    assert.equal((await person.pages())[0]?.batch, shown[0]!.batch + 1)
    for (const _ of shown) await person.older()
    assert.deepEqual((await person.pages()).slice(1), shown)
    assert.deepEqual((await person.covers()).slice(pageSize), drawn, 'a cover never changes')
    await page.getByText('This is where it began').waitFor()
    await page.getByText('This is where it began').scrollIntoViewIfNeeded()
    await person.photograph('older')
  })

  it('counts what was in view for a second, once, and not on paging back', async () => {
    const { page, person, seen } = visit()
    const impressions = () => seen.told.filter(({ type }) => type === 'impression')
    await page.evaluate(() => scrollTo(0, 0))
    await page.waitForTimeout(3_000)
    const [top, ...older] = await person.pages()
    const tokens = impressions().map(({ token }) => token)
    assert(tokens.length > 0)
    assert.equal(new Set(tokens).size, tokens.length)
    const mine = await person.user()
    const lately = impressions().filter((event) => event.user === mine)
    assert(lately.some(({ item }) => top?.items.includes(item)))
    const count = impressions().length
    await page.locator('section[data-batch]').nth(older.length).scrollIntoViewIfNeeded()
    await page.waitForTimeout(3_000)
    assert.equal(impressions().length, count)
    await page.evaluate(() => scrollTo(0, 0))
  })

  it('shows a channel, and only what belongs to it', async () => {
    const { page, person, server } = visit()
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
      const { channels } = (await server.ask(`/v1/items/${id}`)) as ItemView
      assert(channels.includes(channel), `${id} is in ${channels}, not in ${channel}`)
      assert(!before.includes(id), `${id} was shown before`)
    }
  })

  it('filters, and says kindly what is wrong with a filter', async () => {
    const { page, person, server, seen } = visit()
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
}

interface ItemView {
  readonly channels: readonly string[]
  readonly attributes: { readonly year: number }
}
