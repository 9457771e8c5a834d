import assert from 'node:assert/strict'
import { it } from 'node:test'
import { violationsOf } from './axe.ts'
import { faultsOf } from './looks.ts'
import { desktop, phone, type Visit } from './visit.ts'

/** What a person is told who asks why a page is as it is. */
export function whySteps(visit: () => Visit): void {
  /** The newest page that the person was shown, as the server remembers it. */
  const lastPage = async (): Promise<string> => {
    const { server, person } = visit()
    const user = encodeURIComponent(await person.user())
    const answer = await server.ask(`/v1/users/${user}/pages?size=1`)
    const { pages } = answer as { pages: readonly { requestId: string }[] } // As described.
    return pages[0]!.requestId
  }

  it('draws how a page was made, and says of each item why it is there', async () => {
    const { page, person } = visit()
    await person.visit('/feed')
    await page.locator('section[data-batch]').first().waitFor()
    const request = await lastPage()
    await person.visit(`/why/${request}`)
    const items = page.locator('.why-item')
    await items.first().waitFor()
    await person.photograph('why-page')
    assert(await page.locator('.flow-wide').first().isVisible())
    assert((await page.locator('.flow-wide .flow-source').count()) >= 6)
    for (const item of await items.all()) {
      assert.match((await item.locator('.why-sentence').textContent()) ?? '', /^\S.*\.$/)
      assert((await item.locator('.brought li').count()) > 0)
    }
    assert((await page.locator('.evidence a').count()) > 0, 'somebody with a past finds it here')
    assert((await page.locator('.lost-card').count()) > 0)
    const ids = await items.evaluateAll((all) => all.map((one) => one.getAttribute('data-item')))
    assert.equal(new Set(ids).size, ids.length)
    assert.deepEqual(await faultsOf(page), [])
    assert.deepEqual(await violationsOf(page), [])
  })

  it('asks once per page, and goes on to the other pages of the user', async () => {
    const { page, person } = visit()
    const calls: string[] = []
    page.on('request', (request) => calls.push(request.url()))
    await person.visit(`/why/${await lastPage()}`)
    await page.locator('.stamp').first().waitFor()
    assert.equal(calls.filter((url) => url.includes('/explain')).length, 1)
    assert.deepEqual(
      calls.filter((url) => url.includes('/v1/items')),
      [],
    )
    assert.equal(await page.locator('.stamp[aria-current="page"]').count(), 1)
  })

  it('tells of any other film what became of it', async () => {
    const { page, person } = visit()
    const box = page.getByLabel(/by its words/)
    await box.fill('no such film, nor any such id')
    await box.press('Enter')
    await page.locator('.fate-unknown').waitFor()
    const lost = page.locator('.lost-covers a').first()
    const title = (await lost.getAttribute('title')) ?? ''
    await box.fill(title)
    await page.locator('.why-not-hits button').first().click()
    const fate = page.locator('.fate:not(.fate-unknown)')
    await fate.waitFor()
    assert.match((await fate.locator('.why-sentence').textContent()) ?? '', /\.$/)
    await box.scrollIntoViewIfNeeded()
    await person.photograph('why-not')
  })

  it('begins with the film that was asked about, whether it is on the page or not', async () => {
    const { page, person } = visit()
    const request = await lastPage()
    const items = page.locator('.why-items').last().locator('.why-item')
    const item = await items.nth(5).getAttribute('data-item')
    const lost = await page.locator('.lost-covers a').first().getAttribute('href')
    await person.visit(`/why/${request}?item=${item}`)
    const asked = page.locator('.why-asked')
    assert.equal(await asked.locator('.why-item').getAttribute('data-item'), item)
    await person.photograph('why-item')
    await person.visit(`/why/${request}?item=${lost?.split('/').at(-1)}`)
    await asked.locator('.fate').waitFor()
    assert.match((await asked.locator('h2').textContent()) ?? '', /^Why not .+\?$/)
  })

  it('is read on a phone from top to bottom, in both lights', async () => {
    const { page, person } = visit()
    await page.setViewportSize(phone)
    await person.visit(`/why/${await lastPage()}`)
    await page.locator('.why-item').first().waitFor()
    assert(await page.locator('.flow-tall').first().isVisible())
    assert.equal(await page.locator('.flow-wide').first().isVisible(), false)
    assert.deepEqual(await faultsOf(page), [])
    await person.photograph('why-phone')
    await page.emulateMedia({ colorScheme: 'dark' })
    await page.reload({ waitUntil: 'networkidle' })
    assert.deepEqual(await faultsOf(page), [])
    assert.deepEqual(await violationsOf(page), [])
    await person.photograph('why-phone-dark')
    await page.emulateMedia({ colorScheme: 'light' })
    await page.setViewportSize(desktop)
  })
}
