import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { loadIals } from '../../models/als/ials-model.ts'
import { loadLogistic } from '../../models/logistic/logistic-model.ts'
import type { RankingModel } from '../../models/model.ts'
import { loadRankingModel } from '../../models/trees/ranking-models.ts'
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
    assert.match(
      verdict,
      /^auc 0\.\d{4} \[0\.\d{4}, \d\.\d{4}\] over \d+ beats chance, .*factor-match/,
    )
    assert.deepEqual(loadLogistic(ranker!, names).features, names)
    const model = loadIals(factors!)
    assert.equal(model.itemCount, plantedItemCount)
    // Few enough to look at all of them.
    assert.deepEqual([model.lists, metrics['lists']], [undefined, undefined])
    assert.equal(factors!.header['through'], 1_200 + plantedItemCount)
    assert.equal(ranker!.header['items'], factors!.header['items'])
    assert.equal(steps.size, 3)
    // Somebody who liked a drama is expected to like dramas.
    const scores = model.score(Uint32Array.of(0, 4, 8), Float32Array.of(2, 2, 2))
    const meanOf = (genre: number) =>
      scores.filter((_, item) => item % 4 === genre).reduce((sum, score) => sum + score, 0)
    for (const other of [1, 2, 3]) assert.ok(meanOf(0) > meanOf(other))
  })

  it('learns in which lists items lie where there are many, and what they find', async () => {
    const settings = { dims: 8, sweeps: 5, groupCount: 40, listsAbove: plantedItemCount - 1 }
    const { factors, metrics } = await learnFrom(600, { settings })
    const { lists } = loadIals(factors!)
    assert.equal(lists!.owners.length, plantedItemCount)
    assert.equal(metrics['lists'], lists!.listCount)
    assert.equal(metrics['lists looked through'], lists!.probes)
    const [recalled, value] = Object.entries(metrics).find(([name]) => name.startsWith('recall@'))!
    assert.match(recalled, /^recall@\d+ of lists$/)
    assert.ok(value >= 0.95 && value === lists!.recall.value)
  })

  it('grows trees in place of a regression where it is told to, on the same samples', async () => {
    const settings = { dims: 8, sweeps: 5, groupCount: 400, trees: 40 }
    const { ranker, metrics, verdict } = await learnFrom(1_200, { settings })
    assert.ok(metrics['auc']! > 0.75, verdict)
    assert.ok(ranker, verdict)
    const model = loadRankingModel(ranker, names)
    assert.equal(model.kind, 'dense-trees')
    const columns = features.map(() => new Float32Array(3).fill(0.5))
    const odds = model.contributions(new Float32Array(features.length).fill(0.5))
    const whole = odds.reduce((sum, part) => sum + part, model.bias)
    const [chance] = model.predict(columns, 3)
    assert.ok(Math.abs(chance! - 1 / (1 + Math.exp(-whole))) < 1e-5)
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
    assert.match(
      more.judgedFactors!.verdict,
      /\d people to judge by are too few: .*since none do yet/,
    )
    assert.equal(more.ranker, undefined)
    const beside = { model: loadIals(more.factors), through: 0 }
    assert.equal((await learnFrom(60, { servingFactors: beside })).factors, undefined)
    assert.match(more.verdict, /samples are too few for a ranker: 40 are needed/)
  })

  it('has no ranker to offer where nothing can be foretold', async () => {
    const { ranker, factors, verdict, judgedFactors } = await learnFrom(1_500, {
      log: plantedLog(1_500, 'anything'),
    })
    assert.match(judgedFactors!.verdict, /not beat popularity beyond chance: .*since none do yet/)
    assert.match(verdict, /does not beat [a-z-]+ beyond chance: -?0\.\d{4} \[-0\.\d{4}, /)
    assert.equal(ranker, undefined)
    const servingFactors = { model: loadIals(factors!), through: 0 }
    const log = plantedLog(1_500, 'anything')
    assert.equal((await learnFrom(1_500, { log, servingFactors })).factors, undefined)
  })

  it('keeps the serving factors where new ones may fall behind them, and the ranker goes on', async () => {
    const itemCount = plantedItemCount
    // It knows how the log was made: everybody keeps to every fourth film, the first ones most.
    const serving = {
      itemCount,
      score(items: Uint32Array) {
        const counts = [0, 0, 0, 0]
        for (const item of items) counts[item % 4]! += 1
        const taste = counts.indexOf(Math.max(...counts))
        return Float32Array.from({ length: itemCount }, (_, item) =>
          item % 4 === taste ? itemCount - item : 0,
        )
      },
    }
    const knowing = { servingFactors: { model: serving, through: 0 } }
    const kept = await learnFrom(600, knowing)
    assert.equal(kept.factors, undefined)
    assert.match(kept.judgedFactors!.verdict, /may fall behind the serving one by -0\.\d{4} \[-0\./)
    assert.ok(kept.ranker, kept.verdict)
    assert.ok(kept.metrics['factors lead over the serving one']! < -0.01)
    const known = { servingFactors: { model: serving, through: 240 + 599 } }
    assert.ok((await learnFrom(600, known)).factors)
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
    assert.match(best.verdict, /may fall behind the serving one by -0\.\d{4} \[-0\./)
    const worst = await learnFrom(600, { serving: { model: bad, through: 0 } })
    assert.deepEqual(worst.ranker?.weights, ranker!.weights)
    assert.equal(worst.metrics['of the serving one'], 0)
    // It has learned from all that could judge: it knows the answers.
    const learnedAll = await learnFrom(600, { serving: { model: good, through: 600 + 240 } })
    assert.deepEqual(learnedAll.ranker?.weights, ranker!.weights)
  })

  it('stops when it is told to', async () => {
    const signal = AbortSignal.abort(new Error('closing'))
    await assert.rejects(learnFrom(600, { signal }), /closing/)
  })
})
