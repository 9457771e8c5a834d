import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { describe, it } from 'node:test'
import { promisify } from 'node:util'
import { createEngine } from 'starling'
import { serve } from '../src/server/serve.ts'

const root = resolve(import.meta.dirname, '..')

/** What an example prints, run as a reader would run it. Rejects where it fails. */
async function printed(name: string, ...args: readonly string[]): Promise<readonly string[]> {
  const command = ['--import', 'tsx', join('examples', name), ...args]
  const { stdout, stderr } = await promisify(execFile)(process.execPath, command, { cwd: root })
  assert.equal(stderr, '')
  return stdout.trimEnd().split('\n')
}

/** Some line says so. */
function says(lines: readonly string[], pattern: RegExp): void {
  assert.ok(
    lines.some((line) => pattern.test(line)),
    `no line matches ${pattern}:\n${lines.join('\n')}`,
  )
}

describe('examples', () => {
  it('embed the engine in another program', async () => {
    const lines = await printed('embed.ts')
    says(lines, /^12 books, 19 likes; refused:$/)
    says(lines, /^ {2}event 19: \[invalid_argument\] item is required for like$/)
    const [stranger, back] = ['ann, a stranger, is shown: ', 'one page back: '].map(
      (start) => lines.find((line) => line.startsWith(start))?.slice(start.length) ?? start,
    )
    assert.equal(back, stranger)
    assert.equal(back!.split('; ').length, 3)
    says(lines, /^last thing she did: click [\w-]+$/)
    says(lines, /^[\w-]+ was brought by: \w+/)
  })

  it('bring stages of their own', async () => {
    const lines = await printed('own-stages.ts')
    assert.equal(lines.length, 8)
    says(lines, /^grano {5}16 min {2}by editors-choice/)
    // Light and dark in turns, wherever chance put its one item.
    assert.deepEqual(
      lines.slice(0, 4).map((line) => /^(arlette|bonanza) /.test(line)),
      [true, false, true, false],
    )
    says(lines, /^filtro, without a budget: waiting$/)
    says(lines, /^filtro, on a budget of 5: dropped by drop-over-budget$/)
  })

  it('talk to a server', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'starling-examples-'))
    try {
      await using engine = await createEngine({ folder, retrain: false })
      await engine.putItems(Array.from({ length: 20 }, (_, index) => ({ id: `film-${index}` })))
      const serving = await serve({ engine, port: 0 })
      const lines = await printed('http-client.ts', serving.addresses[0]!)
      const onPage = await printed('page-tracker.ts', serving.addresses[0]!)
      await serving.close()
      says(onPage, /^play: told, waiting: 0$/)
      says(onPage, /^now on the page: (film-\d+(, )?){5}$/)
      says(onPage, /^ann: like, play$/)
      says(lines, /^page 1: (film-\d+(, )?){5}$/)
      says(lines, /^sent 7 events; sent again, 7 were known$/)
      says(lines, /^page 2: (film-\d+(, )?){5}$/)
      says(lines, /^made of pinned 0, .*fresh 15/)
      says(lines, /^refused: \[invalid_argument\] size 1000 must be >= 1 and <= 100$/)
    } finally {
      await rm(folder, { recursive: true })
    }
  })
})
