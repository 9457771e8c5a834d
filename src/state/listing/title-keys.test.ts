import assert from 'node:assert/strict'
import { it } from 'node:test'
import { titleKeys } from './title-keys.ts'

it('puts titles where people look for them', () => {
  const titles = ["'burbs, The", 'Zulu', 'Émile', 'emma', undefined, '(500) Days', '卧虎藏龙', '…']
  const keyOf = titleKeys({ text: (_, item) => titles[item] })
  const order = titles
    .map((title, item) => [keyOf(item), title] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, title]) => title)
  assert.deepEqual(order, [
    ...['…', '(500) Days', "'burbs, The", 'Émile', 'emma', 'Zulu', '卧虎藏龙', undefined],
  ])
  titles[1] = 'Aida'
  assert.equal(keyOf(1), 'aida')
})
