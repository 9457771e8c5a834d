import assert from 'node:assert/strict'
import { it } from 'node:test'
import type { Visit } from './visit.ts'

/** After a letter, the search box waits so long for another one. */
const pauseMs = 140

/** What a person finds without being recommended it: genres, collections, search. */
export function catalogueSteps(visit: () => Visit): void {
  it('leads from the genres to a collection, sorts it, and goes on in it', async () => {
    const { page, person, seen } = visit()
    await person.visit('/genres')
    await page.getByRole('link', { name: /^Western/ }).click()
    await page.getByRole('heading', { level: 1, name: 'Western' }).waitFor()
    const cards = page.locator('.grid [data-item]')
    await cards.first().waitFor()
    assert.equal(await cards.count(), 48)
    const popular = await cards.first().getAttribute('data-item')
    const before = seen.asked.length
    await page.getByLabel('Sort').selectOption('title')
    await page.waitForURL(/sort=title$/)
    await seen.quiet()
    assert.deepEqual(seen.asked.slice(before), ['GET /v1/items'])
    assert.notEqual(await cards.first().getAttribute('data-item'), popular)
    await page.getByRole('button', { name: 'More' }).click()
    await page.waitForFunction(() => document.querySelectorAll('.grid [data-item]').length === 96)
    const ids = await cards.evaluateAll((all) => all.map((card) => card.getAttribute('data-item')))
    assert.equal(new Set(ids).size, 96)
    await page.evaluate(() => scrollTo(0, 2_000))
    await cards.nth(70).locator('a.card-cover').click()
    await page.locator('.film h1').waitFor()
    await page.goBack()
    await page.waitForFunction(() => document.querySelectorAll('.grid [data-item]').length === 96)
    await page.waitForFunction(() => scrollY > 1_500)
  })

  it('finds "american president" while one types, by keyboard alone', async () => {
    const { page, person, seen } = visit()
    await person.visit('/genres')
    const box = page.getByRole('combobox', { name: 'Search films' })
    await box.focus()
    const before = seen.asked.length
    const began = performance.now()
    await page.keyboard.type('american presid', { delay: 15 })
    const typedMs = performance.now() - began
    // Whoever types slowly sees the answers to less on the way.
    const first = page.getByRole('option').first().filter({ hasText: 'The American President' })
    await first.waitFor()
    const asked = seen.asked.length - before
    // A slow machine types slowly.
    assert(asked <= 2 + typedMs / pauseMs, `it asks at every letter: ${asked} in ${typedMs} ms`)
    assert.equal(await box.getAttribute('aria-expanded'), 'true')
    await page.keyboard.press('ArrowDown')
    assert.equal(await box.getAttribute('aria-activedescendant'), await first.getAttribute('id'))
    await person.photograph('search-box')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { level: 1, name: 'The American President' }).waitFor()
    assert.equal(await page.getByRole('option').count(), 0)
  })

  it('lists all that was found, and says kindly where nothing was', async () => {
    const { page } = visit()
    const box = page.getByRole('combobox', { name: 'Search films' })
    await box.fill('american president')
    await page.keyboard.press('Enter')
    await page.waitForURL(/\/search\?q=american%20president$/)
    await page.locator('.grid [data-item]').first().waitFor()
    await box.fill('xyzzyx')
    await page.keyboard.press('Enter')
    await page.getByText('No film has these words').waitFor()
    await box.fill('')
  })
}
