import assert from 'node:assert/strict'
import { test } from 'node:test'
import { madeUpPlatform } from './made-up-platform.suite.ts'
import { createViewability } from './viewability.ts'

function watched() {
  const platform = madeUpPlatform()
  const viewability = createViewability(platform)
  const told: string[] = []
  const watch = (element: object, token: string) =>
    viewability.watch(element, token, () => told.push(token))
  return { platform, viewability, told, watch }
}

test('what was half in view for a second on end was seen, once', async () => {
  const { platform, told, watch } = watched()
  const card = {}
  watch(card, 'a')
  platform.scroll(card, true)
  await platform.advance(999)
  platform.scroll(card, false)
  await platform.advance(5_000)
  assert.deepEqual(told, [])
  platform.scroll(card, true)
  await platform.advance(1_000)
  platform.scroll(card, false)
  platform.scroll(card, true)
  await platform.advance(5_000)
  assert.deepEqual(told, ['a'])
})

test('a token is told once, wherever it is shown; another on the same element by itself', async () => {
  const { platform, told, watch } = watched()
  const [card, copy] = [{}, {}]
  watch(card, 'a')
  watch(copy, 'a')
  watch(card, 'b')
  platform.scroll(card, true)
  platform.scroll(copy, true)
  await platform.advance(1_000)
  assert.deepEqual(told, ['a', 'b'])
})

test('nobody sees a page that is hidden; the second begins anew when it is shown', async () => {
  const { platform, told, watch } = watched()
  const card = {}
  watch(card, 'a')
  platform.scroll(card, true)
  await platform.advance(900)
  platform.hide()
  await platform.advance(10_000)
  platform.show()
  await platform.advance(999)
  assert.deepEqual(told, [])
  await platform.advance(1)
  assert.deepEqual(told, ['a'])
})

test('a card that was taken off the page is not told', async () => {
  const { platform, told, watch } = watched()
  const card = {}
  const unwatch = watch(card, 'a')
  platform.scroll(card, true)
  unwatch()
  await platform.advance(5_000)
  assert.deepEqual(told, [])
})

test('what was forgotten is told again when it was seen again', async () => {
  const { platform, viewability, told, watch } = watched()
  const card = {}
  watch(card, 'a')
  platform.scroll(card, true)
  await platform.advance(1_000)
  viewability.reset()
  await platform.advance(1_000)
  assert.deepEqual(told, ['a', 'a'])
})
