import assert from 'node:assert/strict'
import { it } from 'node:test'
import { faultsOf } from './looks.ts'
import type { ShownRow } from './reader.ts'
import type { Visit } from './visit.ts'

/** What a person does with the front page: look, go along the rows, rate, see it change. */
export function homeSteps(visit: () => Visit): void {
  it('shows rows to whoever opens the site, with one question, and no film twice', async (t) => {
    const { page, person, server, seen } = visit()
    const began = performance.now()
    await page.goto(server.base)
    await page.locator('.row .card-cover').first().waitFor()
    t.diagnostic(`server ready after ${Math.round(server.readyMs)} ms`)
    t.diagnostic(`rows on screen after ${Math.round(performance.now() - began)} ms`)
    t.diagnostic(`first contentful paint after ${await firstPaintMs(page)} ms`)
    await seen.quiet()
    assert.deepEqual(seen.asked, ['GET /v1/shelves'])
    const rows = await person.rows()
    assert(rows.length >= 5, `${rows.length} rows`)
    assertDistinct(rows)
    assert.match(await page.title(), /Starling/)
    assert.deepEqual(await faultsOf(page), [])
  })

  it('goes along a row by buttons, wheel and arrow keys', async () => {
    const { page } = visit()
    const track = page.locator('.row-track').nth(1)
    const left = () => track.evaluate(({ scrollLeft }) => scrollLeft)
    const section = page.locator('[data-row]').nth(1)
    const untilBeyond = (least: number) =>
      page.waitForFunction(
        (min) => (document.querySelectorAll('.row-track')[1]?.scrollLeft ?? 0) > min,
        least,
      )
    assert.equal(await left(), 0)
    await section.getByRole('button', { name: /^On in/ }).click()
    await untilBeyond(200)
    await section.getByRole('button', { name: /^Back in/ }).click()
    await page.waitForFunction(() => document.querySelectorAll('.row-track')[1]?.scrollLeft === 0)
    await track.hover()
    await page.mouse.wheel(300, 0)
    await untilBeyond(100)
    await track.locator('a.card-cover').first().focus()
    for (let count = 0; count < 3; count++) await page.keyboard.press('ArrowRight')
    const fourth = track.locator('a.card-cover').nth(3)
    assert(await fourth.evaluate((link) => link === document.activeElement))
    const stops = await track.locator('[tabindex="0"]').count()
    assert.equal(stops, 3, 'a row is one film, its stars and its why to the tabulator')
    await page.keyboard.press('Home')
  })

  it('makes the rows anew within a second of a rating, so that one sees it', async (t) => {
    const { page, person } = visit()
    const before = await person.rows()
    const liked = before[3]?.items[1] ?? ''
    await person.stars(liked).scrollIntoViewIfNeeded()
    await watchMoving(page)
    const began = performance.now()
    await person.rate(liked, 5)
    await page.locator('.news-words').waitFor()
    const tookMs = Math.round(performance.now() - began)
    const moving = await mostMoving(page)
    const after = await person.rows()
    const words = await page.locator('.news-words').textContent()
    t.diagnostic(`"${words}" ${tookMs} ms after the click, ${moving} things moving`)
    assert.notDeepEqual(after, before)
    assert(moving > 0, 'the change is animated')
    assertDistinct(after)
    await page.waitForTimeout(700)
    await person.photograph('home-after-rating', { isMoving: true })
    const [last] = await person.history()
    assert.deepEqual([last?.item, last?.action, last?.value], [liked, 'rate', 5])
  })

  it('takes half stars by keys, and moves nothing for who does not like it', async () => {
    const { page, person, seen } = visit()
    await page.emulateMedia({ reducedMotion: 'reduce' })
    const [, row] = await person.rows()
    const item = row?.items[0] ?? ''
    await person.stars(item).focus()
    await watchMoving(page)
    for (const key of ['4', 'ArrowRight', 'Enter']) await page.keyboard.press(key)
    await page.locator(`.news-words`).waitFor()
    await page.waitForFunction(
      (id) => document.querySelector(`[data-item="${id}"] [aria-valuenow="4.5"]`) !== undefined,
      item,
    )
    const moving = await mostMoving(page)
    assert.equal(moving, 0)
    await seen.quiet()
    const [last] = await person.history()
    assert.deepEqual([last?.item, last?.action, last?.value], [item, 'rate', 4.5])
    await page.emulateMedia({ reducedMotion: 'no-preference' })
  })
}

/** Counts, frame by frame, what is on its way from one place to another. */
function watchMoving(page: Visit['page']): Promise<void> {
  return page.evaluate(() => {
    const seen = { most: 0 }
    Object.assign(window, { moving: seen })
    requestAnimationFrame(function look() {
      const all = document.getAnimations().filter((one) => one.constructor === Animation)
      seen.most = Math.max(seen.most, all.length)
      requestAnimationFrame(look)
    })
  })
}

/** How much moved at once since it is watched, transitions and loops apart. */
function mostMoving(page: Visit['page']): Promise<number> {
  return page.evaluate(() => (window as unknown as { moving: { most: number } }).moving.most)
}

/** Ms from the navigation to the first picture of the page. */
function firstPaintMs(page: Visit['page']): Promise<number> {
  return page.evaluate(() => {
    const [entry] = performance.getEntriesByName('first-contentful-paint')
    return Math.round(entry?.startTime ?? Number.NaN)
  })
}

function assertDistinct(rows: readonly ShownRow[]): void {
  const items = rows.flatMap((row) => row.items)
  assert.equal(new Set(items).size, items.length, 'no row repeats the films of another')
}
