import assert from 'node:assert/strict'
import { it } from 'node:test'
import type { Visit } from './visit.ts'

/** What a person reads of a user, and by which model they let the list be ranked. */
export function userSteps(visit: () => Visit): void {
  const films = async (): Promise<readonly string[]> =>
    visit()
      .page.locator('.user .grid [data-item]')
      .evaluateAll((cards) => cards.map((card) => card.getAttribute('data-item') ?? ''))

  it('shows numbers, taste, what is recommended and the past of a user by one question', async () => {
    const { page, person, seen } = visit()
    const before = seen.asked.length
    await person.visit('/user/2')
    await page.locator('.deed:not(.bone)').first().waitFor()
    assert.deepEqual(seen.asked.slice(before), ['GET /v1/users/2/overview'])
    const numbers = await page.locator('.numbers dd').allTextContents()
    assert.equal(numbers.length, 6)
    assert(
      numbers.every((value) => value !== '–' && value !== ''),
      `${numbers}`,
    )
    assert((await page.locator('.taste').count()) > 5)
    assert((await films()).length >= 12)
    assert((await page.locator('.deed').count()) > 10)
  })

  it('ranks by the model of the address, or by that which one chooses', async (t) => {
    const { page, person, seen } = visit()
    const inForce = await films()
    await person.visit('/user/2?model=popular')
    const popular = await films()
    assert.notDeepEqual(popular, inForce)
    const current = page.locator('.segments [aria-current]')
    assert.equal(await current.textContent(), 'Popular')
    const before = seen.asked.length
    await page.getByRole('link', { name: 'Factors' }).click()
    await seen.quiet()
    assert.deepEqual(seen.asked.slice(before), ['GET /v1/users/2/overview'])
    assert.match(page.url(), /\?model=factors$/)
    const factors = await films()
    assert.notDeepEqual(factors, popular)
    const shared = factors.filter((id) => popular.includes(id)).length
    t.diagnostic(`${shared} of ${factors.length} films by factors are popular ones`)
  })
}
