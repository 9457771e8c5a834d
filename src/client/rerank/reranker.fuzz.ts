import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { actions } from '../../events/event.ts'
import { randomPage } from './made-up-pages.suite.ts'
import { createReranker } from './reranker.ts'

const page = fc.record({ size: fc.integer({ min: 0, max: 12 }), seed: fc.string() })
const step = fc.record({
  place: fc.nat(30),
  kind: fc.constantFrom('shown', 'did', 'add'),
  type: fc.constantFrom(...actions),
  value: fc.option(fc.double({ min: 0, max: 1, noNaN: true }), { nil: undefined }),
  page,
})

test('no item is lost or comes twice, and what was shown keeps its place, whatever is done', () => {
  const holds = fc.property(fc.array(page, { maxLength: 3 }), fc.array(step), (pages, steps) => {
    const ranker = createReranker()
    const all: string[] = []
    const settled = new Map<string, number>()
    let added = 0
    const add = ({ size, seed }: { size: number; seed: string }): void => {
      const next = randomPage(`p${added++}-`, size, seed)
      all.push(...next.items.map(({ id }) => id))
      ranker.add(next)
    }
    for (const one of pages) add(one)
    for (const { place, kind, type, value, page: more } of steps) {
      if (kind === 'add' && added < 5) add(more)
      const item = ranker.items[place]
      if (item === undefined) continue
      settled.set(item.id, place)
      if (kind === 'shown') ranker.shown(item.id)
      else {
        const told = ranker.did({ item: item.id, type, ...(value !== undefined && { value }) })
        for (const { order } of told) assert.equal(new Set(order).size, order.length)
      }
      const now = ranker.items.map(({ id }) => id)
      assert.deepEqual([...now].sort(), [...all].sort())
      for (const [id, at] of settled) assert.equal(now[at], id)
    }
  })
  fc.assert(holds, { numRuns: 500 })
})
