import type { Locator, Page } from 'playwright-core'
import type { Newcomer } from './newcomer.ts'
import type { Watch } from './watch.ts'

/** A person with a browser: what can be read on the site, and done with it. */
export interface Reader {
  /** For whom the site is shown. */
  user(): Promise<string>
  /** What the server remembers that the user did, newest first. */
  history(): Promise<readonly PastAction[]>
  /** Goes to an address of the site and waits until it is quiet there. */
  visit(path: string): Promise<void>
  /** The rows of the home page, topmost first. */
  rows(): Promise<readonly ShownRow[]>
  /** The items of each page of the feed on screen, newest first, by batch. */
  pages(): Promise<readonly ShownBatch[]>
  /** The covers of all cards, as they are drawn. */
  covers(): Promise<readonly string[]>
  /** Resolves when that many pages of the feed are on screen. */
  untilPages(count: number): Promise<void>
  refresh(): Promise<void>
  older(): Promise<void>
  /** Chooses one of the users that the picker offers. */
  pickUser(place: number): Promise<void>
  becomeVisitor(): Promise<void>
  /** Goes to a screen and becomes somebody new there; returns what the newcomer is shown first. */
  becomeNewAt(path: string): Promise<readonly FirstItem[]>
  /** The stars of a film, wherever it is on screen. */
  stars(item: string): Locator
  /** Clicks on the stars of a film, at so many of five. */
  rate(item: string, stars: number): Promise<void>
  /** What is in view, in `test-results/`; with all that moves at its end, unless it may move. */
  photograph(name: string, options?: { readonly isMoving?: boolean }): Promise<void>
}

/** An item of the answer to a call for a feed. */
export interface FirstItem {
  readonly id: string
  readonly token: string
  readonly item?: {
    readonly channels: readonly string[]
    readonly attributes: Record<string, unknown>
  }
}

export interface ShownRow {
  readonly topic: string
  readonly items: readonly string[]
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

export function reader(page: Page, server: Newcomer, seen: Watch, folder: string): Reader {
  const batches = page.locator('section[data-batch]')
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
    await seen.quiet()
    await page.locator('.row').first().waitFor()
  }
  const user = (): Promise<string> =>
    page.evaluate(() => localStorage.getItem('starling.user') ?? '')
  const stars = (item: string): Locator =>
    page.locator(`[data-item="${item}"] .stars, .film .opinion .stars`).first()

  return {
    ...{ user, untilPages, stars },
    async history() {
      const answer = await server.ask(`/v1/users/${encodeURIComponent(await user())}/history`)
      return (answer as { actions: readonly PastAction[] }).actions // As the API describes it.
    },
    async visit(path) {
      await page.goto(server.base + path)
      await page.waitForFunction(() => document.querySelector('.bone') === null)
      await seen.quiet()
    },
    rows: () =>
      page.locator('[data-row]').evaluateAll((rows) =>
        rows.map((row) => ({
          topic: row.getAttribute('data-topic') ?? '',
          items: [...row.querySelectorAll('[data-item]')].map(
            (card) => card.getAttribute('data-item') ?? '',
          ),
        })),
      ),
    pages: () =>
      batches.evaluateAll((sections) =>
        sections.map((section) => ({
          batch: Number(section.getAttribute('data-batch')),
          items: [...section.querySelectorAll('[data-item]')].map(
            (card) => card.getAttribute('data-item') ?? '',
          ),
        })),
      ),
    covers: () =>
      page
        .locator('li[data-item] .cover')
        .evaluateAll((all) => all.map((cover) => cover.innerHTML)),
    refresh: () => oneMore(() => page.locator('.bar .refresh').click()),
    older: () => oneMore(() => page.getByRole('button', { name: 'Older' }).click()),
    pickUser: (place) => anew(() => page.locator('#who .choices button').nth(place).click()),
    becomeVisitor: () => anew(() => page.getByRole('button', { name: 'I am new here' }).click()),
    async becomeNewAt(path) {
      await page.goto(server.base + path)
      // What whoever was here before asks for must not be taken for the newcomer's.
      await page.locator('[data-item]').first().waitFor()
      await seen.quiet()
      await page.locator('.who').click()
      const [response] = await Promise.all([
        page.waitForResponse((one) => /\/feed\?/.test(one.url()) && one.ok()),
        page.getByRole('button', { name: 'I am new here' }).click(),
      ])
      const { items } = (await response.json()) as { items: readonly FirstItem[] } // As described.
      await page.locator(`[data-item="${items[0]?.id}"]`).first().waitFor()
      return items
    },
    async rate(item, value) {
      const box = await stars(item).boundingBox()
      if (box === null) throw new Error(`${item} has no stars on screen`)
      const position = { x: box.width * (value / 5) - 2, y: box.height / 2 }
      await stars(item).click({ position })
    },
    async photograph(name, { isMoving = false } = {}) {
      const animations = isMoving ? 'allow' : 'disabled'
      await page.screenshot({ path: `${folder}/${name}.png`, animations })
    },
  }
}
