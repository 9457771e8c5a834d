import assert from 'node:assert/strict'
import { it } from 'node:test'
import { faultsOf } from './looks.ts'
import type { Visit } from './visit.ts'

/** What a person is told who asks why. */
export function whySteps(visit: () => Visit): void {
  it('says why an item is shown, in a sentence and in bars, also beside another one', async () => {
    const { page, person } = visit()
    await person.openCard(0)
    const why = person.sheet.locator('.why')
    assert.match((await why.locator('.why-sentence').textContent()) ?? '', /^You see this because /)
    assert((await why.locator('.why-sources li').count()) > 0)
    assert((await why.locator('.shares li').count()) > 0)
    await why.locator('summary').click()
    assert((await why.locator('tbody tr').count()) > 10)
    await why.locator('summary').click()
    await why.scrollIntoViewIfNeeded()
    await person.photograph('why-item')
    const title = await person.sheet.locator('.item-title').textContent()
    await person.sheet.locator('.similar button').first().click()
    await page.waitForLoadState('networkidle')
    await person.sheet.locator('.why-sentence').waitFor()
    await person.photograph('why-similar')
    const sentence = await person.sheet.locator('.why-sentence').textContent()
    assert(sentence?.includes(title ?? '?'), `"${sentence}" tells of "${title}"`)
    await person.sheet.locator('.sheet-bar .quiet').click()
    assert.equal(await person.sheet.locator('.item-title').textContent(), title)
    await person.closeSheet()
  })

  it('draws how a page was made, and tells what was left out', async () => {
    const { page, person } = visit()
    await page.getByRole('button', { name: 'Why this page' }).first().click()
    await person.sheet.locator('.step').first().waitFor()
    await page.waitForLoadState('networkidle')
    await person.photograph('why-page')
    const stages = await person.sheet.locator('.stage-name strong').allTextContents()
    assert.deepEqual(stages, ['Recall', 'Filter', 'Rank', 'Mix'])
    assert((await person.sheet.locator('.step').count()) >= 10)
    assert((await person.sheet.locator('.fates li').count()) > 0)
    assert.deepEqual(await faultsOf(page), [])
    await person.sheet.locator('.fates').last().scrollIntoViewIfNeeded()
    await person.photograph('why-page-left-out')
    await person.closeSheet()
  })
}
