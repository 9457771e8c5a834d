import assert from 'node:assert/strict'
import { it } from 'node:test'
import type { Client } from '../../../../src/client/client.ts'
import { createLookup } from './lookup.ts'

it('looks once for what was typed last, and passes over the answers to what was typed before', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] })
  const asked: string[] = []
  const answers = new Map<string, (found: unknown) => void>()
  const search = (({ q }: { q: string }) => {
    asked.push(q)
    return new Promise((resolve) => answers.set(q, resolve))
  }) as unknown as Client['search'] // Only words are asked for.
  const lookup = createLookup({ search })
  const item = (id: string) => ({ item: { id, attributes: {}, channels: [], withdrawn: false } })
  const settled = () => new Promise((resolve) => setImmediate(resolve))

  for (const text of ['a', 'am', ' ame ']) lookup.type(text)
  t.mock.timers.tick(200)
  assert.deepEqual(asked, ['ame'])
  lookup.type('amer')
  t.mock.timers.tick(200)
  answers.get('amer')?.({ items: [item('1')], total: 1 })
  await settled()
  answers.get('ame')?.({ items: [item('2')], total: 1 })
  await settled()
  assert.deepEqual(
    [lookup.words.value, lookup.hits.value.map((hit) => hit.item.id)],
    ['amer', ['1']],
  )
  lookup.type('  ')
  assert.deepEqual([lookup.words.value, lookup.hits.value], ['', []])
})
