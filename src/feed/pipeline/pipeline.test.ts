import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Need } from '../../state/projections/projection.ts'
import { pulse } from '../../state/projections/pulse.ts'
import {
  ask,
  itemFeature,
  keeping,
  knowsNothing,
  quota,
  recipe,
  scoring,
} from './made-up-recipe.suite.ts'
import { runRecipe } from './pipeline.ts'
import type { Recipe } from './recipe.ts'
import { cutRow, keptRow } from './trace.ts'

const run = (parts: Partial<Recipe>) => runRecipe(recipe(parts), ask(), knowsNothing)

const itemsOf = ({ entries }: Awaited<ReturnType<typeof run>>) => entries.map(({ item }) => item)

const abc = [quota('abc', [1, 2, 3])]

describe('filters', () => {
  it('drop, and the first that dropped a row answers for it', async () => {
    const { entries, trace } = await run({
      recall: [quota('all', [1, 2, 3, 4])],
      filter: [keeping('no-2', (item) => item !== 2), keeping('odd', (item) => item % 2 === 1)],
    })
    assert.deepEqual(
      entries.map(({ item }) => item),
      [1, 3],
    )
    assert.deepEqual([...trace.droppedBy], [keptRow, 0, keptRow, 1])
    const steps = trace.steps.filter(({ stage }) => stage === 'filter')
    assert.deepEqual(
      steps.map(({ rowCount, dropped }) => [rowCount, dropped]),
      [
        [3, 1],
        [2, 1],
      ],
    )
  })

  it('fail closed: what cannot be judged is not shown', async () => {
    const throwing = { name: 'throwing', keep: () => Promise.reject(new Error('no rules')) }
    await assert.rejects(run({ recall: abc, filter: [throwing] }), /no rules/)
    const short = { name: 'short', keep: () => new Uint8Array(2) }
    await assert.rejects(run({ recall: abc, filter: [short] }), /filter short judged 2 of 3 rows/)
  })

  it('leave no more than are ranked, the first ones in the order of recall', async () => {
    const { entries, trace } = await run({
      recall: [quota('all', [1, 2, 3, 4, 5])],
      filter: [keeping('no-1', (item) => item !== 1)],
      rank: [scoring('last first', (item) => item)],
      candidateCountMax: 3,
    })
    assert.deepEqual(
      entries.map(({ item }) => item),
      [4, 3, 2],
    )
    assert.deepEqual([...trace.droppedBy], [0, keptRow, keptRow, keptRow, cutRow])
  })
})

describe('ranking', () => {
  it('puts the best first, equals as recall had them, and what is no number last', async () => {
    const scores = [2, Number.NaN, 5, 2, Number.POSITIVE_INFINITY]
    const { entries } = await run({
      recall: [quota('all', [0, 1, 2, 3, 4])],
      rank: [scoring('given', (item) => scores[item]!)],
    })
    assert.deepEqual(
      entries.map(({ item, score }) => [item, score]),
      [
        [2, 5],
        [0, 2],
        [3, 2],
        [1, 0],
        [4, 0],
      ],
    )
  })

  it('leaves the order of recall where it fails, and says so', async () => {
    const failing = scoring('failing', () => {
      throw new Error('no weights')
    })
    const slate = await run({ recall: abc, rank: [failing] })
    assert.deepEqual(itemsOf(slate), [1, 2, 3])
    assert.match(slate.failures[0]!, /rank failing: .*no weights/)
    const wrong = { ...failing, score: () => [new Float32Array(2)] }
    const other = await run({ recall: abc, rank: [wrong] })
    assert.deepEqual(itemsOf(other), [1, 2, 3])
    assert.match(other.failures[0]!, /wrote 2 rows of score, not 3/)
  })

  it('keeps what an earlier scorer wrote where a later one fails', async () => {
    const failing = scoring('failing', () => {
      throw new Error('no weights')
    })
    const slate = await run({ recall: abc, rank: [scoring('first', (item) => item), failing] })
    assert.deepEqual(itemsOf(slate), [3, 2, 1])
  })

  it('gives a scorer the features it reads, and what scorers before it wrote', async () => {
    const square = itemFeature('square', (item) => item * item)
    const written = { name: 'written', absent: 9 }
    const first = scoring('first', (item) => item, { writes: [written] })
    const second = scoring(
      'second',
      (_item, table, row) => table.column(square)[row]! - 10 * table.column(written)[row]!,
      { reads: [square] },
    )
    const unread = scoring('unread', (_item, table, row) => table.column(square)[row]!)
    const both = await run({ recall: abc, rank: [first, second] })
    assert.deepEqual(
      both.entries.map(({ score }) => score),
      [-9, -16, -21],
    )
    const alone = await run({ recall: abc, rank: [unread] })
    assert.deepEqual(
      alone.entries.map(({ score }) => score),
      [-1, -1, -1],
    )
  })

  it('names the model that was asked', async () => {
    const model = scoring('model', () => 1, { model: 'ranker/7' })
    const slate = await run({ recall: abc, rank: [scoring('plain', () => 0), model] })
    assert.deepEqual([slate.trace.model, slate.entries[0]!.model], ['ranker/7', 'ranker/7'])
  })
})

