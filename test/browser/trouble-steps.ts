import assert from 'node:assert/strict'
import { it } from 'node:test'
import { faultsOf } from './looks.ts'
import type { Visit } from './visit.ts'

/** What a person sees of trouble, and that there was none that they do not see. */
export function troubleSteps(visit: () => Visit): void {
  it('keeps what it shows when the server is gone, and goes on when it is back', async () => {
    const { page, person, seen } = visit()
    await person.visit('/feed')
    await person.untilPages(1)
    const shown = await person.pages()
    const done = seen.expect(/ERR_|Failed to load/)
    await page.route('**/v1/**', (route) => route.abort())
    await page.locator('.bar .refresh').click()
    await page.getByText('The server does not answer').waitFor()
    await person.photograph('server-gone')
    assert.deepEqual(await person.pages(), shown)
    assert.deepEqual(await faultsOf(page), [])
    await page.unroute('**/v1/**')
    await page.getByRole('button', { name: 'Try again' }).click()
    await person.untilPages(shown.length + 1)
    assert.equal(await page.getByText('The server does not answer').count(), 0)
    done()
  })

  it('says what a page lacks, when nothing is left, and that a key is needed', async () => {
    const { page, person, seen, answerFeeds, letFeedsPass } = visit()
    const [before] = await person.pages()
    await answerFeeds(async (route) => {
      const response = await route.fetch()
      const degraded = 'nearest took longer than 150 ms'
      await route.fulfill({ response, json: { ...(await response.json()), degraded } })
    })
    await person.refresh()
    await page.getByText('nearest took longer than 150 ms').waitFor()
    await person.photograph('degraded')
    await answerFeeds(async (route) => {
      const response = await route.fetch()
      await route.fulfill({ response, json: { ...(await response.json()), items: [] } })
    })
    await page.locator('.bar .refresh').click()
    await page.getByText('You have seen everything here').waitFor()
    await person.photograph('nothing-left')
    const done = seen.expect(/401/)
    const error = { code: 'unauthenticated', message: '[unauthenticated] a key is needed' }
    await answerFeeds((route) => route.fulfill({ status: 401, json: { error } }))
    await page.locator('.bar .refresh').click()
    await page.getByText('This server asks for a key').waitFor()
    await person.photograph('key-needed')
    assert.deepEqual(await faultsOf(page), [])
    await letFeedsPass()
    done()
    assert((await person.pages()).some(({ batch }) => batch === before?.batch))
  })

  it('keeps what is there without a network, and tells what was done when it is back', async () => {
    const { page, person, seen } = visit()
    await person.visit('/')
    const rows = await person.rows()
    const done = seen.expect(/ERR_|Failed to load/)
    await page.context().setOffline(true)
    await page.getByText('You are offline').waitFor()
    const item = rows[1]?.items[0] ?? ''
    await person.rate(item, 4)
    await person.photograph('offline', { isMoving: true })
    assert.deepEqual(await person.rows(), rows)
    await page.context().setOffline(false)
    await page.getByText('You are offline').waitFor({ state: 'detached' })
    // What was said meanwhile is told now, and the rows follow.
    await page.locator('.news-words').waitFor()
    const [last] = await person.history()
    assert.deepEqual([last?.item, last?.action, last?.value], [item, 'rate', 4])
    done()
  })

  it('asked no stranger for anything, and had no errors', () => {
    const { seen } = visit()
    assert.deepEqual(seen.strangers, [])
    assert.deepEqual(seen.errors, [])
  })
}
