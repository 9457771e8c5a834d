import assert from 'node:assert/strict'
import { test } from 'node:test'
import { auc } from '../evaluation/auc.ts'
import { examplesAt } from '../ranking/examples.ts'
import type { OnlineTrainer } from '../ranking/online.ts'
import { plantedFields, plantedRows } from '../ranking/ranker.suite.ts'
import type { Ranker } from '../ranking/ranker.ts'

/** What every learner of streams must do. */
export function onlineSuite<M extends Ranker>(trainer: OnlineTrainer<M>): void {
  const { kind } = trainer
  const rows = plantedRows(600, { seed: 5, learnsPairs: false })
  const part = (from: number, to: number) =>
    examplesAt(
      rows,
      plantedFields,
      Uint32Array.from({ length: to - from }, (_, row) => from + row),
    )
  const start = () =>
    trainer.start({ fields: plantedFields, heads: ['click'], seed: 1, like: part(0, 200) })

  test(`${kind} learns the same from single events as from all of them at once`, () => {
    const [single, whole] = [start(), start()]
    for (let row = 0; row < rows.rowCount; row++) single.learn(part(row, row + 1))
    whole.learn(rows)
    assert.deepEqual(single.model().save(), whole.model().save())
  })

  test(`${kind} goes on from what was saved as if nothing had happened, bit by bit`, async () => {
    const unbroken = start()
    unbroken.learn(rows)
    const first = start()
    first.learn(part(0, 250))
    const { header, weights } = first.model().save()
    const read = { header: JSON.parse(JSON.stringify(header)), weights: weights.slice() }
    const second = trainer.resume(read)
    assert.deepEqual(second.heads, ['click'])
    second.learn(part(250, 600))
    assert.deepEqual(second.model().save(), unbroken.model().save())
    const [found] = await second.model().predict(rows)
    assert.ok(auc(found!, rows.labels.get('click')!)! > 0.75)
  })

  test(`${kind} tells of each row what it foretold before it learned it`, async () => {
    const learner = start()
    for (let row = 0; row < 50; row++) {
      const one = part(row, row + 1)
      const [before] = await learner.model().predict(one)
      const [foretold] = learner.learn(one)
      assert.ok(Math.abs(foretold![0]! - before![0]!) < 1e-6, `row ${row}`)
    }
  })

  test(`${kind} gives out models that later events do not change`, async () => {
    const learner = start()
    learner.learn(part(0, 100))
    const model = learner.model()
    const [before] = await model.predict(rows)
    learner.learn(part(100, 600))
    assert.deepEqual((await model.predict(rows))[0], before)
    assert.notDeepEqual((await learner.model().predict(rows))[0], before)
  })

  test(`${kind} learns nothing of rows that it refuses`, () => {
    const learner = start()
    learner.learn(part(0, 100))
    const before = learner.model().save()
    const labels = new Map([['click', Float32Array.of(...new Array(99).fill(1), 2)]])
    assert.throws(() => learner.learn({ ...part(100, 200), labels }), {
      code: 'invalid_argument',
      message: /labels.click\[99\] 2 must lie in \[0, 1\]/,
    })
    assert.deepEqual(learner.model().save(), before)
  })
}
