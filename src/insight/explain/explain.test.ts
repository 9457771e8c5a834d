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
import { explain } from './explain.ts'
import type { OtherPages } from './fate.ts'

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
          contributions: ([heat]) => Float32Array.of(Math.round(heat! * 20)),
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

const knowledge = {
  catalogue: { size: names.length, tags: () => undefined, availableFrom: () => Number.NaN },
  tags: [],
  titleOf: (item: number) => names[item]!.toUpperCase(),
}

function told(
  slate: Slate,
  count: number,
  more: { runs?: readonly Slate[]; others?: OtherPages } = {},
) {
  const traces = new Map((more.runs ?? [slate]).map(({ trace }) => [trace.run, trace]))
  const { others } = more
  return explain(pageOf(slate, count), { traces, ordinals, knowledge, ...(others && { others }) })
}

describe('an explanation', () => {
  it('tells how good a source held an item, where it gives scores', async () => {
    const scored = () => ({ items: [3, 1, 2], scores: [8, 6, 0] })
    const parts = {
      recall: [quota('plain', [1, 2, 3]), quota('scored', scored)],
      rank: [scoring('model', (item) => -item)],
    }
    const page = told(await runRecipe(recipe(parts), ask(), knowsNothing), 3)
    assert.deepEqual(
      page.items.map(({ id, sources }) => [id, ...sources.map(({ score }) => score)]),
      [
        ['bob', undefined, 0.75],
        ['cyd', undefined, undefined],
        ['dan', undefined, 1],
      ],
    )
  })

  it('tells of each item where it came from, what the ranker saw, and who moved it', async () => {
    const slate = await run()
    const page = told(slate, 2)
    assert.deepEqual(
      page.items.map(({ id, position, score, sources }) => [id, position, score, sources]),
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
    const [cyd] = page.items
    assert.equal(cyd!.title, 'CYD')
    assert.deepEqual(cyd!.features, [
      { name: 'heat', value: Math.fround(0.2), contribution: 4, description: '' },
    ])
    assert.deepEqual(cyd!.moves, [{ mixer: 'swap', from: 1, to: 0 }])
    assert.deepEqual([page.requestId, page.user, page.channel, page.at], ['page', 'u', '18', 77])
    assert.deepEqual([page.model, page.delivery, page.recipe], ['ranker/2', 'now', 'made up'])
  })

  it('tells of each candidate that did not make it which stage lost it', async () => {
    const slate = await run()
    const { lost } = told(slate, 2)
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
      const { items, lost } = told(slate, count)
      const ids = [...items, ...lost].map(({ id }) => id)
      assert.deepEqual(ids.sort(), names)
    }
  })

  it('lists the stages of every run that brought an item', async () => {
    const [one, other] = [await run('r1'), await run('r2')]
    const { stages, runs } = told(one, 2, { runs: [one, other] })
    assert.deepEqual(
      runs.map(({ run, candidateCount, rankedCount, slateLength, shownCount }) => {
        return [run, candidateCount, rankedCount, slateLength, shownCount]
      }),
      [
        ['r1', 7, 5, 3, 2],
        ['r2', 7, 5, 3, 0],
      ],
    )
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
    const { items, stages, lost } = told(await run(), 1, { runs: [] })
    assert.deepEqual([stages, lost], [[], []])
    assert.deepEqual(items, [
      {
        ...{ id: 'cyd', title: 'CYD', position: 0, score: 98, run: 'r1' },
        ...{ features: [], inputs: [], foretold: [], moves: [], shares: [], evidence: [] },
        reason: 'forgotten',
        because: 'Proposed by first and second; what else was known then is no longer kept.',
        sources: [
          { name: 'first', rank: -1 },
          { name: 'second', rank: -1 },
        ],
      },
    ])
  })

  it('names many sources of such a page as one would say them', async () => {
    const recall = ['a', 'b', 'c'].map((name) => quota(name, [3]))
    const slate = await runRecipe(recipe({ recall }), ask(), knowsNothing)
    const { items } = told(slate, 1, { runs: [] })
    assert.match(items[0]!.because, /^Proposed by a, b and c; /)
  })

  it('says what was shown on an earlier page, and does not call it waiting', async () => {
    const slate = await run()
    const page = { requestId: 'before', scene: 'home', channel: '18', batchId: 2 }
    const dan = 3
    const { lost } = told(slate, 2, {
      others: { earlier: new Map([[dan, page]]), later: new Map() },
    })
    const fate = lost.find(({ id }) => id === 'dan')
    assert.equal(fate?.outcome, 'shown-earlier')
    assert.deepEqual(fate?.page, page)
    assert.equal(fate?.reason, 'place 3 of 3, shown on page 2 of home 18')
  })

  it('tells what failed in the run of the request', async () => {
    const slate = await run('page')
    const step = { ...slate.trace.steps[0]!, failure: 'no answer within 150 ms' }
    const failed = { ...slate, trace: { ...slate.trace, steps: [step] } }
    assert.equal(told(slate, 1).degraded, undefined)
    assert.equal(told(failed, 1).degraded, 'recall first: no answer within 150 ms')
  })
})
