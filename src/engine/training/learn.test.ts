import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { loadIals } from '../../models/als/ials-model.ts'
import { loadLogistic } from '../../models/logistic/logistic-model.ts'
import type { RankingModel } from '../../models/model.ts'
import { openState } from '../../state/folded-state.ts'
import { memoryStore } from '../../state/store/memory-store.ts'
import { knowledge } from '../folds.ts'
import { orderedSources } from '../recipes/recipes.ts'
import { defaultAttributes, openResidents } from '../recipes/residents.ts'
import { type LearnOptions, learn } from './learn.ts'
import { plantedItemCount, plantedLog } from './planted-log.suite.ts'

const state = await openState({ store: memoryStore(), ...knowledge })
const world = { state, attributes: defaultAttributes, sources: orderedSources, at: 0 }
const { features } = await openResidents({ ...world, factors: () => undefined })
const names = features.map(({ name }) => name)

function learnFrom(likeCount: number, more: Partial<LearnOptions> = {}) {
  return learn({
    log: plantedLog(likeCount),
    base: async () => memoryStore(),
    ...{ attributes: defaultAttributes, features, seed: 'learn' },
    settings: { dims: 8, sweeps: 5, groupCount: 400 },
    ...more,
  })
}

describe('learning', () => {
  it('finds the planted taste, and says by how much it beats the best single column', async () => {
    const steps = new Set<string>()
    const { factors, ranker, metrics, verdict } = await learnFrom(1_200, {
      onProgress: (step) => steps.add(step),
    })
    assert.ok(metrics['auc']! > 0.75, verdict)
    assert.match(verdict, /^AUC 0\.\d{4} on the last \d+ samples, best single column 0\.\d{4}$/)
    assert.deepEqual(loadLogistic(ranker!, names).features, names)
    const model = loadIals(factors!)
    assert.equal(model.itemCount, plantedItemCount)
    assert.equal(factors!.header['through'], 1_200 + plantedItemCount)
    assert.equal(ranker!.header['items'], factors!.header['items'])
    assert.equal(steps.size, 3)
    // Somebody who liked a drama is expected to like dramas.
    const scores = model.score(Uint32Array.of(0, 4, 8), Float32Array.of(2, 2, 2))
    const meanOf = (genre: number) =>
      scores.filter((_, item) => item % 4 === genre).reduce((sum, score) => sum + score, 0)
    for (const other of [1, 2, 3]) assert.ok(meanOf(0) > meanOf(other))
  })

  it('gives the same models for the same log and the same seed', async () => {
    const [one, other] = [await learnFrom(600), await learnFrom(600)]
    assert.deepEqual(one.metrics, other.metrics)
    assert.deepEqual([...one.factors!.weights], [...other.factors!.weights])
    assert.deepEqual(one.ranker?.weights, other.ranker?.weights)
  })

  it('learns nothing from too little, and says what is missing', async () => {
    const few = await learnFrom(49)
    assert.match(few.verdict, /49 likes are too few to learn from: 50 are needed/)
    assert.deepEqual([few.factors, few.ranker], [undefined, undefined])
    const more = await learnFrom(60)
    assert.ok(more.factors)
    assert.equal(more.ranker, undefined)
    assert.match(more.verdict, /samples are too few for a ranker: 40 are needed/)
  })

  it('has no ranker to offer where nothing can be foretold', async () => {
    const { ranker, factors, verdict } = await learnFrom(1_500, {
      log: plantedLog(1_500, 'anything'),
    })
    assert.match(verdict, /does not beat the best single column/)
    assert.equal(ranker, undefined)
    assert.ok(factors)
  })

  it('keeps the serving ranker where the new one falls behind it, and only there', async () => {
    const { ranker } = await learnFrom(600)
    const scoring = (scoreOf: (row: number) => number): RankingModel => ({
      ...loadLogistic(ranker!, names),
      predict: (_columns, rowCount) =>
        Float32Array.from({ length: rowCount }, (_, row) => scoreOf(row)),
    })
    // The row that was taken is the first of its group.
    const [good, bad] = [scoring((row) => -row), scoring((row) => row)]
    const best = await learnFrom(600, { serving: { model: good, through: 0 } })
    assert.equal(best.ranker, undefined)
    assert.match(best.verdict, /falls behind the serving ranker, 1\.0000/)
    const worst = await learnFrom(600, { serving: { model: bad, through: 0 } })
    assert.deepEqual(worst.ranker?.weights, ranker!.weights)
    assert.equal(worst.metrics['auc of the serving ranker'], 0)
    // It has learned from all that could judge: it knows the answers.
    const learnedAll = await learnFrom(600, { serving: { model: good, through: 600 + 240 } })
    assert.deepEqual(learnedAll.ranker?.weights, ranker!.weights)
  })

  it('stops when it is told to', async () => {
    const signal = AbortSignal.abort(new Error('closing'))
    await assert.rejects(learnFrom(600, { signal }), /closing/)
  })
})
