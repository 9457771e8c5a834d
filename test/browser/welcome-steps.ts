import assert from 'node:assert/strict'
import { it } from 'node:test'
import type { Visit } from './visit.ts'

/** How the site gets to know somebody new. */
export function welcomeSteps(visit: () => Visit): void {
  it('lets anyone be new, with an id of their own', async () => {
    const { page, person } = visit()
    await person.visit('/')
    await person.becomeVisitor()
    const first = await person.user()
    assert.match(first, /^visitor-[0-9a-f]{12}$/)
    assert.deepEqual(await person.history(), [])
    await person.becomeVisitor()
    assert.notEqual(await person.user(), first)
    await page.locator('.welcome').waitFor()
    await person.photograph('welcome')
  })

  it('counts the first ten things that one does, and each of them changes the page', async (t) => {
    const { page, person, server, seen } = visit()
    const answer = await server.ask(`/v1/items?size=100&filter=${encodeURIComponent(isWar)}`)
    const { items } = answer as { items: readonly { item: { id: string } }[] } // As described.
    const liked = new Set(items.map(({ item }) => item.id))
    let changes = 0
    for (let count = 1; count <= 10; count++) {
      const before = await person.rows()
      const shown = before.flatMap((row) => row.items)
      const item = shown.find((id) => liked.has(id)) ?? shown[0] ?? ''
      await person.stars(item).scrollIntoViewIfNeeded()
      await person.rate(item, 5)
      await page.locator(`.welcome-steps[aria-valuenow="${count}"]`).waitFor()
      await seen.quiet()
      const after = await person.rows()
      if (JSON.stringify(after) !== JSON.stringify(before)) changes++
      if (count === 4) {
        await page.evaluate(() => scrollTo(0, 0))
        await person.photograph('welcome-known-a-little')
      }
    }
    const order = (await person.rows()).map(({ topic }) => topic)
    t.diagnostic(`${changes} of 10 ratings changed the page; the rows now: ${order.join(', ')}`)
    assert(changes >= 9, `${changes} changes`)
    assert(order.includes('War') && order.indexOf('War') <= 3, `War is not near the top: ${order}`)
    await page.getByText('Nice to have met you').waitFor()
    await page.evaluate(() => scrollTo(0, 0))
    await person.photograph('welcome-known')
    await page.getByRole('button', { name: 'Done' }).click()
    await page.locator('.hero').waitFor()
    assert.equal(await page.locator('.welcome').count(), 0)
  })
}

/** What the visitor of these steps likes. */
const isWar = 'genres has "War"'
