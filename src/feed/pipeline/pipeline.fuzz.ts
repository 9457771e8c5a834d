import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { ask, keeping, knowsNothing, quota, recipe, scoring } from './made-up-recipe.suite.ts'
import type { Mixer } from './mixer.ts'
import { runRecipe } from './pipeline.ts'
import { cutRow, keptRow } from './trace.ts'

const item = fc.nat(40)
const source = fc.record({
  items: fc.array(item, { maxLength: 30 }),
  limit: fc.integer({ min: 1, max: 25 }),
  fails: fc.constantFrom(false, false, false, true),
})
const score = fc.oneof(fc.double(), fc.constantFrom(Number.NaN, Number.NEGATIVE_INFINITY, 0))

/** A mixer that gives back whatever numbers it likes. */
function wild(numbers: readonly number[]): Mixer {
  return {
    name: `wild ${numbers}`,
    mix: (_query, _candidates, order) =>
      numbers.map((number) => (number < order.length ? order[number]! : number)),
  }
}

const made = fc.record({
  sources: fc.array(source, { maxLength: 5 }),
  dropped: fc.array(fc.array(item, { maxLength: 12 }), { maxLength: 3 }),
  scores: fc.array(score, { minLength: 41, maxLength: 41 }),
  mixers: fc.array(fc.array(fc.nat(45), { maxLength: 12 }), { maxLength: 3 }),
  candidateCountMax: fc.integer({ min: 1, max: 30 }),
  slateSizeMax: fc.integer({ min: 1, max: 30 }),
})

test('nothing is invented, repeated or lost without a word, whatever the stages do', async () => {
  const property = fc.asyncProperty(made, async (parts) => {
    const { sources, dropped, scores, mixers, candidateCountMax, slateSizeMax } = parts
    const recall = sources.map(({ items, limit, fails }, index) => {
      const answer = fails ? () => Promise.reject(new Error('fails')) : items
      return quota(`source${index}`, answer, limit)
    })
    const filter = dropped.map((items, index) =>
      keeping(`filter${index}`, (item) => !items.includes(item)),
    )
    const rank = [scoring('given', (item) => scores[item]!)]
    const mix = mixers.map(wild)
    const limits = { candidateCountMax, slateSizeMax }
    const slate = await runRecipe(
      recipe({ recall, filter, rank, mix, ...limits }),
      ask(),
      knowsNothing,
    )
    const { trace, entries } = slate

    const recalled = new Set(
      sources.flatMap(({ items, limit, fails }) => (fails ? [] : items.slice(0, limit))),
    )
    assert.deepEqual(new Set(trace.items), recalled)
    assert.equal(trace.items.length, recalled.size)
    const fates = [...trace.droppedBy]
    for (const [row, fate] of fates.entries()) {
      const first = dropped.findIndex((items) => items.includes(trace.items[row]!))
      if (fate !== cutRow) assert.equal(fate, first < 0 ? keptRow : first)
    }
    const kept = fates.filter((fate) => fate === keptRow)
    assert.ok(kept.length <= candidateCountMax)
    if (fates.includes(cutRow)) assert.equal(kept.length, candidateCountMax)

    const shown = entries.map(({ item }) => item)
    assert.equal(new Set(shown).size, shown.length)
    assert.ok(shown.length <= slateSizeMax)
    for (const entry of entries) {
      const row = trace.items.indexOf(entry.item)
      assert.equal(fates[row], keptRow)
      assert.ok(Number.isFinite(entry.score))
      assert.ok(entry.sources.length > 0)
    }
    const ranked = [...trace.orders[0]!].map((row) => Math.fround(scores[trace.items[row]!]!))
    const sunk = ranked.map((value) => (Number.isFinite(value) ? value : Number.NEGATIVE_INFINITY))
    assert.ok(sunk.every((value, place) => place === 0 || value <= sunk[place - 1]!))
    const failing = sources.filter(({ fails }) => fails).length
    assert.equal(slate.failures.filter((failure) => failure.startsWith('recall')).length, failing)
  })
  await fc.assert(property, { numRuns: 300 })
})
