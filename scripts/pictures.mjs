#!/usr/bin/env node
// Takes the pictures that the docs show from those that the browser's tests took: smaller than a
// bound, as WebP. Run it after `npm run test:browser`; named ones only, where some are named. It
// needs the browser that the tests need.
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { chromium } from 'playwright-core'

const root = resolve(import.meta.dirname, '..')
const sizeMax = 150_000

/** The name of a picture of the docs, and the one in test-results/ that it is made of. */
const chosen = {
  home: 'home-wide-dark',
  'home-phone': 'home-phone-light',
  welcome: 'welcome-known-a-little',
  feed: 'feed-wide-light',
  film: 'film-wide-light',
  user: 'user-wide-light',
  search: 'search-box',
  why: 'why-page',
  'console-now': 'console-now-moved',
  'console-metrics': 'console-metrics-wide-dark',
  'console-parameters': 'console-parameter-checked',
  news: 'news-wide-light',
  video: 'video-wide-dark',
}

/** Draws a PNG anew as WebP. Runs in the browser. */
async function encode([png, quality]) {
  const image = await createImageBitmap(await (await fetch(png)).blob())
  const canvas = new OffscreenCanvas(image.width, image.height)
  canvas.getContext('2d').drawImage(image, 0, 0)
  const blob = await canvas.convertToBlob({ type: 'image/webp', quality })
  const bytes = new Uint8Array(await blob.arrayBuffer())
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
}

/** The best quality at which a picture stays below the bound. */
async function compress(page, png) {
  const address = `data:image/png;base64,${png.toString('base64')}`
  for (const quality of [0.9, 0.8, 0.7, 0.55, 0.4]) {
    const picture = Buffer.from(await page.evaluate(encode, [address, quality]), 'base64')
    if (picture.length <= sizeMax) return picture
  }
  throw new Error(`a picture of ${png.length} bytes does not go below ${sizeMax}`)
}

const executablePath = process.env.CHROMIUM || '/usr/bin/chromium'
const browser = await chromium.launch({ executablePath, args: ['--headless', '--no-sandbox'] })
const page = await browser.newPage()
await mkdir(join(root, 'docs/pictures'), { recursive: true })
const wanted = process.argv.slice(2)
for (const [name, source] of Object.entries(chosen)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue
  const picture = await compress(page, await readFile(join(root, `test-results/${source}.png`)))
  await writeFile(join(root, `docs/pictures/${name}.webp`), picture)
  process.stdout.write(`docs/pictures/${name}.webp: ${Math.ceil(picture.length / 1_000)} kB\n`)
}
await browser.close()
