import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'

const script = readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** What the accessibility engine axe finds on a page that is serious or critical. */
export async function violationsOf(page: Page): Promise<readonly string[]> {
  await page.evaluate(await script)
  return page.evaluate(async () => {
    const { axe } = window as unknown as { axe: Axe } // Put there by the script.
    const { violations } = await axe.run(document, { resultTypes: ['violations'] })
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => {
        const places = nodes.slice(0, 3).map(({ target, failureSummary }) => {
          return `${target.join(' ')}: ${failureSummary?.replace(/\s+/g, ' ')}`
        })
        return `${id} ×${nodes.length}: ${places.join('; ')}`
      })
  })
}

interface Axe {
  run(within: Document, options: object): Promise<{ readonly violations: readonly Violation[] }>
}

interface Violation {
  readonly id: string
  readonly impact: string
  readonly nodes: readonly {
    readonly target: readonly string[]
    readonly failureSummary?: string
  }[]
}
