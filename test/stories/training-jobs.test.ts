import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import type { OpenEngine } from '../../src/engine/engine-of.ts'
import { plantedLog } from '../../src/engine/training/planted-log.suite.ts'
import type { Event } from '../../src/events/event.ts'
import { openWorld, until } from './world.ts'

const settings = { dims: 8, sweeps: 5, groupCount: 80 }

async function plant(engine: OpenEngine): Promise<void> {
  const events: Event[] = []
  for await (const batch of plantedLog(700).read(0)) {
    for (const { event } of batch) if (event !== undefined) events.push(event)
  }
  await engine.record(events)
}

const over = async (engine: OpenEngine, id: string) => {
  while (['queued', 'running'].includes((await engine.job(id)).status)) {
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  return engine.job(id)
}

const weights = (folder: string, name: string, version: number) =>
  readFile(join(folder, 'models', name, String(version), 'weights.bin'))

test('a job that is cut off goes on with the next start, and learns what it would have', async () => {
  await using world = await openWorld({ settings })
  await plant(world.engine)
  const whole = await world.engine.startJob({ kind: 'ranker', seed: 'same', by: 'olga' })
  const done = await over(world.engine, whole.id)
  assert.equal(done.status, 'done', done.trouble)
  const lines = (await world.engine.jobLog(whole.id)).map(({ line }) => line)
  assert.deepEqual(lines.slice(0, 4), [
    'begins',
    'factors of the earlier part',
    'samples by replay',
    'factors',
  ])
  assert.ok(done.delay!.sampleCount > 0)

  const cut = await world.engine.startJob({ kind: 'ranker', seed: 'same', by: 'olga' })
  let step = ''
  const watch = setInterval(async () => {
    step = (await world.engine.job(cut.id)).progress?.step ?? ''
  }, 5)
  await until(() => step === 'samples by replay')
  clearInterval(watch)
  const { through } = await world.engine.job(cut.id)
  await world.close()
  await world.reopen({ retrain: true })
  // What was appended since is not learned from: the job reads as far as it did at first.
  await world.like(['newcomer'], ['film0', 'film4'])
  const resumed = await over(world.engine, cut.id)
  assert.equal(resumed.status, 'done', resumed.trouble)
  assert.equal(resumed.through, through)
  assert.deepEqual(resumed.result!.metrics, done.result!.metrics)
  const again = (await world.engine.jobLog(cut.id)).map(({ line }) => line)
  const taken = again.slice(again.indexOf('is taken up again'))
  assert.ok(taken.length > 1)
  assert.ok(!taken.includes('factors of the earlier part'), 'a finished step was done again')
  assert.deepEqual(
    await weights(world.folder, 'factors', 2),
    await weights(world.folder, 'factors', 1),
  )
})

test('what cannot be trained so is refused with the range, and no job is made', async () => {
  await using world = await openWorld({ settings })
  const { engine } = world
  const refused = (wanted: object, message: RegExp) =>
    assert.rejects(engine.startJob({ kind: 'ranker', ...wanted }), message)
  await refused({ kind: 'oracle' }, /nothing of kind oracle can be trained; there are ranker/)
  await refused(
    { settings: { dims: 1 } },
    /settings.dims 1 must be a whole number >= 2 and <= 1024/,
  )
  await refused({ settings: { dim: 8 } }, /settings.dim is not known; there are dims, /)
  await refused({ memoryMb: 4 }, /memoryMb 4 must be a whole number >= 128/)
  await refused({ source: 'file' }, /source file is none that ranker learns from: log/)
  assert.deepEqual(await engine.jobs(), [])
})

test('a job is cancelled by whoever asks, and the engine serves on', async () => {
  await using world = await openWorld({ settings })
  await plant(world.engine)
  const { id } = await world.engine.startJob({ kind: 'ranker', by: 'olga' })
  await until(() => world.engine.status().events > 0)
  const cancelled = await world.engine.cancelJob(id, 'otto')
  assert.deepEqual([cancelled.status, cancelled.trouble], ['cancelled', 'cancelled by otto'])
  assert.deepEqual(await world.engine.models(), [])
  assert.equal((await world.page('u1')).items.length, 10)
})
