import assert from 'node:assert/strict'
import { resolve } from 'node:path'
import { test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'

const root = resolve(import.meta.dirname, '../..')

/** What a browser would load: the size as it travels, and the files that it is made of. */
async function bundled(code: string) {
  const { outputFiles, metafile } = await build({
    stdin: { contents: code, resolveDir: import.meta.dirname, loader: 'ts' },
    ...{ bundle: true, minify: true, format: 'esm', platform: 'browser', target: 'es2022' },
    ...{ write: false, metafile: true, absWorkingDir: root, logLevel: 'silent' },
  })
  return {
    sizeBytes: gzipSync(outputFiles[0]!.contents, { level: 9 }).length,
    files: Object.keys(metafile.inputs).filter((path) => path !== '<stdin>'),
  }
}

/** gzip; raise one only for something that is worth it on every page of everybody. */
const bounds = [
  [`export { createClient } from './index.ts'`, 2_760],
  [`export { createTracker } from './index.ts'`, 3_800],
  [`export { createReranker } from './index.ts'`, 1_550],
  [`export * from './index.ts'`, 7_020],
] as const

for (const [code, bytesMax] of bounds) {
  test(`${code.split(' from')[0]} costs a page at most ${bytesMax} bytes`, async () => {
    const { sizeBytes } = await bundled(code)
    assert.ok(sizeBytes <= bytesMax, `${sizeBytes} bytes`)
    assert.ok(sizeBytes > 0.8 * bytesMax, `${sizeBytes} bytes: the bound has become loose`)
  })
}

test('nothing of Node, of the descriptions and of their library comes with it', async () => {
  const { files } = await bundled(`export * from './index.ts'`)
  const allowed =
    /^src\/(client\/|kernel\/linear\/|error\.ts|api\/error-codes\.ts|events\/signals\.ts)/
  assert.deepEqual(
    files.filter((path) => !allowed.test(path)),
    [],
  )
  await assert.rejects(bundled(`export * from './index.ts'; import 'node:fs'`), /node:fs/)
})
