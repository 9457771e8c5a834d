import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import {
  ask,
  itemFeature,
  keeping,
  knowsNothing,
  quota,
  recipe,
  scoring,
} from '../../feed/pipeline/made-up-recipe.suite.ts'
import { runRecipe, type Slate } from '../../feed/pipeline/pipeline.ts'
import type { Batch } from '../../state/projections/batches.ts'
import { explain, fateOf } from './explain.ts'
import { madeUpTrace } from './made-up-trace.suite.ts'

const names = ['ada', 'bob', 'cyd', 'dan', 'eve', 'fay', 'gus']

const ordinals = {
  size: names.length,
  of: (name: string) => names.indexOf(name),
  id: (ordinal: number) => names[ordinal]!,
}

/**
 * A run over seven items: bob is dropped by a filter, gus is cut, fay is ranked and left out by a
 * mixer, eve comes after the last place of the slate.
 */
async function run(request = 'r1'): Promise<Slate> {
  const heat = itemFeature('heat', (item) => item / 10)
  return runRecipe(
    recipe({
      recall: [quota('first', [0, 1, 2]), quota('second', [2, 3, 4, 5, 6])],
      filter: [keeping('no-bob', (item) => item !== 1)],
      rank: [
        scoring('model', (item) => 100 - item, {
          reads: [heat],
          model: 'ranker/2',
          contributions: (candidates, row) => Float32Array.of(candidates.items[row]! * 2),
        }),
      ],
      mix: [
        {
          name: 'no-fay',
          mix: (_query, { items }, order) => order.filter((row) => items[row] !== 5),
        },
        { name: 'swap', mix: (_query, _candidates, [a, b, ...rest]) => [b!, a!, ...rest] },
      ],
      candidateCountMax: 5,
      slateSizeMax: 3,
    }),
    ask({ request }),
    knowsNothing,
  )
}

function pageOf({ entries }: Slate, count: number): Batch {
  const items = entries.slice(0, count).map((entry) => ({ ...entry, expiresAt: 9_000 }))
  return {
    ...{ batch: 3, at: 77, user: 'u', scene: 'home', channel: '18', request: 'page' },
    ...{ delivery: 'now', recipe: 'made up', arms: [], items },
  }
}

describe('an explanation', () => {
  it('tells of each item where it came from, what the ranker saw, and who moved it', async () => {
    const slate = await run()
    const told = explain(pageOf(slate, 2), new Map([['r1', slate.trace]]), ordinals)
    assert.deepEqual(
      told.items.map(({ id, position, score, sources }) => [id, position, score, sources]),
      [
        [
          'cyd',
          0,
          98,
          [
            { name: 'first', rank: 2 },
            { name: 'second', rank: 0 },
          ],
        ],
        ['ada', 1, 100, [{ name: 'first', rank: 0 }]],
      ],
    )
    const [cyd] = told.items
    assert.deepEqual(cyd!.features, [{ name: 'heat', value: Math.fround(0.2), contribution: 4 }])
    assert.deepEqual(cyd!.moves, [{ mixer: 'swap', from: 1, to: 0 }])
    assert.deepEqual([told.requestId, told.user, told.channel, told.at], ['page', 'u', '18', 77])
    assert.deepEqual([told.model, told.delivery, told.recipe], ['ranker/2', 'now', 'made up'])
  })

  it('tells of each candidate that did not make it which stage lost it', async () => {
    const slate = await run()
    const { lost } = explain(pageOf(slate, 2), new Map([['r1', slate.trace]]), ordinals)
    assert.deepEqual(
      lost.map(({ id, outcome, by }) => [id, outcome, by]),
      [
        ['bob', 'dropped', 'no-bob'],
        ['dan', 'waiting', undefined],
        ['eve', 'outranked', 'rank'],
        ['fay', 'outranked', 'no-fay'],
        ['gus', 'dropped', 'limit'],
      ],
    )
    assert.match(lost[1]!.reason!, /place 3 of 3/)
    assert.match(lost[2]!.reason!, /ranked 4 of 5, score 96/)
  })

  it('accounts for every candidate once: it was shown, or it was lost', async () => {
    const slate = await run()
    for (const count of [0, 1, 3]) {
      const told = explain(pageOf(slate, count), new Map([['r1', slate.trace]]), ordinals)
      const ids = [...told.items, ...told.lost].map(({ id }) => id)
      assert.deepEqual(ids.sort(), names)
    }
  })

  it('lists the stages of every run that brought an item', async () => {
    const [one, other] = [await run('r1'), await run('r2')]
    const page = pageOf(one, 2)
    const traces = new Map([
      ['r1', one.trace],
      ['r2', other.trace],
    ])
    const { stages } = explain(page, traces, ordinals)
    assert.equal(stages.length, one.trace.steps.length * 2)
    assert.deepEqual([...new Set(stages.map((stage) => stage.run))], ['r1', 'r2'])
    assert.deepEqual(
      stages.slice(0, 4).map(({ stage, name, rowCount }) => [stage, name, rowCount]),
      [
        ['recall', 'first', 3],
        ['recall', 'second', 5],
        ['filter', 'no-bob', 6],
        ['rank', 'model', 5],
      ],
    )
  })

  it('of a page whose trace is gone tells what the page itself knows', async () => {
    const { items, stages, lost } = explain(pageOf(await run(), 1), new Map(), ordinals)
    assert.deepEqual([stages, lost], [[], []])
    assert.deepEqual(items, [
      {
        ...{ id: 'cyd', position: 0, score: 98, features: [], moves: [] },
        sources: [
          { name: 'first', rank: -1 },
          { name: 'second', rank: -1 },
        ],
      },
    ])
  })
})

describe('the fate of one item', () => {
  it('is told by the sources where none of them proposed it', () => {
    const fate = fateOf(madeUpTrace('r', 'u', [1, 2]), 9, 'ida')
    assert.deepEqual(fate, {
      ...{ id: 'ida', outcome: 'not-recalled', reason: 'none of fresh proposed it' },
    })
  })
})
