import assert from 'node:assert/strict'
import { it } from 'node:test'
import { violationsOf } from './axe.ts'
import type { ConsoleVisit } from './console-visit.ts'
import { faultsOf } from './looks.ts'
import { desktop, phone } from './visit.ts'

const screens = [
  ['now', '/console'],
  ['metrics', '/console/metrics?show=impressions&show=ctr&by=scene'],
  ['sql', '/console/sql'],
  ['users', '/console/users'],
  ['user', '/console/users/reader-1'],
  ['items', '/console/items'],
  ['item', '/console/items/7'],
  ['streams', '/console/streams'],
  ['sets', '/console/sets'],
  ['parameters', '/console/parameters/blend'],
  ['models', '/console/models'],
  ['nowhere', '/console/nowhere/at/all'],
] as const

/** That all can use it: by keyboard, on a phone, in the dark, and without things moving. */
export function consoleLooksSteps(visit: () => ConsoleVisit): void {
  for (const [name, path] of screens) {
    it(`shows ${name} to everybody: light and dark, wide and narrow, and little moves`, async (t) => {
      const { page, shiftSum, photograph, visit: go } = visit()
      for (const [size, viewport] of [['wide', desktop] as const, ['phone', phone] as const]) {
        for (const colorScheme of ['light', 'dark'] as const) {
          await page.setViewportSize(viewport)
          await page.emulateMedia({ colorScheme })
          await go(path)
          await photograph(`${name}-${size}-${colorScheme}`)
          const where = `${name}, ${size}, ${colorScheme}`
          assert.deepEqual(await violationsOf(page), [], where)
          assert.deepEqual(await faultsOf(page), [], where)
          const moved = await shiftSum()
          t.diagnostic(`${where}: layout shift ${moved.toFixed(4)}`)
          assert(moved < 0.1, `${where}: layout shift ${moved}`)
        }
      }
      await page.setViewportSize(desktop)
      await page.emulateMedia({ colorScheme: 'light' })
    })
  }

  it('can be walked by keyboard, from the skip link to the screen', async () => {
    const { page, visit: go } = visit()
    await go('/console')
    const places: string[] = []
    for (let count = 0; count < 16; count++) {
      await page.keyboard.press('Tab')
      places.push(await page.evaluate(() => document.activeElement?.textContent?.trim() ?? ''))
    }
    assert.equal(places[0], 'Skip to the screen')
    for (const name of ['Now', 'Metrics', 'SQL', 'Models', '15 min'])
      assert(places.includes(name), `${name} is not among ${places.join(' | ')}`)
  })

  it('asked no stranger for anything, and had no errors', () => {
    const { seen } = visit()
    assert.deepEqual(seen.strangers, [])
    assert.deepEqual(seen.errors, [])
  })
}
