import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { seededRandom } from '../../../../kernel/random.ts'
import { interactionsOf } from '../../../../models/interactions.ts'
import { sequencesOf } from '../../../../models/sequences.ts'
import { settingsOf } from '../settings.ts'
import { recallFamilies } from './families.ts'
import { judged } from './judged.ts'
import type { Later, RecallData } from './recall-data.ts'
import type { Past, RecallModel } from './recall-family.ts'

const [tasteCount, itemsPerTaste, userCount] = [5, 30, 200]
const itemCount = tasteCount * itemsPerTaste

/** People of five tastes, who go through the items of their own in order; each tells of itself. */
function tastes(seed: number) {
  const random = seededRandom(seed)
  const later: Later[] = []
  const rows = Array.from({ length: userCount }, (_, user) => {
    const first = (user % tasteCount) * itemsPerTaste
    const start = random.below(itemsPerTaste)
    const walk = Array.from({ length: 14 }, (_, step) => first + ((start + step) % itemsPerTaste))
    later.push({
      items: Uint32Array.from(walk.slice(0, 10)),
      weights: new Float32Array(10).fill(1),
      targets: new Set(walk.slice(10)),
    })
    return walk.slice(0, 10)
  })
  const cells = {
    users: Uint32Array.from(rows.flatMap((row, user) => row.map(() => user))),
    items: Uint32Array.from(rows.flat()),
  }
  const past: Past = {
    matrix: interactionsOf(cells, { userCount, itemCount }, 'max'),
    sequences: sequencesOf(rows, itemCount),
    content: {
      texts: Array.from(
        { length: itemCount },
        (_, item) => `number${item} of taste${Math.floor(item / itemsPerTaste)}`,
      ),
    },
  }
  return { past, later }
}

const { past, later } = tastes(1)
// What is judged looks at no more of it.
const data = { earlier: past, later } as unknown as RecallData

describe('families of recall', () => {
  for (const { name, settings, fit, load } of recallFamilies) {
    it(`${name} tells tastes apart as it is declared, and is the same when it was kept`, async () => {
      const shares: number[] = []
      const run = { seed: 1, onProgress: (share: number) => shares.push(share) }
      const model = await fit(past, settingsOf(settings, {}), run)
      assert.equal(shares.at(-1), 1)
      const loaded = await load(model.save())
      assert.equal(loaded.itemCount, itemCount)
      const { metrics, isBetter, verdict } = await judged(loaded, data, 1)
      assert.ok(isBetter, verdict)
      assert.ok(metrics['recall@20']! > 2 * (20 / itemCount), verdict)
      const again = await load((await fit(past, settingsOf(settings, {}), { seed: 1 })).save())
      const { items, weights } = later[0]!
      assert.deepEqual(await again.score(items, weights), await loaded.score(items, weights))
    })
  }
})

describe('the judge of recall', () => {
  it('promotes nothing that is no better than popularity', async () => {
    const { columns } = past.matrix
    const scores = new Float32Array(itemCount)
    for (const item of columns) scores[item]! += 1
    const popular: RecallModel = { itemCount, score: () => scores.slice() }
    assert.equal((await judged(popular, data, 1)).isBetter, false)
  })

  it('says so where there is nobody to judge by', async () => {
    const { isBetter, verdict } = await judged(
      { itemCount, score: () => new Float32Array(itemCount) },
      { ...data, later: later.slice(0, 3) },
      1,
    )
    assert.equal(isBetter, false)
    assert.match(verdict, /3 people to judge by are too few: 20 are needed/)
  })
})
