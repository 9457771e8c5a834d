import assert from 'node:assert/strict'
import { it } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import type { ConsoleVisit } from './console-visit.ts'

interface Told {
  readonly parameters: readonly { readonly name: string; readonly value: unknown }[]
}

/** What an operator changes, and how they undo it. */
export function consoleControlSteps(visit: () => ConsoleVisit): void {
  const blend = async (): Promise<unknown> => {
    const response = await fetch(`${visit().base}/v1/parameters`)
    const { parameters } = (await response.json()) as Told // As the API describes it.
    return parameters.find(({ name }) => name === 'blend')?.value
  }

  it('tries a value before it puts it in force, and rolls it back', async () => {
    const { page, visit: go, photograph, seen } = visit()
    await go('/console/parameters/blend')
    const initial = await blend()
    const editor = page.getByRole('textbox', { name: 'Value of blend' })
    const apply = page.getByRole('button', { name: 'Put in force' })
    await editor.fill('{ "trending": 0.3, ')
    await page.locator('.fault').waitFor()
    assert(await page.getByRole('button', { name: 'Check' }).isDisabled())
    const done = seen.expect(/400/)
    await editor.fill('{ "trending": 7 }')
    await page.getByRole('button', { name: 'Check' }).click()
    await page.locator('#value .trouble').waitFor()
    assert(await apply.isDisabled(), 'what does not fit cannot be put in force')
    done()
    await editor.fill('{ "trending": 0.3 }')
    await page.getByRole('button', { name: 'Check' }).click()
    await page.getByRole('heading', { name: 'What it would change' }).waitFor()
    const changes = await page.locator('#value .changes li').allTextContents()
    assert.deepEqual(changes.length, 2, changes.join())
    assert.deepEqual(await blend(), initial, 'a check changes nothing')
    await photograph('parameter-checked')
    await page.getByLabel('Your name').fill('ada')
    // The list of all that is in force comes later than the answer that the new value is.
    const list = /\/v1\/parameters$/
    await page.route(list, async (route) => {
      await sleep(1_000)
      await route.continue()
    })
    await apply.click()
    await page.getByText('In force as version 1.').waitFor()
    const inForce = { trending: 0.3 }
    assert.deepEqual(JSON.parse(await editor.inputValue()), inForce, 'the old value is not back')
    await page.unrouteAll({ behavior: 'wait' })
    assert.deepEqual(await blend(), { trending: 0.3 })
    await page.locator('.versions').getByText('by ada').waitFor()
    await page.getByRole('button', { name: 'Roll back to version 0' }).click()
    await photograph('parameter-rollback')
    await page.getByRole('button', { name: 'Keep what is in force' }).click()
    assert.deepEqual(await blend(), { trending: 0.3 })
    await page.getByRole('button', { name: 'Roll back to version 0' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Roll back' }).click()
    await page.locator('.version-current', { hasText: 'Version 2' }).waitFor()
    assert.deepEqual(await blend(), initial)
    assert.deepEqual(JSON.parse(await editor.inputValue()), initial, 'the editor follows')
  })
}
