import assert from 'node:assert/strict'
import { test } from 'node:test'
import { manualClock } from '../../events/clock.ts'
import type { Slate } from '../pipeline/pipeline.ts'
import { commonPage } from './common-page.ts'

function house() {
  const clock = manualClock(5_000)
  const made: string[] = []
  const broken = { recipe: false }
  const pages = commonPage({
    clock,
    lifeMs: () => 1_000,
    async make(channel) {
      made.push(channel)
      // Only its identity matters here.
      return broken.recipe ? undefined : ({ entries: [] } as unknown as Slate)
    },
  })
  return { clock, made, broken, pages }
}

test('a common page is made once a second and channel, however many ask at once', async () => {
  const { clock, made, pages } = house()
  const all = await Promise.all(Array.from({ length: 50 }, () => pages.of('')))
  assert.equal(new Set(all).size, 1)
  await pages.of('18')
  clock.advance(999)
  assert.equal(await pages.of(''), all[0])
  clock.advance(1)
  assert.notEqual(await pages.of(''), all[0])
  assert.deepEqual(made, ['', '18', ''])
})

test('one that could not be made is tried again', async () => {
  const { made, broken, pages } = house()
  broken.recipe = true
  assert.equal(await pages.of(''), undefined)
  broken.recipe = false
  assert.ok(await pages.of(''))
  assert.equal(made.length, 2)
})
