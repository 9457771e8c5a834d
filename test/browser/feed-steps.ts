import assert from 'node:assert/strict'
import { it } from 'node:test'
import { faultsOf } from './looks.ts'
import { pageSize, type Visit } from './visit.ts'

/** What a person does with a feed: look, choose, open, rate, refresh, page back, filter. */
export function feedSteps(visit: () => Visit): void {
  it('shows a feed with its channels, each with how many films it has', async () => {
    const { page, person, seen } = visit()
    const before = seen.asked.length
    await page.getByRole('link', { name: 'Feed', exact: true }).click()
    await person.untilPages(1)
    await seen.quiet()
    assert.deepEqual(seen.asked.slice(before).toSorted(), [
      'GET /v1/items',
      'GET /v1/scenes/home/feed',
    ])
    const [first] = await person.pages()
    assert.equal(first?.items.length, pageSize)
    assert.equal(new Set(first?.items).size, pageSize)
    const counts = await page.locator('.chip-count').allTextContents()
    assert(counts.length > 10 && counts.every((count) => /^[\d,]+$/.test(count)), `${counts}`)
    await person.photograph('feed')
    assert.deepEqual(await faultsOf(page), [])
  })

  it('shows the feed of whom one signs in as, and remembers them', async () => {
    const { page, person, server } = visit()
    await page.locator('.who').click()
    await person.photograph('sign-in')
    assert.deepEqual(await faultsOf(page), [])
    await page.getByLabel('Sign in as, by id').fill('1')
    assert.deepEqual(await page.locator('.choice').allTextContents(), ['1', '10'])
    await page.getByLabel('Sign in as, by id').fill('3')
    await page.keyboard.press('Enter')
    await page.locator('.row').first().waitFor()
    assert.equal(await person.user(), '3')
    assert.equal(new URL(page.url()).pathname, '/')
    await person.visit('/feed')
    await person.untilPages(1)
    assert.match((await page.locator('.who').textContent()) ?? '', /3$/)
    const { actions } = (await server.ask('/v1/users/3/history')) as { actions: readonly unknown[] }
    assert(actions.length > 0, 'a known user has a past')
  })

  it('tells the server of a rating, and that the next page will know', async () => {
    const { page, person } = visit()
    const [top] = await person.pages()
    const item = top?.items[1] ?? ''
    await person.rate(item, 5)
    await page.locator('.told-shown').waitFor()
    assert.match((await page.locator('.told').textContent()) ?? '', /next page will know/)
    const [last] = await person.history()
    assert.deepEqual([last?.action, last?.item, last?.value], ['rate', item, 5])
    await person.photograph('feed-noted')
    assert.deepEqual(await person.pages(), [top], 'nothing moves before it is asked to')
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
    const [top, ...older] = await person.pages()
    await seen.heard({ type: 'impression', item: top?.items[0] ?? '' })
    // All that is in view has been told then, and not only what came first.
    await page.waitForTimeout(4_000)
    await seen.quiet()
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
    const chip = page.locator('.chips a').nth(1)
    const channel = (await chip.locator('span').first().textContent()) ?? ''
    await chip.click()
    await page.getByRole('heading', { level: 1, name: channel }).waitFor()
    assert.equal(new URL(page.url()).pathname, `/feed/${channel}`)
    await person.untilPages(1)
    await person.photograph('channel')
    const [top] = await person.pages()
    assert.equal(top?.items.length, pageSize, `a page of ${channel}: ${JSON.stringify(top)}`)
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
