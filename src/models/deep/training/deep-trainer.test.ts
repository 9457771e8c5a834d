import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Worker } from 'node:worker_threads'
import type { Artifact, Checkpoints } from '../../model.ts'
import { plantedFields, plantedRows } from '../../ranking/planted-rows.suite.ts'
import type { Examples } from '../../ranking/rows.ts'
import { deepFm } from '../deep-fm.ts'
import { embeddingMlp } from '../embedding-mlp.ts'
import { multiTask } from '../multi-task.ts'
import { deepTrainer } from './deep-trainer.ts'
import { fitOfThread } from './fit-thread.suite.ts'

const train = plantedRows(500, { seed: 1 })
const validation = plantedRows(300, { seed: 2 })
const data = { fields: plantedFields, train, validation }
const small = { width: 4, hidden: [8], dropout: 0.2, batch: 64, epochs: 3, rate: 5e-3 }

/** Keeps what was written; fails at the nth time, as a process that is killed after it. */
function memory(failsAt = Number.POSITIVE_INFINITY): Checkpoints & { kept?: Artifact } {
  let writes = 0
  const checkpoints: Checkpoints & { kept?: Artifact } = {
    read: async () => checkpoints.kept,
    async write(_, { header, weights }) {
      checkpoints.kept = { header: JSON.parse(JSON.stringify(header)), weights: weights.slice() }
      if (++writes === failsAt) throw new Error('killed')
    },
  }
  return checkpoints
}

for (const tableUpdate of ['every', 'touched', 'adagrad'] as const) {
  test(`a fit that is broken off goes on to the same bits (${tableUpdate})`, async () => {
    // So fast that some epochs are worse than those before: the best is not the last.
    const fast = { rate: 0.1, rateDecay: 0.5, epochs: 4, patience: 3, checkpointSteps: 3 }
    const trainer = deepTrainer(deepFm, { ...small, ...fast, tableUpdate })
    const whole = await trainer.fit(data, { seed: 1 })
    for (const failsAt of [2, 6, 10]) {
      const checkpoints = memory(failsAt)
      await assert.rejects(trainer.fit(data, { seed: 1, checkpoints }), /killed/)
      const resumed = await trainer.fit(data, { seed: 1, checkpoints })
      assert.deepEqual(resumed.save(), whole.save(), `broken off at ${failsAt}`)
    }
  })
}

test('learning stops where the validation rows say so, with the best weights until then', async () => {
  const heard: number[] = []
  const report = (value: number) => heard.push(value)
  // So fast that it soon knows the rows by heart.
  const fast = { ...small, hidden: [64], dropout: 0, rate: 3e-2, epochs: 50, patience: 2 }
  const ranker = await deepTrainer(embeddingMlp, fast).fit(data, { seed: 1, report })
  assert.ok(heard.length < 50, `${heard.length} epochs`)
  const best = heard.indexOf(Math.max(...heard))
  assert.equal(best, heard.length - 3)
  const again = { ...fast, epochs: best + 1 }
  const stopped = await deepTrainer(embeddingMlp, again).fit(data, { seed: 1 })
  assert.deepEqual(stopped.save(), ranker.save())
})

test('where a report throws, the fit ends with what it threw', async () => {
  const hopeless = new Error('hopeless')
  const report = () => {
    throw hopeless
  }
  await assert.rejects(deepTrainer(deepFm, small).fit(data, { seed: 1, report }), hopeless)
})

test('what it will hold is told before it is taken, and may be refused', async () => {
  const refused = async (settings: object): Promise<number> => {
    const told: number[] = []
    const reserve = (sizeBytes: number, what: string): never => {
      told.push(sizeBytes)
      throw new Error(`too much: ${what}`)
    }
    const fit = deepTrainer(deepFm, { ...small, ...settings }).fit(data, { seed: 1, reserve })
    await assert.rejects(fit, /too much: learning a model of kind "deep-fm"/)
    assert.equal(told.length, 1)
    return told[0]!
  }
  const few = await refused({})
  assert.ok((await refused({ hidden: [512, 512] })) > few + 4 * 4 * 512 * 512)
  assert.ok((await refused({ batch: 500 })) > 3 * few)
  // Of tables Adagrad keeps one number less beside each than Adam does.
  const [adam, adagrad] = [
    await refused({ width: 512 }),
    await refused({ width: 512, tableUpdate: 'adagrad' }),
  ]
  const ids = plantedFields.reduce((sum, field) => sum + ('size' in field ? field.size : 0), 0)
  assert.ok(adam - adagrad > 3 * 512 * (ids - 31), `${adam} ${adagrad}`)
})

test('rows of weight 0 teach nothing, and the last batch may be shorter', async () => {
  const trainer = deepTrainer(deepFm, { ...small, dropout: 0, epochs: 1, batch: 100 })
  const weights = train.labels.get('click')!.map((_, row) => Number(row % 2 === 0))
  const wrong = train.labels.get('click')!.map((label, row) => (row % 2 === 0 ? label : 1 - label))
  const fit = (labels: Float32Array) =>
    trainer.fit(
      { ...data, train: { ...train, weights, labels: new Map([['click', labels]]) } },
      { seed: 1 },
    )
  const [one, other] = [await fit(train.labels.get('click')!), await fit(wrong)]
  assert.deepEqual(one.save(), other.save())
})

