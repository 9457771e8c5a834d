import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { declaredSets } from './declared-sets.ts'
import { setPage } from './set-page.ts'

test('the reference says of every declared set what is declared', () => {
  const page = new URL('../../../../../docs/reference/features.md', import.meta.url)
  const [, told] = readFileSync(page, 'utf8').split('<!-- declared -->\n\n')
  // Written by: npx tsx scripts/feature-page.ts
  assert.equal(told, declaredSets.map(setPage).join('\n'))
})
