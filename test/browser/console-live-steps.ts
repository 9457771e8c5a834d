import assert from 'node:assert/strict'
import { it } from 'node:test'
import type { ConsoleVisit } from './console-visit.ts'

/** What an operator sees happen, and how they look closer. */
export function consoleLiveSteps(visit: () => ConsoleVisit): void {
  const chart = (title: string) => visit().page.locator(`[role="img"][aria-label^="${title}"]`)

  it('shows what happens, and goes on by itself when more does', async () => {
    const { page, audience, visit: go, photograph } = visit()
    await go('/console')
    await page.getByText('All is well.').waitFor()
    const users = page.locator('.tile', { hasText: 'Active users' }).locator('.tile-value')
    await page.waitForFunction(
      (count) =>
        [...document.querySelectorAll('.tile')].some(
          (tile) =>
            tile.textContent?.includes('Active users') &&
            tile.querySelector('.tile-value')?.textContent === count,
        ),
      `${audience.users.length}`,
    )
    assert.equal(await users.textContent(), `${audience.users.length}`)
    const before = await chart('What people do').getAttribute('aria-label')
    await audience.read(2)
    await page.waitForFunction(
      (said) =>
        document
          .querySelector('[role="img"][aria-label^="What people do"]')
          ?.getAttribute('aria-label') !== said,
      before,
    )
    await photograph('now-moved')
  })

  it('stands still where somebody holds it, and goes on when they let go', async () => {
    const { page, seen } = visit()
    await page.getByRole('button', { name: 'Hold the numbers still' }).click()
    await page.getByText('Held').waitFor()
    await seen.quiet()
    const asked = seen.asked.length
    await page.waitForTimeout(5_000)
    assert.equal(seen.asked.length, asked)
    await page.getByRole('button', { name: 'Go on with live numbers' }).click()
    await page.waitForRequest('**/v1/metrics:query')
  })

  it('goes into a slice by a click, and back out by the crumbs', async () => {
    const { page, visit: go } = visit()
    await go('/console/metrics?show=impressions&show=clicks&by=scene')
    const slices = page.locator('.slice')
    await slices.first().waitFor()
    assert.deepEqual((await slices.allTextContents()).toSorted(), ['home', 'stream'])
    const inAll = (await page.locator('tbody td').allTextContents()).map(Number)
    await slices.filter({ hasText: 'stream' }).click()
    await page.waitForURL(/where\.scene=stream/)
    assert.equal(await page.locator('.crumbs [aria-current]').textContent(), 'scene stream')
    await page.getByRole('heading', { name: 'In all' }).waitFor()
    const within = Number(await page.locator('#slices tbody td').first().textContent())
    assert(within > 0 && inAll.includes(within), `${within} of ${inAll}`)
    await page.getByRole('button', { name: 'item.genres' }).click()
    await page.locator('.slice', { hasText: 'Sci-Fi' }).waitFor()
    await page.getByRole('link', { name: 'Everything' }).click()
    await page.waitForURL((url) => !url.search.includes('where'))
    await page.goBack()
    await page.waitForURL(/where\.scene=stream/)
  })

  it('answers SQL, says what is wrong with it, and draws what has a time', async () => {
    const { page, visit: go, photograph, seen } = visit()
    await go('/console/sql')
    const editor = page.getByRole('textbox', { name: 'SQL' })
    await editor.fill(
      `select action, count(*) as n from actions
       where action <> 'impression' group by 1 order by 1`,
    )
    await editor.press('Control+Enter')
    await page.locator('[data-result]', { hasText: '2 rows' }).waitFor()
    const cells = await page.locator('.table-sql td').allTextContents()
    assert.deepEqual([cells[0], cells[2]], ['click', 'rate'])
    assert.equal(cells[1], cells[3])
    assert.match(page.url(), /\?q=select%20action/)
    const done = seen.expect(/400/)
    await editor.fill('select * from nonsense')
    await page.getByRole('button', { name: 'Run' }).click()
    await page.getByText('Table with name nonsense does not exist').waitFor()
    await photograph('sql-fault')
    done()
    await page
      .getByRole('combobox', { name: 'Examples' })
      .selectOption({ label: 'What people do, by minute' })
    await editor.press('Control+Enter')
    await page.locator('.table-sql').waitFor()
    const download = page.waitForEvent('download')
    await page.getByRole('button', { name: 'CSV' }).click()
    assert.equal((await download).suggestedFilename(), 'starling.csv')
    const past = page.getByRole('combobox', { name: 'Asked before' }).locator('option')
    assert.equal(await past.count(), 4)
  })

  it('tells of a user: what they did, were shown, and why', async () => {
    const { page, visit: go } = visit()
    await go('/console/users')
    await page.getByRole('link', { name: 'reader-1', exact: true }).click()
    await page.locator('.deeds li').first().waitFor()
    const kinds = new Set(await page.locator('.deed-kind').allTextContents())
    assert(kinds.has('click') && kinds.has('rate 5'), [...kinds].join())
    const why = page.locator('#pages a').first()
    assert.match((await why.getAttribute('href')) ?? '', /^\/why\/./)
    const topic = page.locator('#long .interests summary').first()
    assert.match((await topic.textContent()) ?? '', /^Drama/)
    await topic.click()
    assert.match(
      (await page.locator('#long .because li').first().textContent()) ?? '',
      /^(rate|click) \d+/,
    )
  })

  it('finds an item by its words, and tells of it', async () => {
    const { page, visit: go } = visit()
    await go('/console/items')
    await page.getByRole('searchbox').fill('noir 8')
    await page.keyboard.press('Enter')
    await page.getByRole('link', { name: 'Film-Noir number 8', exact: true }).click()
    await page.locator('.facts').waitFor()
    assert.match((await page.locator('.facts').textContent()) ?? '', /genresFilm-Noir/)
  })

  it('says in its place what a part cannot be told, and recovers by itself', async () => {
    const { page, visit: go, seen } = visit()
    const done = seen.expect(/409|ERR_/)
    const error = {
      code: 'failed_precondition',
      message: '[failed_precondition] no log is followed',
    }
    await page.route('**/v1/streams', (route) => route.fulfill({ status: 409, json: { error } }))
    await go('/console/streams')
    await page.getByText('No log is followed.').waitFor()
    await page.unroute('**/v1/streams')
    await page.locator('#stream-state').waitFor()
    assert.equal(await page.getByText('No log is followed.').count(), 0)
    await page.route('**/v1/**', (route) => route.abort())
    await page.getByText('The server does not answer').first().waitFor()
    assert(await page.locator('#stream-state').isVisible(), 'what was there stays')
    await page.unroute('**/v1/**')
    await page.getByText('The server does not answer').first().waitFor({ state: 'detached' })
    done()
  })
}
