import assert from 'node:assert/strict'
import { test } from 'node:test'
import { auc } from '../evaluation/auc.ts'
import { logloss } from '../evaluation/logloss.ts'
import { assertProgress, damageSuite } from '../saved.suite.ts'
import { examplesAt } from './examples.ts'
import { plantedFields, plantedRows } from './planted-rows.suite.ts'
import type { Ranker, RankerTrainer, RankingData } from './ranker.ts'
import type { Examples, Rows } from './rows.ts'

export { plantedFields, plantedRows }

/** What a ranker can do, which decides what the suite asks of it. */
export interface RankerSuiteOptions {
  /** In the names of the tests; the kind where left out. */
  readonly name?: string
  /** The fields it takes, of those of `plantedFields`; all where left out. */
  readonly fields?: readonly string[]
  /** The label it learns; 'click' where left out. */
  readonly head?: string
  /**
   * Whether what a user likes may hang on the item: a sum of what each is worth alone can't tell.
   * True where left out.
   */
  readonly learnsPairs?: boolean
  /** The area under the curve of unseen rows that must be reached; 0.8 where left out. */
  readonly aucMin?: number
}

/** What every ranker must do. The rows are planted: 2,000 to learn from, and 500 more. */
export function rankerSuite<M extends Ranker>(
  trainer: RankerTrainer<M>,
  options: RankerSuiteOptions = {},
): void {
  const { kind } = trainer
  const { name = kind, head = 'click', learnsPairs = true, aucMin = 0.8 } = options
  const fields = plantedFields.filter((field) => options.fields?.includes(field.name) ?? true)
  const train = plantedRows(2_000, { seed: 1, head, learnsPairs })
  const unseen = plantedRows(500, { seed: 2, head, learnsPairs })
  const data: RankingData = { fields, train }
  const labels = unseen.labels.get(head)!
  // Learned once: what is asked of one model changes none.
  let learned: Promise<M> | undefined
  const model = (): Promise<M> => (learned ??= trainer.fit(data, { seed: 1 }))
  const scoresOf = async (ranker: Ranker, rows: Rows): Promise<Float32Array> =>
    (await ranker.predict(rows))[ranker.heads.indexOf(head)]!

  test(`${name} learns a planted rule, and beats the best constant`, async () => {
    const ranker = await model()
    assert.equal(ranker.kind, kind)
    assert.deepEqual(ranker.fields, fields)
    assert.ok(ranker.heads.includes(head))
    const scores = await scoresOf(ranker, unseen)
    const found = auc(scores, labels)!
    assert.ok(found >= aucMin, `AUC ${found}`)
    const base = labels.reduce((sum, label) => sum + label, 0) / labels.length
    const constant = logloss(new Float32Array(labels.length).fill(base), labels)
    const loss = logloss(scores, labels)
    assert.ok(loss < constant, `logloss ${loss}, that of ${base} is ${constant}`)
  })

  test(`${name} of one seed is one model, bit by bit`, async () => {
    assert.deepEqual((await trainer.fit(data, { seed: 1 })).save(), (await model()).save())
  })

  test(`${name} predicts bit by bit the same after it was saved and loaded`, async () => {
    const ranker = await model()
    const saved = ranker.save()
    const header = JSON.parse(JSON.stringify({ ...saved.header, entryOfTheTrainer: 'kept' }))
    // One byte further on, as in a buffer that a file was read into.
    const weights = new Uint8Array(saved.weights.length + 1).subarray(1)
    weights.set(saved.weights)
    const loaded = trainer.load({ header, weights })
    assert.equal(loaded.kind, kind)
    assert.deepEqual(loaded.fields, ranker.fields)
    assert.deepEqual(loaded.heads, ranker.heads)
    assert.deepEqual(loaded.save(), saved)
    assert.deepEqual(await loaded.predict(unseen), await ranker.predict(unseen))
  })

  test(`${name} scores a row alike wherever it stands, and alone`, async () => {
    const ranker = await model()
    const scores = await scoresOf(ranker, unseen)
    const order = Uint32Array.from(labels.keys()).reverse()
    const turned = await scoresOf(ranker, examplesAt(unseen, fields, order))
    for (const [place, row] of order.entries()) close(turned[place]!, scores[row]!, `row ${row}`)
    for (const row of [0, 7, 499]) {
      const [alone] = await scoresOf(ranker, examplesAt(unseen, fields, Uint32Array.of(row)))
      close(alone!, scores[row]!, `row ${row} alone`)
    }
  })

  test(`${name} takes what is known of a user once for all rows`, async () => {
    const ranker = await model()
    const once = new Map(unseen.columns)
    const repeated = new Map(unseen.columns)
    for (const { name: column, side, ...field } of fields) {
      if (side !== 'user') continue
      const width = field.kind === 'sequence' ? field.length : 1
      const first = unseen.columns.get(column)!.slice(0, width)
      once.set(column, first)
      repeated.set(
        column,
        Uint32Array.from({ length: 500 * width }, (_, at) => first[at % width]!),
      )
    }
    const expected = await scoresOf(ranker, { rowCount: 500, columns: repeated })
    const found = await scoresOf(ranker, { rowCount: 500, columns: once })
    for (const [row, score] of found.entries()) close(score, expected[row]!, `row ${row}`)
  })

  test(`${name} scores who and what is unknown (id 0), and no rows at all`, async () => {
    const ranker = await model()
    const columns = new Map(unseen.columns)
    for (const field of fields) {
      if (field.kind === 'number') continue
      const width = field.kind === 'sequence' ? field.length : 1
      columns.set(field.name, new Uint32Array(500 * width))
    }
    for (const score of await scoresOf(ranker, { rowCount: 500, columns }))
      assert.ok(score > 0 && score < 1, `${score}`)
    const none = new Map(fields.map((field) => [field.name, new Float32Array()]))
    assert.equal((await scoresOf(ranker, { rowCount: 0, columns: none })).length, 0)
  })

  test(`${name} refuses rows that are not of its fields, and says which`, async () => {
    const ranker = await model()
    for (const field of fields) {
      const refused = async (column: Float32Array | undefined): Promise<void> => {
        const columns = new Map(unseen.columns)
        if (column) columns.set(field.name, column)
        else columns.delete(field.name)
        const expected = { code: 'invalid_argument', message: new RegExp(field.name) }
        await assert.rejects(ranker.predict({ rowCount: 500, columns }), expected)
      }
      await refused(undefined)
      await refused(new Float32Array(7))
      const column = Float32Array.from(unseen.columns.get(field.name)!)
      if (field.kind === 'number') continue
      for (const id of [field.size, -1, 0.5, Number.NaN]) await refused(column.with(3, id))
    }
  })

  test(`${name} refuses to learn from nothing, and from labels that are none`, async () => {
    const refused = async (examples: Partial<Examples>): Promise<void> => {
      const fit = trainer.fit({ fields, train: { ...train, ...examples } }, { seed: 1 })
      await assert.rejects(fit, { code: 'invalid_argument' })
    }
    await refused(examplesAt(train, fields, new Uint32Array()))
    await refused({ labels: new Map() })
    await refused({ labels: new Map([[head, new Float32Array(3)]]) })
    await refused({ labels: new Map([[head, new Float32Array(2_000).fill(Number.NaN)]]) })
    await refused({ weights: new Float32Array(3) })
    await refused({ weights: new Float32Array(2_000).fill(-1) })
  })

  damageSuite(name, trainer, async () => (await model()).save())

  test(`${name} stops with the signal's reason, or tells its progress up to 1`, async () => {
    const reason = new Error('enough')
    const signal = AbortSignal.abort(reason)
    await assert.rejects(trainer.fit(data, { seed: 1, signal }), reason)
    const midway = new AbortController()
    const shares: number[] = []
    const onProgress = (share: number): void => {
      shares.push(share)
      if (share < 1) midway.abort(reason)
    }
    const fit = trainer.fit(data, { seed: 1, signal: midway.signal, onProgress })
    // A fit that never tells of a part of it is done in one stretch.
    if (
      await fit.then(
        () => true,
        (error) => error === reason && shares.length > 0 && false,
      )
    ) {
      assert.deepEqual(shares, [1])
    }
    shares.length = 0
    await trainer.fit(data, { seed: 1, onProgress: (share) => shares.push(share) })
    assertProgress(shares)
  })
}

function close(found: number, expected: number, what: string): void {
  assert.ok(Math.abs(found - expected) < 1e-5, `${what}: ${found} instead of ${expected}`)
}
