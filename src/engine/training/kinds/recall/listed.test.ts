import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { seededRandom } from '../../../../kernel/random.ts'
import { topK } from '../../../../kernel/top-k.ts'
import { bprModel } from '../../../../models/bpr/bpr-model.ts'
import { itemVectorsModel } from '../../../../models/item2vec/item-vectors-model.ts'
import type { Artifact } from '../../../../models/model.ts'
import { sequencesOf } from '../../../../models/sequences.ts'
import { twoTowersModel } from '../../../../models/two-towers/two-towers-model.ts'
import { recallFamilies } from './families.ts'
import { inLists, loadRecall } from './listed.ts'
import type { Past } from './recall-family.ts'

const [itemCount, dims, crowds] = [4_000, 8, 40]
const random = seededRandom('in lists')
const numbers = (count: number): Float32Array =>
  Float32Array.from({ length: count }, () => 2 * random.next() - 1)

/** Items in crowds about some directions; of the last nothing was learned. */
function rowsOf(width: number): Float32Array {
  const centres = numbers(crowds * width)
  const rows = numbers(itemCount * width).map(
    (noise, at) => centres[(Math.floor(at / width) % crowds) * width + (at % width)]! + 0.4 * noise,
  )
  return rows.fill(0, (itemCount - 1) * width)
}

/** Everybody met items of one crowd. */
const sequences = sequencesOf(
  Array.from({ length: 300 }, (_, user) =>
    Array.from({ length: 6 }, (_, step) => (user % crowds) + crowds * (step + 1)),
  ),
  itemCount,
)
const past = { sequences } as Past

const artifacts: Readonly<Record<string, () => Artifact>> = {
  item2vec: () => itemVectorsModel('item2vec', dims, rowsOf(dims)).save(),
  'graph-walk': () => itemVectorsModel('graph-walk', dims, rowsOf(dims)).save(),
  bpr: () =>
    bprModel({
      ...{ dims, regularization: 0.01 },
      ...{ users: numbers(dims + 1), items: rowsOf(dims + 1) },
    }).save(),
  'two-tower-recall': () => {
    const met = rowsOf(dims)
    const layer = { hidden: 4, inner: numbers(4 * dims), outer: numbers(4 * dims) }
    const biases = { innerBias: numbers(4), outerBias: numbers(dims) }
    return twoTowersModel({ dims, met, offered: met, ...layer, ...biases }).save()
  },
}

const asked = { items: Uint32Array.of(3, 43, 83), weights: Float32Array.of(1, 1, 1) }

describe('a model whose items lie in lists', () => {
  for (const [name, make] of Object.entries(artifacts)) {
    it(`finds of ${name} nearly what looking at all items finds, as it was measured`, async () => {
      const family = recallFamilies.find((each) => each.name === name)!
      assert.equal(family.laysOut, true)
      const artifact = make()
      const plain = await loadRecall(family, artifact)
      assert.equal(plain.best, undefined)
      const { artifact: kept, lists } = (await inLists(plain, artifact, past, 1))!
      assert.ok(lists.recall.value >= 0.95 && lists.recall.queryCount >= 90)
      const listed = await loadRecall(family, kept)
      const scores = await plain.score(asked.items, asked.weights)
      const accept = (item: number): boolean => item % 3 !== 0
      const expected = topK(scores, 50, accept)
      const { rows, scores: told } = await listed.best!(asked, 50, accept)
      const among = new Set(rows)
      const shared = [...expected].filter((item) => among.has(item)).length
      assert.ok(shared >= 45, `${shared} of 50`)
      assert.ok(rows.every(accept) && !among.has(itemCount - 1))
      assert.ok([...told].every((score, at) => score > 0 && score <= (told[at - 1] ?? 1e9)))
      // Whoever needs a number per item has the same.
      assert.deepEqual(await listed.score(asked.items, asked.weights), scores)
    })
  }

  it('says the same scores as looking at all items, where they are of each item alone', async () => {
    const family = recallFamilies.find(({ name }) => name === 'item2vec')!
    const artifact = artifacts['item2vec']!()
    const plain = await loadRecall(family, artifact)
    const { artifact: kept } = (await inLists(plain, artifact, past, 1))!
    const listed = await loadRecall(family, kept)
    const scores = await plain.score(asked.items, asked.weights)
    const { rows, scores: told } = await listed.best!(asked, 20, () => true)
    for (const [at, item] of rows.entries()) assert.ok(Math.abs(told[at]! - scores[item]!) < 1e-5)
  })

  it('learns no lists of what lays nothing out, and refuses damaged bytes', async () => {
    assert.equal(
      await inLists({ itemCount, score: () => numbers(1) }, artifacts['bpr']!(), past, 1),
      undefined,
    )
    const family = recallFamilies.find(({ name }) => name === 'item2vec')!
    const artifact = artifacts['item2vec']!()
    const { artifact: kept } = (await inLists(
      await loadRecall(family, artifact),
      artifact,
      past,
      1,
    ))!
    const cut = { ...kept, weights: kept.weights.subarray(0, kept.weights.length - 8) }
    await assert.rejects(loadRecall(family, cut), { code: 'data_loss' })
    const none = { ...kept, header: { ...kept.header, ownBytes: 12 } }
    await assert.rejects(loadRecall(family, none), { code: 'data_loss' })
  })
})
