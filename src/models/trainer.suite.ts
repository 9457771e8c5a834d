import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Artifact, Checkpoints, Model, Trainer } from './model.ts'
import { assertProgress, damageSuite } from './saved.suite.ts'

/** What every trainer must do, whatever it learns from. */
export function trainerSuite<M extends Model, Data>(trainer: Trainer<M, Data>, data: Data): void {
  const { kind } = trainer

  damageSuite(kind, trainer, async () => (await trainer.fit(data, { seed: 1 })).save())

  test(`${kind} stops with the signal's reason, or tells its progress up to 1`, async () => {
    const reason = new Error('enough')
    const fit = trainer.fit(data, { seed: 1, signal: AbortSignal.abort(reason) })
    await assert.rejects(fit, reason)
    const shares: number[] = []
    await trainer.fit(data, { seed: 1, onProgress: (share) => shares.push(share) })
    assertProgress(shares)
  })

  test(`${kind} that was broken off goes on to the same bits`, async () => {
    const whole = (await trainer.fit(data, { seed: 1 })).save()
    const { checkpoints } = keptSteps()
    const stop = new AbortController()
    const reason = new Error('killed')
    const onProgress = (share: number): void => {
      if (share > 0.3 && share < 1) stop.abort(reason)
    }
    const broken = trainer.fit(data, { seed: 1, checkpoints, signal: stop.signal, onProgress })
    // Families that are made in one step never notice.
    await broken.catch((error: unknown) => assert.equal(error, reason))
    const resumed = (await trainer.fit(data, { seed: 1, checkpoints })).save()
    assert.deepEqual(resumed.header, whole.header)
    assert.deepEqual(resumed.weights, whole.weights)
  })
}

/** Checkpoints in memory, and how often one was written; as they would come back from a disk. */
export function keptSteps() {
  const kept = new Map<string, Artifact>()
  const count = { written: 0 }
  const checkpoints: Checkpoints = {
    read: async (name) => kept.get(name),
    write: async (name, { header, weights }) => {
      count.written++
      kept.set(name, { header: JSON.parse(JSON.stringify(header)), weights: weights.slice() })
    },
  }
  return { checkpoints, kept, count }
}

/** What every trainer must do that learns in rounds: whoever goes on makes none of them twice. */
export function roundsSuite<M extends Model, Data>(trainer: Trainer<M, Data>, data: Data): void {
  test(`${trainer.kind} makes no round twice that a checkpoint tells of`, async () => {
    const whole = keptSteps()
    const made = await trainer.fit(data, { seed: 1, checkpoints: whole.checkpoints })
    const { checkpoints, kept, count } = keptSteps()
    const stop = new AbortController()
    const reason = new Error('killed')
    const onProgress = (share: number): void => {
      if (share > 0.5) stop.abort(reason)
    }
    const run = { seed: 1, checkpoints, onProgress }
    await assert.rejects(trainer.fit(data, { ...run, signal: stop.signal }), reason)
    const before = count.written
    assert.ok(before > 0 && before < whole.count.written && kept.size === 1)
    const resumed = (await trainer.fit(data, run)).save()
    assert.equal(count.written, whole.count.written)
    assert.deepEqual(resumed, made.save())
  })
}
