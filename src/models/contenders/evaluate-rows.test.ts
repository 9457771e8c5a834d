import assert from 'node:assert/strict'
import { test } from 'node:test'
import { seededRandom } from '../../kernel/random.ts'
import { libfmHead } from '../evaluation/formats/libfm.ts'
import type { Field } from '../ranking/field.ts'
import type { Examples } from '../ranking/rows.ts'
import type { AnyContender } from './contender.ts'
import { type EvaluateOptions, evaluate } from './evaluate.ts'

let spent = 0
const gauges = { now: () => 0, cpuSeconds: () => spent++, peakBytes: () => 1_000 }

/** Rows of whose items the later ones are clicked more often. */
function clicks() {
  const random = seededRandom('rows')
  const fields: readonly Field[] = [
    { kind: 'category', name: 'user', side: 'user', size: 40 },
    { kind: 'category', name: 'item', side: 'item', size: 11 },
  ]
  const drawn = (rowCount: number): Examples => {
    const items = Uint32Array.from({ length: rowCount }, () => 1 + random.below(10))
    const users = Uint32Array.from({ length: rowCount }, () => 1 + random.below(39))
    const came = Float32Array.from(items, (item) => (random.next() < item / 12 ? 1 : 0))
    return {
      rowCount,
      columns: new Map([['user', users] as const, ['item', items] as const]),
      labels: new Map([[libfmHead, came]]),
    }
  }
  const data = { fields, train: drawn(800), validation: drawn(300) }
  return { data, part: { examples: drawn(500), fields } }
}

test('rows are judged by order and by how far chances come true', async () => {
  const { models } = await evaluate({
    ...{ title: 'rows', format: 'libfm', split: clicks(), seed: 1, gauges },
    models: ['LR', 'DCN-v2'],
  })
  const of = (model: string, metric: string) =>
    models.find((each) => each.model === model)!.figures.find((each) => each.metric === metric)!
  assert.equal(models.at(-1)!.model, 'random')
  assert.ok(of('LR', 'AUC').low! > of('random', 'AUC').high!)
  assert.ok(of('LR', 'ECE').value < 0.06)
  assert.ok(of('DCN-v2', 'AUC').low! > of('random', 'AUC').high!)
  assert.ok(of('DCN-v2', 'ECE').value < 0.08)
  assert.ok(of('random', 'ECE').value > 0.15)
  assert.ok(models[0]!.reliability!.length > 4)
})

test('rows of one label have no order, and are judged by how far chances come true', async () => {
  const { data, part } = clicks()
  const came = part.examples.labels.get(libfmHead)!
  came.fill(1)
  const { models } = await evaluate({
    ...{ title: 'rows', format: 'libfm', split: { data, part }, seed: 1, gauges },
    models: ['LR'],
  })
  for (const { figures } of models) {
    assert.deepEqual(
      figures.map(({ metric }) => metric),
      ['logloss', 'ECE'],
    )
    assert.ok(figures.every(({ value }) => Number.isFinite(value)))
  }
})

test('stars are judged where everybody and everything is well known', async () => {
  const random = seededRandom('stars')
  const drawn = (rowCount: number) => ({
    users: Uint32Array.from({ length: rowCount }, (_, row) => row % 6),
    items: Uint32Array.from({ length: rowCount }, (_, row) => row % 7),
    values: Float32Array.from({ length: rowCount }, () => 1 + random.below(5)),
    times: new Float64Array(rowCount),
  })
  const ids = (count: number) => Array.from({ length: count }, (_, id) => `${id}`)
  const data = { train: drawn(126), userIds: ids(6), itemIds: ids(7) }
  const { models, notes } = await evaluate({
    ...{ title: 'stars', format: 'ratings', split: { data, part: drawn(40) }, seed: 1, gauges },
  })
  assert.equal(notes.length, 1, notes.join())
  const counts = models[0]!.slices.map(({ count, figures }) => [count, figures.length])
  assert.deepEqual(counts, [
    [0, 0],
    [40, 2],
    [0, 0],
    [40, 2],
  ])
})

test('whatever rows are learned by does better than chance', async () => {
  const { models, notes } = await evaluate({
    ...{ title: 'rows', format: 'libfm', split: clicks(), seed: 1, gauges },
  })
  assert.deepEqual(notes, ['Settings are the usual ones; none were searched.'])
  const names = models.filter(({ isBaseline }) => !isBaseline).map(({ model }) => model)
  assert.deepEqual(
    names.sort(),
    [
      ...['LR', 'FM', 'trees', 'DeepFM', 'DCN-v2', 'EmbeddingMLP', 'Wide&Deep', 'two towers'],
      'blend',
    ].sort(),
  )
  const auc = (name: string) => models.find(({ model }) => model === name)!.figures[0]!
  for (const name of names) assert.ok(auc(name).low! > auc('random').high!, name)
})

test('a blend is made of what the others learned, and nothing is learned twice', async () => {
  const budget = { sampler: 'tpe', trials: 3, seconds: 60, seed: 1, usersMax: 300 } as const
  const split = clicks()
  let learned = 0
  const counted: AnyContender = {
    ...{ name: 'counted', settings: { slope: 1 }, takes: () => true },
    space: { slope: { kind: 'uniform', low: 0, high: 2 } },
    fit() {
      learned++
      return {
        predict: async ({ columns }: Examples) => [
          Float32Array.from(columns.get('item')!, (item) => item / 12),
        ],
      }
    },
  }
  const asked: EvaluateOptions = { title: 'rows', format: 'libfm', split, budget, seed: 1, gauges }
  const { models } = await evaluate({
    ...asked,
    ...{ models: ['counted', 'LR', 'blend'], also: [counted] },
  })
  // Validation rows stand apart: the best trial is the model.
  assert.equal(learned, 3)
  const found = (name: string) => models.find(({ model }) => model === name)!.figures[1]!.value
  const [blend, alone, random] = [found('blend'), found('LR'), found('random')]
  assert.ok(blend < random && blend < alone, `logloss ${blend}, of LR ${alone}`)
  const { parts: most, ...weights } = models.find(({ model }) => model === 'blend')!.settings
  assert.equal(most, 3)
  assert.ok(Object.keys(weights).length > 0)
  for (const [name, weight] of Object.entries(weights))
    assert.ok(['counted', 'LR'].includes(name) && Number(weight) > 0, name)
  const long = { ...counted, isLong: () => true }
  const once = await evaluate({ ...asked, models: ['counted'], also: [long] })
  assert.equal(learned, 4)
  assert.ok(once.notes.some((note) => note.startsWith('counted has its usual settings')))
  const lonely = await evaluate({ ...asked, models: ['blend'] })
  assert.match(lonely.notes.join(), /blend could not be learned: .*rankers must hold one/)
})

test('a thread learns, judges and tells a blend of rows what this one does', async () => {
  const asked: EvaluateOptions = {
    ...{ title: 'rows', format: 'libfm', split: clicks(), seed: 1, gauges },
    models: ['LR', 'trees', 'blend'],
  }
  const [alone, shared] = [await evaluate(asked), await evaluate({ ...asked, threads: 1 })]
  assert.equal(shared.models.length, 5)
  for (const { model, figures, settings } of shared.models) {
    const same = alone.models.find((each) => each.model === model)!
    assert.deepEqual([figures, settings], [same.figures, same.settings])
  }
})
