import assert from 'node:assert/strict'
import { readFile, writeFile } from 'node:fs/promises'

/**
 * The bytes that an earlier version wrote, kept as hex beside the tests. Asserts that the present
 * one writes the same. Run with GOLDEN=write after a format was changed on purpose, with a new
 * version number and a way to read the old one.
 */
export async function golden(name: string, written: Uint8Array): Promise<Uint8Array> {
  const file = new URL(`${name}.hex`, import.meta.url)
  const lines =
    Buffer.from(written)
      .toString('hex')
      .match(/.{1,64}/g) ?? []
  const text = `${lines.join('\n')}\n`
  if (process.env['GOLDEN'] === 'write') await writeFile(file, text)
  const kept = await goldenOfOld(name)
  assert.equal(Buffer.from(written).toString('hex'), kept.toString('hex'), `${name} has changed`)
  return kept
}

/** Bytes that are only read any more. */
export async function goldenOfOld(name: string): Promise<Buffer> {
  const text = await readFile(new URL(`${name}.hex`, import.meta.url), 'utf8')
  return Buffer.from(text.replaceAll('\n', ''), 'hex')
}
