import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { gather } from './candidate-table.ts'
import type { Proposed } from './candidates.ts'

const scoreMade = fc.constantFrom(-1, 0, 0.25, 1, 3, Number.NaN, Number.POSITIVE_INFINITY)

/** What a source proposes: it may name an item twice, and may be of a family. */
const proposed: fc.Arbitrary<Proposed> = fc
  .array(fc.tuple(fc.nat(30), scoreMade), { maxLength: 12 })
  .chain((told) =>
    fc.record(
      {
        items: fc.constant(told.map(([item]) => item)),
        scores: fc.constant(told.map(([, score]) => score)),
        family: fc.constant('family'),
      },
      { requiredKeys: ['items'] },
    ),
  )

/** Rank and share of an item by one source, as a reader of the contract would say. */
function saidOf({ items, scores = [] }: Proposed, item: number): readonly [number, number] {
  const rank = Array.from(items).indexOf(item)
  const told = Array.from(scores).filter((score) => score > 0 && Number.isFinite(score))
  const score = rank < 0 ? 0 : scores[rank]!
  return [rank, told.includes(score) ? Math.fround(score / Math.max(...told)) : 0]
}

test('tells what sources said of each row, also of the rows that are left', () => {
  fc.assert(
    fc.property(
      fc.array(proposed, { maxLength: 40 }),
      fc.infiniteStream(fc.boolean()),
      (all, keep) => {
        const recalled = new Map(all.map((each, index) => [`s${index}`, each]))
        const items = [...new Set(all.flatMap((each) => Array.from(each.items)))]
        const table = gather(recalled)
        assert.deepEqual([...table.items], items)

        const kept = items.map((_item, row) => row).filter(() => keep.next().value)
        const keptAgain = kept.map((_row, place) => place).filter(() => keep.next().value)
        for (const rows of [table, table.only(kept), table.only(kept).only(keptAgain)]) {
          const left = [...rows.items]
          const names = [...recalled.keys()]
          for (const [name, source] of recalled) {
            const said = left.map((item) => saidOf(source, item))
            assert.deepEqual(
              [...rows.rankBy(name)],
              said.map(([rank]) => rank),
            )
            assert.deepEqual(
              [...rows.scoreBy(name)],
              said.map(([, share]) => share),
            )
          }
          const ranks = names.flatMap((name) => [...rows.rankBy(name)])
          assert.deepEqual([...rows.ranksBy(names)], ranks)
          const members = [...recalled.values()].filter(({ family }) => family === 'family')
          const best = left.map((item) => {
            const met = members.map((each) => saidOf(each, item)).filter(([rank]) => rank >= 0)
            return met.length === 0 ? -1 : Math.min(...met.map(([rank]) => rank))
          })
          assert.deepEqual([...rows.rankBy('family')], best)
          left.forEach((item, row) => {
            const who = names.filter((name) => saidOf(recalled.get(name)!, item)[0] >= 0)
            assert.deepEqual(rows.sources(row), who)
          })
        }
      },
    ),
  )
})