describe('mixing', () => {
  const backwards = {
    name: 'backwards',
    mix: (_: unknown, __: unknown, order: readonly number[]) => [...order].reverse(),
  }

  it('arranges and leaves out, one mixer after the other', async () => {
    const firstTwo = {
      name: 'first two',
      mix: (_: unknown, __: unknown, order: readonly number[]) => order.slice(0, 2),
    }
    const slate = await run({ recall: abc, mix: [backwards, firstTwo] })
    assert.deepEqual(itemsOf(slate), [3, 2])
    assert.deepEqual(
      slate.trace.orders.map((order) => [...order]),
      [
        [0, 1, 2],
        [2, 1, 0],
        [2, 1],
        [2, 1],
      ],
    )
  })

  it('passes over a mixer that fails, invents a row or repeats one, and says so', async () => {
    const throwing = {
      name: 'throwing',
      mix: () => {
        throw new Error('no place')
      },
    }
    const inventing = { name: 'inventing', mix: () => [0, 7] }
    const repeating = { name: 'repeating', mix: () => [1, 0, 1] }
    const slate = await run({ recall: abc, mix: [throwing, backwards, inventing, repeating] })
    assert.deepEqual(itemsOf(slate), [3, 2, 1])
    assert.equal(slate.failures.length, 3)
    assert.match(slate.failures.join(), /throwing: .*no place.*row 7 was inv.*row 1 was inv/)
  })

  it('ends with no more than the slate holds', async () => {
    const slate = await run({ recall: abc, slateSizeMax: 2 })
    assert.deepEqual(itemsOf(slate), [1, 2])
  })
})

describe('a run', () => {
  it('reads all that its stages need in one trip', async () => {
    const trips: (readonly Need[])[] = []
    const need = (key: string): readonly Need[] => [{ projection: pulse, key }]
    const source = { ...abc[0]!.source, needs: () => need('source') }
    const feature = { ...itemFeature('f', () => 0), needs: () => need('feature') }
    const filter = { ...keeping('f', () => true), needs: () => need('filter') }
    const reading = {
      read: async (needs: readonly Need[]) => {
        trips.push(needs)
        return knowsNothing.read()
      },
    }
    const parts = { recall: [{ ...abc[0]!, source }], filter: [filter] }
    const rank = [scoring('one', () => 1, { reads: [feature] })]
    await runRecipe(recipe({ ...parts, rank }), ask(), reading)
    assert.deepEqual(
      trips.map((needs) => needs.map(({ key }) => key)),
      [['source', 'filter', 'feature']],
    )
  })

  it('traces what the ranker saw of the first places, dropped rows apart', async () => {
    const double = itemFeature('double', (item) => 2 * item)
    const explained = scoring('model', (item) => -item, {
      reads: [double],
      contributions: ([value]) => Float32Array.of(value! / 2 + 100),
    })
    const { trace } = await run({
      recall: [quota('all', [4, 3, 2, 1])],
      filter: [keeping('no-3', (item) => item !== 3)],
      rank: [explained],
      slateSizeMax: 2,
    })
    assert.deepEqual(trace.features, ['double'])
    assert.deepEqual([...trace.values], [2, 4])
    assert.deepEqual([...trace.contributions], [101, 102])
    assert.deepEqual([...trace.scores], [-4, Number.NaN, -2, -1])
    assert.deepEqual(trace.orders.map((order) => [...order]).at(-1), [3, 2])
  })

  it('explains nothing by a scorer that failed', async () => {
    const failing = scoring('model', () => Number.NaN, {
      reads: [itemFeature('f', () => 1)],
      score: () => {
        throw new Error('no weights')
      },
      contributions: () => Float32Array.of(1),
    })
    const { trace } = await run({ recall: abc, rank: [failing] })
    assert.deepEqual([trace.features, trace.values.length], [[], 0])
  })
})
