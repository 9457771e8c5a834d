import assert from 'node:assert/strict'
import { test } from 'node:test'
import { defaultSignals } from '../../../events/signals.ts'
import { fmTrainer } from '../../../models/linear/fm.ts'
import { ftrlTrainer } from '../../../models/linear/ftrl.ts'
import type { Artifact } from '../../../models/model.ts'
import type { OnlineTrainer } from '../../../models/ranking/online.ts'
import type { Examples } from '../../../models/ranking/rows.ts'
import type { DeclaredSet } from '../../../state/features/declared/declaration.ts'
import { fitEncoding } from '../../../state/features/declared/encoding/fit-encoding.ts'
import { withEncoding } from '../../../state/features/declared/encoding/saved-encoding.ts'
import type { RawRows } from '../../../state/features/declared/rows.ts'
import { keptRanker, type Logged } from './kept-rankers.ts'

const rate = 0.1

const set: DeclaredSet = {
  name: 'small',
  version: 1,
  description: 'What is needed here',
  columns: [
    {
      ...{ name: 'film', description: 'The item', source: { from: 'item-id' } },
      as: { form: 'category', vocabulary: 'film' },
    },
    {
      ...{ name: 'height', description: 'A number' },
      source: { from: 'feature', name: 'height' },
      as: { form: 'number', standardise: true, absent: 0 },
    },
  ],
  vocabularies: { film: { countMax: 10 } },
  labels: [
    { name: 'click', description: '', positive: [{ action: 'click' }] },
    {
      ...{ name: 'like', description: '', positive: [{ action: 'like' }] },
      negative: [{ action: 'report' }],
    },
  ],
}

const logged = (count: number, from = 0): Logged[] =>
  Array.from({ length: count }, (_, index) => ({
    film: [`film ${(from + index) % 7}`],
    height: [(from + index) % 5 === 0 ? null : ((from + index) % 11) / 3],
  }))
const labelOf = (index: number): number => (index % 3 === 0 ? 1 : 0)
const rawOf = (rows: readonly Logged[]): RawRows => ({
  rowCount: rows.length,
  columns: new Map<string, Float64Array | string[]>([
    ['film', rows.map(({ film }) => String(film![0]))],
    ['height', Float64Array.from(rows, ({ height }) => Number(height![0] ?? Number.NaN))],
  ]),
})

async function fitted(trainer: OnlineTrainer): Promise<Artifact> {
  const rows = logged(200)
  const encoding = fitEncoding(set, rawOf(rows))
  const labels = new Map([['like', Float32Array.from(rows, (_, row) => labelOf(row))]])
  const train: Examples = { ...encoding.encode(rawOf(rows)), labels }
  const model = await trainer.fit({ fields: encoding.fields, train }, { seed: 1 })
  return withEncoding(model.save(), encoding)
}

for (const trainer of [
  ftrlTrainer({ alpha: 0.2, beta: 1, l1: 0.1, l2: 1 }),
  fmTrainer({ dims: 4, rate: 0.1, l2: 1e-4, epochs: 2 }),
]) {
  test(`a version of ${trainer.kind} learns what was logged as it would learn examples`, async () => {
    const version = await fitted(trainer)
    const rows = logged(60, 200)
    const kept = keptRanker(version, { rate })
    assert.equal(kept.set, 'small')
    const { learn, stale } = await kept.rows(rows)
    const chances = rows.map((_, row) => learn(row, labelOf(row), 1, 'ann'))

    const direct = trainer.resume(version)
    const encoding = fitEncoding(set, rawOf(logged(200)))
    const labels = new Map([['like', Float32Array.from(rows, (_, row) => labelOf(row))]])
    const foretold = direct.learn({ ...encoding.encode(rawOf(rows)), labels })
    assert.deepEqual(chances, [...foretold[0]!])
    assert.deepEqual(kept.save(), direct.model().save())
    assert.deepEqual([...kept.model().weights], [...direct.model().save().weights])
    // What serves is read by the same encoding as its version.
    assert.deepEqual(kept.model().header['encoding'], version.header['encoding'])
    const [first] = await trainer.load(version).predict(encoding.encode(rawOf(rows)))
    assert.deepEqual(stale, first)

    const resumed = keptRanker(version, { rate, saved: kept.save() })
    assert.deepEqual(resumed.model(), kept.model())
    resumed.reset()
    assert.deepEqual(resumed.model().weights, version.weights)
  })
}

test('the label is that of the head, and what was reported is no like', async () => {
  const { outcome } = keptRanker(await fitted(ftrlTrainer({ alpha: 0.2, beta: 1, l1: 0, l2: 1 })), {
    rate,
  })
  const after = (...actions: readonly ('click' | 'like' | 'report')[]) =>
    outcome.isPositive(
      actions.reduce((soFar, action) => outcome.next(soFar, { action }, defaultSignals), 0),
    )
  assert.deepEqual(
    [after(), after('click'), after('click', 'like'), after('like', 'report')],
    [false, false, true, false],
  )
})

test('what learns in batches alone is refused', () => {
  assert.throws(
    () => keptRanker({ header: { kind: 'trees' }, weights: new Uint8Array() }, { rate }),
    {
      code: 'failed_precondition',
      message: /"trees" cannot be kept up by the minute; logistic, ftrl, fm can/,
    },
  )
  const none = { header: { kind: 'ftrl', fields: [], heads: [] }, weights: new Uint8Array() }
  assert.throws(() => keptRanker(none, { rate }), /ftrl/)
})
