import assert from 'node:assert/strict'
import { test } from 'node:test'
import { seededRandom } from '../../kernel/random.ts'
import { auc } from '../evaluation/auc.ts'
import { logloss } from '../evaluation/logloss.ts'
import { probability } from '../logistic/logistic-model.ts'
import type { Examples } from '../ranking/rows.ts'
import { blendedOn } from './blended-chances.ts'
import { calibratedOn, type Foretelling } from './on-validation.ts'
import { expectedCalibrationError, reliability } from './reliability.ts'

/** Rows whose log-odds are the sum of two columns; what comes of them is chance. */
function twoCauses(rowCount: number, seed: number): Examples {
  const random = seededRandom(`causes ${seed}`)
  const drawn = () => Float32Array.from({ length: rowCount }, () => 4 * random.next() - 2)
  const [first, second, noise] = [drawn(), drawn(), drawn()]
  const labels = first.map((odds, row) =>
    Number(random.next() < probability(2 * odds + 2 * second[row]!)),
  )
  const columns = new Map(Object.entries({ first, second, noise }))
  return { rowCount, columns, labels: new Map([['click', labels]]) }
}

/** Knows of one column, and is as sure of it as `slope` says. */
const byColumn = (name: string, slope: number): Foretelling => ({
  predict: async ({ columns }) => [
    Float32Array.from(columns.get(name)!, (odds) => probability(slope * odds)),
  ],
})

const [rows, unseen] = [twoCauses(2_000, 1), twoCauses(2_000, 2)]
const labels = unseen.labels.get('click')!
const first = { name: 'first', ranker: byColumn('first', 8) }
const second = { name: 'second', ranker: byColumn('second', 0.2) }
const noise = { name: 'noise', ranker: byColumn('noise', 1) }
const wrong = { name: 'wrong', ranker: byColumn('first', -1) }

test('a blend is better than what it is made of, and its chances come true', async () => {
  const blend = await blendedOn([noise, first, wrong, second], rows, { head: 'click' })
  assert.deepEqual(blend.parts.map(({ name }) => name).sort(), ['first', 'second'])
  assert.ok(blend.parts.every(({ weight }) => weight > 0))
  const [chances] = await blend.predict(unseen)
  for (const { ranker } of [first, second]) {
    const [alone] = await ranker.predict(unseen)
    assert.ok(auc(chances!, labels)! > auc(alone!, labels)! + 0.05)
    assert.ok(logloss(chances!, labels) < logloss(alone!, labels) - 0.1)
  }
  assert.ok(expectedCalibrationError(reliability(chances!, labels)) < 0.04)
})

test('no more are taken than allowed, and none whose errors alone are of use', async () => {
  const one = await blendedOn([first, second], rows, { head: 'click', partsMax: 1 })
  assert.equal(one.parts.length, 1)
  await assert.rejects(blendedOn([wrong], rows, { head: 'click' }), { field: 'rankers' })
  await assert.rejects(blendedOn([], rows, { head: 'click' }), { field: 'rankers' })
  await assert.rejects(blendedOn([first], rows, { head: 'like' }), { field: 'labels.like' })
})

test('chances come true by rows that were withheld, in the order they had', async () => {
  const calibrated = await calibratedOn(first.ranker, rows, 'click')
  const [[before], [after]] = [await first.ranker.predict(unseen), await calibrated.predict(unseen)]
  assert.ok(expectedCalibrationError(reliability(before!, labels)) > 0.1)
  assert.ok(expectedCalibrationError(reliability(after!, labels)) < 0.04)
  const order = [...before!.keys()].sort((one, other) => before![one]! - before![other]!)
  assert.ok(order.every((row, at) => at === 0 || after![row]! >= after![order[at - 1]!]!))
})

test('rows of one kind tell nothing: the ranker stays as it is', async () => {
  const likes = { ...rows, labels: new Map([['click', new Float32Array(2_000).fill(1)]]) }
  assert.equal(await calibratedOn(first.ranker, likes, 'click'), first.ranker)
})
