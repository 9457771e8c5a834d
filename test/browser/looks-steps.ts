import assert from 'node:assert/strict'
import { it } from 'node:test'
import { violationsOf } from './axe.ts'
import { faultsOf } from './looks.ts'
import { desktop, phone, type Visit } from './visit.ts'

/** A name for its pictures, and an address. */
export type LookedAt = readonly [name: string, path: string]

const screens: readonly LookedAt[] = [
  ['home', '/'],
  ['feed', '/feed'],
  ['film', '/film/260'],
  ['user', '/user/2'],
  ['genres', '/genres'],
  ['collection', '/collection/genres/Sci-Fi?sort=rating'],
  ['search', '/search?q=star'],
  ['nowhere', '/nowhere/at/all'],
]

/** That all can use it: by keyboard, on a phone, in the dark, and without things moving. */
export function looksSteps(visit: () => Visit): void {
  screenSteps(visit, screens)
  keyboardSteps(visit)
}

/** That screens look well in every light and at every breadth, and stand still. */
export function screenSteps(visit: () => Visit, screens: readonly LookedAt[]): void {
  for (const [name, path] of screens) {
    it(`shows ${name} to everybody: light and dark, wide and narrow, and nothing moves`, async (t) => {
      const { page, person, shiftSum } = visit()
      for (const [size, viewport] of [['wide', desktop] as const, ['phone', phone] as const]) {
        for (const colorScheme of ['light', 'dark'] as const) {
          await page.setViewportSize(viewport)
          await page.emulateMedia({ colorScheme })
          await person.visit(path)
          await person.photograph(`${name}-${size}-${colorScheme}`)
          const where = `${name}, ${size}, ${colorScheme}`
          assert.deepEqual(await violationsOf(page), [], where)
          assert.deepEqual(await faultsOf(page), [], where)
          const moved = await shiftSum()
          t.diagnostic(`${where}: layout shift ${moved.toFixed(4)}`)
          assert(moved < 0.02, `${where}: layout shift ${moved}`)
        }
      }
      await page.setViewportSize(desktop)
      await page.emulateMedia({ colorScheme: 'light' })
    })
  }
}

function keyboardSteps(visit: () => Visit): void {
  it('can be used by keyboard alone, in the order in which it is read', async () => {
    const { page, person } = visit()
    await person.visit('/')
    const order: string[] = []
    for (let count = 0; count < 40 && order.at(-1) !== 'card why'; count++) {
      await page.keyboard.press('Tab')
      const place = await page.evaluate(placeOfFocus)
      if (place !== order.at(-1)) order.push(place)
    }
    assert.deepEqual(order, [
      ...['skip', 'brand', 'places', 'search', 'who', 'theme'],
      ...['hero', 'hero stars', 'hero', 'card', 'card stars', 'card why'],
    ])
    await person.photograph('keyboard')
  })

  it('keeps the light that one chooses', async () => {
    const { page, person } = visit()
    const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor)
    const light = await ground()
    await page.emulateMedia({ colorScheme: 'dark' })
    assert.notEqual(await ground(), light)
    await page.getByRole('button', { name: 'Switch to light colours' }).click()
    assert.equal(await ground(), light)
    await person.visit('/genres')
    assert.equal(await ground(), light, 'a choice is remembered')
    await page.emulateMedia({ colorScheme: 'light' })
  })
}

/** Which part of the page has the focus. Runs in the browser. */
function placeOfFocus(): string {
  const focus = document.activeElement
  if (focus === null || focus === document.body) return 'nowhere'
  const places = {
    skip: '.skip',
    brand: '.brand',
    places: '.places a',
    search: '.search input',
    who: '.who',
    theme: '.header .round',
    'hero stars': '.hero .stars',
    hero: '.hero a',
    card: '.card-cover',
    'card stars': '.card .stars',
    'card why': '.card-why',
  }
  const found = Object.entries(places).find(([, selector]) => focus.matches(selector))
  return found?.[0] ?? focus.outerHTML.slice(0, 60)
}
