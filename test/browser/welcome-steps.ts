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
    const { page, person, seen } = visit()
    const first = (await person.rows()).map(({ topic }) => topic)
    const liked = first.findLast((topic) => !topic.startsWith('Like ')) ?? ''
    let changes = 0
    for (let count = 1; count <= 10; count++) {
      const before = await person.rows()
      const fitting = before.find(({ topic }) => topic === liked) ?? before.at(-1)
      const item = fitting?.items[0] ?? ''
      await person.stars(item).scrollIntoViewIfNeeded()
      await person.rate(item, 5)
      await page.locator(`.welcome-steps[aria-valuenow="${count}"]`).waitFor()
      await seen.quiet()
      const after = await person.rows()
      if (JSON.stringify(after) !== JSON.stringify(before)) changes++
      if (count === 4) await person.photograph('welcome-known-a-little')
    }
    const order = (await person.rows()).map(({ topic }) => topic)
    t.diagnostic(`${changes} of 10 ratings of ${liked} changed the page`)
    t.diagnostic(`the rows were ${first.join(', ')}; they are ${order.join(', ')}`)
    assert(changes >= 9, `${changes} changes`)
    assert(order.includes(liked) && order.indexOf(liked) < first.indexOf(liked), `${liked} rises`)
    await page.getByText('Nice to have met you').waitFor()
    await page.evaluate(() => scrollTo(0, 0))
    await person.photograph('welcome-known')
    await page.getByRole('button', { name: 'Done' }).click()
    await page.locator('.hero').waitFor()
    assert.equal(await page.locator('.welcome').count(), 0)
  })
}
