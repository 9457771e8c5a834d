import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Event } from '../../../events/event.ts'
import { madeUpPast, put, worldStart } from '../../sets/small-world.suite.ts'
import type { DeclaredSet } from './declaration.ts'
import { contextOf, declaredWorld, rowsOf } from './declared-world.suite.ts'
import { fitEncoding } from './encoding/fit-encoding.ts'
import { fillerFor } from './filler.ts'
import { movies } from './sets/movies.ts'
import { posts } from './sets/posts.ts'

const set: DeclaredSet = {
  ...movies,
  vocabularies: { ...movies.vocabularies, ...posts.vocabularies },
  fusions: posts.fusions!,
  columns: [...movies.columns, ...posts.columns],
  crosses: [...movies.crosses!, ...posts.crosses!],
}

const asked = fc.record({
  user: fc.constantFrom('u0', 'u1', 'u5', 'nobody'),
  items: fc.array(fc.nat(64), { maxLength: 12 }),
  /** An item whose record changes before. */
  changes: fc.option(fc.nat(30)),
  year: fc.nat(100),
})

test('a filler fills what its encoding makes of what it reads, whatever it has kept', async () => {
  const past = madeUpPast('filler', 300)
  await fc.assert(
    fc.asyncProperty(fc.array(asked, { minLength: 1, maxLength: 8 }), async (requests) => {
      const { state, ground } = await declaredWorld(past)
      const first = contextOf({ user: 'u1' })
      const all = rowsOf(Array.from({ length: 30 }, (_, item) => item))
      const probe = fillerFor(fitEncoding(set, empty()), ground)
      const raw = probe.read(first, all, await state.read(probe.needs(first)))
      const filler = fillerFor(fitEncoding(set, raw), ground)
      for (const [index, { user, items, changes, year }] of requests.entries()) {
        if (changes !== null) {
          const attributes = {
            year: { number: 1900 + year },
            genres: { tags: [`g${year}`, 'War'] },
          }
          const event: Event = put(`i${changes}`, { attributes }, worldStart + 1e9 + index)
          await state.fold(state.offset, [event])
        }
        const context = contextOf({ user, at: worldStart + 2e9 })
        const known = await state.read(filler.needs(context))
        const rows = rowsOf(items)
        const expected = filler.encoding.encode(filler.read(context, rows, known))
        assert.deepEqual(filler.fill(context, rows, known), expected)
      }
    }),
    { numRuns: 25 },
  )
})

function empty() {
  const columns = set.columns.map(({ name, as }) =>
    as.form === 'number' ? ([name, new Float64Array(0)] as const) : ([name, []] as const),
  )
  return { rowCount: 0, columns: new Map<string, Float64Array | readonly string[]>(columns) }
}
