import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { ask, keeping, knowsNothing, quota, recipe, scoring } from './made-up-recipe.suite.ts'
import { runRecipe } from './pipeline.ts'
import type { Recipe } from './recipe.ts'

const run = (parts: Partial<Recipe>) => runRecipe(recipe(parts), ask(), knowsNothing)

const itemsOf = ({ entries }: Awaited<ReturnType<typeof run>>) => entries.map(({ item }) => item)

const abc = [quota('abc', [1, 2, 3])]

describe('recall', () => {
  it('numbers rows in the order of the recipe, whoever answers first', async () => {
    const late = async (): Promise<number[]> => {
      await new Promise(setImmediate)
      return [5, 1]
    }
    const { entries, trace } = await run({
      recall: [quota('late', late), quota('early', [1, 2, 5])],
    })
    assert.deepEqual(
      entries.map(({ item, sources }) => [item, sources]),
      [
        [5, ['late', 'early']],
        [1, ['late', 'early']],
        [2, ['early']],
      ],
    )
    assert.deepEqual([...trace.ranks], [0, 1, -1, 2, 0, 1])
  })

  it('takes no more of a source than its quota, and the best place of an item named twice', async () => {
    const { entries, trace } = await run({ recall: [quota('greedy', [4, 4, 5, 4, 6], 4)] })
    assert.deepEqual(
      entries.map(({ item }) => item),
      [4, 5],
    )
    assert.deepEqual([...trace.ranks], [0, 2])
    assert.equal(trace.steps[0]!.rowCount, 4)
  })

  it('tells how good each source and family held a row, as a share of its best', async () => {
    const told: Record<string, readonly (readonly number[])[]> = {}
    const scored = (items: number[], scores: number[], family?: string, limit = 100) => {
      const asked = quota(`${items}`, () => ({ items, scores }), limit)
      return { ...asked, source: { ...asked.source, ...(family && { family }) } }
    }
    await run({
      recall: [
        scored([5, 6, 7], [4, 3, -1], 'f'),
        scored([9, 6, 5], [10, 9, 1], 'f', 2),
        scored([8, 8, 9], [Number.POSITIVE_INFINITY, 2, 1]),
        quota('plain', [6]),
      ],
      filter: [keeping('no-9', (item) => item !== 9)],
      rank: [
        scoring('tells', (_item, candidates) => {
          for (const name of ['5,6,7', '9,6,5', '8,8,9', 'plain', 'f', 'none'])
            told[name] = [[...candidates.scoreBy(name)], [...candidates.rankBy(name)]]
          return 1
        }),
      ],
    })
    // Rows: 5, 6, 7, 8. What lies beyond the quota is not proposed, and counts for nothing.
    assert.deepEqual(told, {
      '5,6,7': [
        [1, 0.75, 0, 0],
        [0, 1, 2, -1],
      ],
      '9,6,5': [
        [0, Math.fround(0.9), 0, 0],
        [-1, 1, -1, -1],
      ],
      '8,8,9': [
        [0, 0, 0, 0],
        [-1, -1, -1, 0],
      ],
      plain: [
        [0, 0, 0, 0],
        [-1, 0, -1, -1],
      ],
      f: [
        [1, Math.fround(0.9), 0, 0],
        [0, 1, 2, -1],
      ],
      none: [
        [0, 0, 0, 0],
        [-1, -1, -1, -1],
      ],
    })
  })

  it('leaves a gap where a source gives more scores than items', async () => {
    const slate = await run({ recall: [quota('odd', { items: [1], scores: [1, 2] }), abc[0]!] })
    assert.deepEqual(itemsOf(slate), [1, 2, 3])
    assert.match(slate.failures.join(), /recall odd: 2 scores were given of 1 items/)
  })

  it('leaves a recorded gap where a source fails, is late, or answers nonsense', async () => {
    const never = () => new Promise<number[]>(() => undefined)
    const slate = await run({
      recall: [
        quota('throws', () => {
          throw new Error('no index')
        }),
        quota('rejects', () => Promise.reject(new Error('no network'))),
        quota('late', never, 10, 1),
        quota('nonsense', () => undefined as unknown as number[]),
        quota('sound', [7]),
      ],
    })
    assert.deepEqual(itemsOf(slate), [7])
    const failures = slate.failures.join('\n')
    for (const gap of [
      /recall throws: no index/,
      /recall rejects: no network/,
      /recall late: no answer within 1 ms/,
      /recall nonsense: /,
    ]) {
      assert.match(failures, gap)
    }
    assert.deepEqual(slate.failures.length, 4)
  })

  it('of nothing is a slate of nothing', async () => {
    const slate = await run({ recall: [quota('empty', [])], rank: [scoring('any', () => 1)] })
    assert.deepEqual([slate.entries, slate.failures], [[], []])
  })
})
