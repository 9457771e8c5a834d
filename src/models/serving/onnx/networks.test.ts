import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import { dcn } from '../../deep/dcn.ts'
import { type DeepRanker, loadDeepRanker } from '../../deep/deep-ranker.ts'
import { multiTask } from '../../deep/multi-task.ts'
import { deepTrainer } from '../../deep/training/deep-trainer.ts'
import type { Artifact } from '../../model.ts'
import { plantedFields, plantedRows } from '../../ranking/planted-rows.suite.ts'
import type { Rows } from '../../ranking/rows.ts'
import { networksOver } from './networks.ts'
import { scoringTeam } from './scoring-team.ts'
import type { ScoringThread } from './scoring-thread.ts'

const team = scoringTeam({ threadCount: 2 })
after(() => team[Symbol.asyncDispose]())

/** The team, and how many runs it was given. */
function counted(): ScoringThread & { readonly counts: { runs: number; open: number } } {
  const counts = { runs: 0, open: 0 }
  return {
    ...team,
    counts,
    open: (model) => {
      counts.open++
      return team.open(model)
    },
    run: (...asked) => {
      counts.runs++
      return team.run(...asked)
    },
    close: (session) => {
      counts.open--
      return team.close(session)
    },
  }
}

const trained = async (): Promise<Artifact> => {
  const train = plantedRows(200, { seed: 1 })
  const labels = new Map([...train.labels, ['like', train.labels.get('click')!]] as const)
  const heads = ['click', 'like'].map((name) => ({ name, learns: 'chance' as const }))
  const trainer = deepTrainer(multiTask, { heads, epochs: 1, batch: 50, hidden: [400, 200] })
  const data = { fields: plantedFields, train: { ...train, labels } }
  return (await trainer.fit(data, { seed: 1 })).save()
}

describe('a deep ranker over scoring threads', () => {
  const load = (artifact: Artifact, thread: ScoringThread): [DeepRanker, () => Promise<void>] => {
    const networks = networksOver(thread)
    return [loadDeepRanker(multiTask, artifact, networks.open), networks.close]
  }
  const ofOneUser = (rowCount: number): Rows => {
    const { columns } = plantedRows(rowCount, { seed: 3 })
    const once = new Map(columns)
    once.set('user', Uint32Array.of(4))
    once.set('history', Uint32Array.of(0, 2, 4, 6))
    return { rowCount, columns: once }
  }

  it('gives the same bits there as here, in pieces and for one user as well', async () => {
    const artifact = await trained()
    const thread = counted()
    const [ranker, close] = load(artifact, thread)
    const plain = loadDeepRanker(multiTask, artifact)
    const { labels: _, ...many } = plantedRows(2_500, { seed: 2 })
    for (const rows of [many, ofOneUser(700), many]) {
      const [found, expected] = [await ranker.predict(rows), await plain.predict(rows)]
      assert.deepEqual(found, expected)
    }
    // Rows that nobody had measured yet were not scored here, of either network.
    assert.ok(thread.counts.runs >= 2, `${thread.counts.runs} runs`)
    assert.equal(thread.counts.open, 2)
    await close()
    assert.equal(thread.counts.open, 0)
  })

  it('scores few rows at once, and many beside whoever asks', async () => {
    const thread = counted()
    const [ranker, close] = load(await trained(), thread)
    await ranker.predict(ofOneUser(2))
    assert.equal(thread.counts.runs, 0)
    await ranker.predict(ofOneUser(20_000))
    assert.ok(thread.counts.runs > 0)
    await close()
  })

  it('lets requests have their turn while it scores', async () => {
    const [ranker, close] = load(await trained(), team)
    const rows = ofOneUser(20_000)
    await ranker.predict(rows)
    let ticks = 0
    const timer = setInterval(() => ticks++, 1)
    await ranker.predict(rows)
    clearInterval(timer)
    assert.ok(ticks > 3, `${ticks} ticks`)
    await close()
  })

  it('is not begun where nobody waits any more', async () => {
    const [ranker, close] = load(await trained(), team)
    const signal = AbortSignal.abort(new Error('late'))
    await assert.rejects(ranker.predict(ofOneUser(500), signal), /late/)
    await assert.rejects(ranker.predict(ofOneUser(1), signal), /late/)
    await close()
  })

  it('may be a family that takes other settings', async () => {
    const { labels, ...train } = plantedRows(200, { seed: 1 })
    const data = { fields: plantedFields, train: { ...train, labels } }
    const fitted = await deepTrainer(dcn, { epochs: 1, batch: 50 }).fit(data, { seed: 1 })
    const networks = networksOver(team)
    const ranker = loadDeepRanker(dcn, fitted.save(), networks.open)
    assert.deepEqual(await ranker.predict(ofOneUser(600)), await fitted.predict(ofOneUser(600)))
    await networks.close()
  })
})
