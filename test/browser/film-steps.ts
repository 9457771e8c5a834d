import assert from 'node:assert/strict'
import { it } from 'node:test'
import type { Visit } from './visit.ts'

/** What a person does with a film: go there, read, rate, go on, and come back. */
export function filmSteps(visit: () => Visit): void {
  it('goes from a row to a film by one question, and tells of the click', async () => {
    const { page, person, seen } = visit()
    await person.visit('/')
    await page.evaluate(() => scrollTo(0, 900))
    const rows = await person.rows()
    const item = rows[2]?.items[0] ?? ''
    const before = seen.asked.length
    const title = await page.locator(`li[data-item="${item}"] .unseen`).textContent()
    await page.locator(`li[data-item="${item}"] a.card-cover`).click()
    await page.locator('.fan:not(.bone)').first().waitFor()
    await seen.quiet()
    assert.deepEqual(seen.asked.slice(before), [`GET /v1/items/${item}/overview`])
    assert.equal(new URL(page.url()).pathname, `/film/${item}`)
    assert(title?.startsWith((await page.locator('h1').textContent()) ?? '?'))
    assert.match(await page.title(), /· Starling$/)
    assert(await page.evaluate(() => document.activeElement?.id === 'main'), 'reads on from there')
    const [last] = await person.history()
    assert.deepEqual([last?.action, last?.item], ['click', item])
    assert(seen.told.some(({ type, token }) => type === 'click' && token.length > 0))
    const why = page.getByRole('link', { name: 'Why was this recommended?' })
    assert.match((await why.getAttribute('href')) ?? '', /^\/why\/[^/?]+\?item=/)
  })

  it('rates a film by halves, likes it, and says who likes it most', async () => {
    const { page, person, seen } = visit()
    const item = new URL(page.url()).pathname.split('/').at(-1) ?? ''
    await person.rate(item, 4.5)
    await page.getByText('Noted: 4.5 of 5.').waitFor()
    await page.getByRole('button', { name: 'Like', exact: true }).click()
    await page.locator('.opinion [aria-pressed=true]').waitFor()
    await seen.quiet()
    const past = await person.history()
    assert.deepEqual(
      past.slice(0, 2).map((deed) => [deed.action, deed.item, deed.value]),
      [
        ['like', item, undefined],
        ['rate', item, 4.5],
      ],
    )
    assert((await page.locator('.ratings-bars rect').count()) === 10)
    assert.match((await page.locator('.film-facts').textContent()) ?? '', /IMDb/)
    assert((await page.locator('a.fan').count()) > 0)
  })

  it('goes on to what is similar, and back to where one was, without asking again', async () => {
    const { page, seen } = visit()
    const address = page.url()
    await page.locator('.film .grid a.card-cover').first().click()
    await page.waitForFunction((from) => location.href !== from, address)
    await page.locator('.fan:not(.bone)').first().waitFor()
    assert.equal(await page.evaluate(() => scrollY), 0)
    const before = seen.asked.length
    await page.goBack()
    await page.waitForFunction((from) => location.href === from, address)
    await page.getByText('Noted: 4.5 of 5.').waitFor()
    assert.deepEqual(seen.asked.slice(before), [])
    await page.goBack()
    await page.locator('.row').first().waitFor()
    await page.waitForFunction(() => scrollY > 850)
    await page.locator('.news-words').waitFor()
  })

  it('says so where there is no such film, and where there is no such page', async () => {
    const { page, person, seen } = visit()
    const done = seen.expect(/404/)
    await person.visit('/film/no-such-film')
    await page.getByRole('heading', { name: 'This film is not here' }).waitFor()
    done()
    await person.visit('/nowhere/at/all')
    await page.getByRole('heading', { name: 'There is nothing here' }).waitFor()
  })
}
