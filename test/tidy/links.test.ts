import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
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
})
