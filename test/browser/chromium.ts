import { existsSync } from 'node:fs'
import { type Browser, chromium } from 'playwright-core'

const executable = process.env['CHROMIUM'] || '/usr/bin/chromium'

/** Nothing here may ask the net for anything, and nothing needs a screen. */
const args = [
  ...['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
  ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
]

/** How long is waited for what should come at once: a machine may be busy for a while. */
export const patienceMs = 120_000

/** Starts the browser of the machine. Rejects where there is none: skipping would test nothing. */
export async function openChromium(): Promise<Browser> {
  if (!existsSync(executable)) {
    throw new Error(
      `there is no Chromium at ${executable}: install it (apt-get install -y chromium), ` +
        'or say where it is (CHROMIUM=/path/to/chromium)',
    )
  }
  return chromium.launch({ executablePath: executable, args })
}
