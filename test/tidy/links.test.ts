import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, it } from 'node:test'
import { filesUnder, root } from './tree.ts'

describe('documents', () => {
  it('link to files that exist', () => {
    const broken = filesUnder('.', /\.md$/).flatMap(({ path, text }) =>
      [...text.matchAll(/\]\((?!https?:|mailto:|#)([^)#\s]+)/g)].flatMap(([, target]) =>
        existsSync(join(root, dirname(path), target!)) ? [] : [`${path} -> ${target}`],
      ),
    )
    assert.deepEqual(broken, [])
  })

  it('name tests of known bugs as they are called', () => {
    const from = 'docs/reference/known-bugs.md'
    const { text } = filesUnder('docs/reference', /^docs.reference.known-bugs\.md$/)[0]!
    const named = [...text.matchAll(/\[([^\]]+)\]\(([^)]+\.ts)\)/g)]
    const missing = named.flatMap(([, title, target]) => {
      const tests = readFileSync(join(root, dirname(from), target!), 'utf8')
      return tests.includes(title!) ? [] : [`${target}: ${title}`]
    })
    assert.deepEqual(missing, [])
    assert(named.length > 50, `${named.length} tests are named`)
  })
})
