import assert from 'node:assert/strict'
import { it } from 'node:test'
import { faultsOf } from './looks.ts'
import { desktop, type Visit } from './visit.ts'

const phone = { width: 390, height: 844 }

/** That all can use it: by keyboard, on a phone, in the dark, and without things moving. */
export function looksSteps(visit: () => Visit): void {
  it('can be used by keyboard alone, in the order in which it is read', async () => {
    const { page, person } = visit()
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
    const { page, person } = visit()
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
    const { page, person } = visit()
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

  it('moves nothing of its own accord while it loads', async () => {
    const { page, person, shiftSum } = visit()
    await page.reload()
    await person.untilPages(1)
    await page.waitForLoadState('networkidle')
    await page.waitForTimeout(300)
    // Web Vitals calls a cumulative layout shift under 0.1 good.
    assert((await shiftSum()) < 0.02, `layout shift ${await shiftSum()}`)
  })
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
