import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { seededRandom } from '../../../../kernel/random.ts'
import type { Asked } from '../question.ts'
import { leaveOneOutInOrder, type OrderedPairs } from './leave-one-out-in-order.ts'

let folder: string
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'starling-in-order-'))
})
after(() => rm(folder, { recursive: true }))

let count = 0
async function file(...lines: readonly string[]): Promise<string> {
  const path = join(folder, `${count++}`)
  await writeFile(path, lines.join('\n'))
  return path
}

const rowsOf = ({ train: { starts, items }, userIds, itemIds }: OrderedPairs) =>
  userIds.map((_, user) =>
    Array.from(items.subarray(starts[user], starts[user + 1]), (item) => itemIds[item]),
  )

const pastsOf = ({ itemIds }: OrderedPairs, { questions }: Asked) =>
  questions.map(({ past }) => Array.from(past, (item) => itemIds[item]))

test('the order is that of the lines, and the last pair is asked for in validation', async () => {
  const train = await file('1 7', '2 3', '1 5', '2 9', '1 6', '1 7', '3 9')
  const negatives = await file('(1,9)\t8\t3', '(2,7)\t6\t5', '(3,5)\t6\t7')
  const { data, part } = await leaveOneOutInOrder.read({ train, negatives })
  assert.equal(data.isInOrder, true)
  // What is met again stands where it was met first.
  assert.deepEqual(rowsOf(data), [['7', '5', '6'], ['3', '9'], ['9']])
  assert.deepEqual(pastsOf(data, part), rowsOf(data))
  const cut = leaveOneOutInOrder.validation(data, seededRandom(1))
  assert.deepEqual(rowsOf(cut.data), [['7', '5'], ['3'], ['9']])
  assert.equal(cut.data.interactions.columns.length, 4)
  // Whoever met one thing alone is not asked.
  assert.deepEqual(pastsOf(data, cut.part), [['7', '5'], ['3']])
  const targets = cut.part.targets.map(([target]) => data.itemIds[target!])
  assert.deepEqual(targets, ['6', '9'])
  for (const [place, { user, candidates }] of cut.part.questions.entries()) {
    const beside = [...candidates!].filter((item) => item !== cut.part.targets[place]![0])
    assert.equal(beside.length, 2)
    const met = rowsOf(data)[user]!
    assert.ok(beside.every((item) => !met.includes(data.itemIds[item])))
  }
})

test('where all lines tell times these are the order', async () => {
  const train = await file('1 5 4 300', '1 6 3 100', '1 7 5 200')
  const { data } = await leaveOneOutInOrder.read({ train, test: await file('1 8 5 400') })
  assert.deepEqual([data.isInOrder, ...rowsOf(data)], [true, ['6', '7', '5']])
  const cut = leaveOneOutInOrder.validation(data, seededRandom(1))
  assert.deepEqual(rowsOf(cut.data), [['6', '7']])
  assert.equal(cut.part.questions[0]!.candidates, undefined)
})

test('items that lie by their ids tell no order, and one by chance is asked for', async () => {
  const lines = Array.from({ length: 40 }, (_, user) =>
    [1, 2, 3, 4, 5].map((item) => `${user} ${item}`),
  )
  const train = await file(...lines.flat())
  const { data, part } = await leaveOneOutInOrder.read({ train, test: await file('0 9', '1 8') })
  assert.equal(data.isInOrder, false)
  assert.equal(part.questions.length, 2)
  const cut = leaveOneOutInOrder.validation(data, seededRandom(1))
  const targets = new Set(cut.part.targets.map(([target]) => data.itemIds[target!]))
  assert.equal(targets.size, 5)
  assert.equal(cut.data.interactions.columns.length, 160)
  assert.deepEqual(cut.data.train.items, cut.data.interactions.columns)
})
