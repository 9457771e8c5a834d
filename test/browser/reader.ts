import type { Locator, Page } from 'playwright-core'
import type { Newcomer } from './newcomer.ts'

/** A person with a browser: what can be read on the page, and done with it. */
export interface Reader {
  /** For whom the page is shown. */
  user(): Promise<string>
  /** What the server remembers that the user did, newest first. */
  history(): Promise<readonly PastAction[]>
  /** The items of each page on screen, newest first, by batch. */
  pages(): Promise<readonly ShownBatch[]>
  /** The covers of all cards, as they are drawn. */
  covers(): Promise<readonly string[]>
  /** Resolves when that many pages are on screen. */
  untilPages(count: number): Promise<void>
  refresh(): Promise<void>
  older(): Promise<void>
  /** Chooses one of the users that the picker offers. */
  pickUser(place: number): Promise<void>
  becomeVisitor(): Promise<void>
  openCard(place: number): Promise<void>
  readonly sheet: Locator
  closeSheet(): Promise<void>
  /** The whole page, in `test-results/`. */
  photograph(name: string): Promise<void>
}

export interface ShownBatch {
  readonly batch: number
  readonly items: readonly string[]
}

export interface PastAction {
  readonly item: string
  readonly action: string
  readonly value?: number
}

export function reader(page: Page, server: Newcomer, folder: string): Reader {
  const batches = page.locator('section[data-batch]')
  const sheet = page.locator('dialog[open]')

  const pages = (): Promise<readonly ShownBatch[]> =>
    batches.evaluateAll((sections) =>
      sections.map((section) => ({
        batch: Number(section.getAttribute('data-batch')),
        items: [...section.querySelectorAll('[data-item]')].map(
          (card) => card.getAttribute('data-item') ?? '',
        ),
      })),
    )
  const untilPages = (count: number): Promise<void> =>
    batches.nth(count - 1).waitFor({ state: 'attached' })
  const oneMore = async (press: () => Promise<void>): Promise<void> => {
    const before = await batches.count()
    await press()
    await untilPages(before + 1)
  }
  const anew = async (press: () => Promise<void>): Promise<void> => {
    await page.locator('.who').click()
    await press()
    await page.waitForLoadState('networkidle')
    await untilPages(1)
  }

  const user = (): Promise<string> =>
    page.evaluate(() => localStorage.getItem('starling.user') ?? '')

  return {
    user,
    async history() {
      const answer = await server.ask(`/v1/users/${encodeURIComponent(await user())}/history`)
      return (answer as { actions: readonly PastAction[] }).actions // As the API describes it.
    },
    pages,
    covers: () =>
      page.locator('[data-item] .cover').evaluateAll((all) => all.map((cover) => cover.innerHTML)),
    untilPages,
    sheet,
    refresh: () => oneMore(() => page.locator('.bar .refresh').click()),
    older: () => oneMore(() => page.getByRole('button', { name: 'Older' }).click()),
    pickUser: (place) => anew(() => page.locator('#who .choices button').nth(place).click()),
    becomeVisitor: () => anew(() => page.getByRole('button', { name: 'Be a new visitor' }).click()),
    async openCard(place) {
      await page.locator('[data-item] .card-cover').nth(place).click()
      await sheet.locator('.why-sentence').waitFor()
      await sheet.locator('.similar button').first().waitFor()
    },
    async closeSheet() {
      await page.keyboard.press('Escape')
      await sheet.waitFor({ state: 'detached' })
    },
    async photograph(name) {
      await page.screenshot({ path: `${folder}/${name}.png`, animations: 'disabled' })
    },
  }
}