test('numbers that are not there stand in the middle, and do not spread', async () => {
  const holes = train.columns.get('freshness')!.map((value, row) => (row % 3 ? value : Number.NaN))
  const columns = new Map([...train.columns, ['freshness', Float32Array.from(holes)]])
  const trainer = deepTrainer(deepFm, { ...small, epochs: 1 })
  const ranker = await trainer.fit({ ...data, train: { ...train, columns } }, { seed: 1 })
  const asked = new Map([...validation.columns, ['freshness', new Float32Array([Number.NaN])]])
  const [scores] = await ranker.predict({ rowCount: 300, columns: asked })
  assert.ok(scores!.every((score) => score > 0 && score < 1))
})

/** Clicks as planted; what is clicked is liked where it is fresh, and looked at for long. */
function manyLabels(rows: Examples): Examples {
  const clicks = rows.labels.get('click')!
  const fresh = rows.columns.get('freshness')!
  const like = clicks.map((click, row) => click * Number(fresh[row]! > 5))
  const dwell = clicks.map((click, row) => click * (20 + 4 * fresh[row]!))
  return { ...rows, labels: new Map([...rows.labels, ['like', like], ['dwell', dwell]]) }
}

test('heads are learned together, each in its own measure', async () => {
  const fit = { width: 8, hidden: [32], own: [8], batch: 50, epochs: 25, rate: 5e-3 }
  const rows = { fields: plantedFields, train: manyLabels(plantedRows(2_000, { seed: 1 })) }
  const ranker = await deepTrainer(multiTask, fit).fit(rows, { seed: 1 })
  assert.deepEqual(ranker.heads, ['click', 'like', 'dwell'])
  const unseen = manyLabels(plantedRows(500, { seed: 2 }))
  const [click, like, dwell] = await ranker.predict(unseen)
  const mean = (values: Float32Array) => values.reduce((sum, x) => sum + x, 0) / values.length
  const seconds = unseen.labels.get('dwell')!
  assert.ok(Math.abs(mean(dwell!) - mean(seconds)) < 2.5, `${mean(dwell!)} of ${mean(seconds)} s`)
  const error = (found: Float32Array) => mean(found.map((x, row) => (x - seconds[row]!) ** 2))
  assert.ok(error(dwell!) < 0.75 * error(seconds.map(() => mean(seconds))))
  // What is not fresh is clicked, and hardly liked.
  const fresh = unseen.columns.get('freshness')!
  const stale = (values: Float32Array) => mean(values.filter((_, row) => fresh[row]! < 3))
  assert.ok(stale(like!) < 0.25 * stale(click!), `${stale(like!)} of ${stale(click!)}`)
})

test('drawn negatives teach what rows of likes alone can not', async () => {
  // Users like items of their own parity, and there are no rows but likes.
  const users = Uint32Array.from({ length: 400 }, (_, row) => 1 + (row % 20))
  const items = users.map((user, row) => 2 * (1 + ((Math.floor(row / 20) * 7) % 15)) - (user % 2))
  const columns = new Map([
    ['user', users],
    ['item', items],
  ])
  const fields = plantedFields.filter(({ name }) => name === 'user' || name === 'item')
  const labels = new Map([['click', new Float32Array(400).fill(1)]])
  const likes = { fields, train: { rowCount: 400, columns, labels } }
  const negatives = { count: 4, user: 'user', item: 'item' }
  const settings = { ...small, dropout: 0, epochs: 30, rate: 1e-2, negatives }
  const ranker = await deepTrainer(embeddingMlp, settings).fit(likes, { seed: 1 })
  const pairs = { user: Uint32Array.of(1, 1, 2, 2), item: Uint32Array.of(1, 2, 1, 2) }
  const [scores] = await ranker.predict({ rowCount: 4, columns: new Map(Object.entries(pairs)) })
  const [a, b, c, d] = scores!
  assert.ok(Math.min(a!, d!) > 2 * Math.max(b!, c!), `${scores}`)
  const more = { ...data, fields: plantedFields }
  await assert.rejects(
    deepTrainer(embeddingMlp, settings).fit(more, { seed: 1 }),
    /"freshness" tells of the item too/,
  )
})

test('settings out of range are refused, and named', async () => {
  const refused = async (settings: object, name: RegExp) => {
    const expected = { code: 'invalid_argument', message: name }
    await assert.rejects(
      deepTrainer(deepFm, { ...small, ...settings }).fit(data, { seed: 1 }),
      expected,
    )
  }
  await refused({ width: 0 }, /width 0 must be a whole number >= 1 and <= 1024/)
  await refused({ hidden: [8, 0.5] }, /hidden\[1\] 0.5/)
  await refused({ dropout: 1 }, /dropout 1/)
  await refused({ batch: 0 }, /batch 0/)
  await refused({ rate: 0 }, /rate 0/)
  await refused({ l2: -1 }, /l2 -1/)
  await refused({ tableUpdate: 'all' }, /tableUpdate "all" must be every, touched or adagrad/)
  await refused({ patience: 0 }, /patience 0/)
  await refused({ head: 'item' }, /"item", which is foretold/)
})

test('a thread of its own learns the same bits', async () => {
  const loader = JSON.stringify(import.meta.resolve('tsx/esm/api'))
  const file = JSON.stringify(import.meta.resolve('./fit-thread.suite.ts'))
  const start = `import { register } from ${loader}; register(); await import(${file})`
  const worker = new Worker(new URL(`data:text/javascript,${encodeURIComponent(start)}`))
  const weights = await new Promise((resolve, reject) => {
    worker.once('message', resolve)
    worker.once('error', reject)
  })
  await worker.terminate()
  assert.deepEqual(weights, await fitOfThread())
})
