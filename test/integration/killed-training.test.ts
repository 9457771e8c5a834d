import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { checkpointNames, checkpointsIn } from '../../src/engine/training/jobs/checkpoints.ts'
import { filmsOf, genres, openWorld, trained, until, type World } from '../stories/world.ts'

/** Forty people who keep to one genre each, and go through it. */
async function worldWithTastes(): Promise<World> {
  const world = await openWorld()
  for (let step = 0; step < 12; step++) {
    const likes = genres.flatMap((genre, index) =>
      Array.from({ length: 10 }, (_, n) => {
        const films = filmsOf(genre)
        return { type: 'like', user: `${genre}-${n}`, item: films[(step + n * 3 + index) % 15]! }
      }),
    )
    await world.engine.track(likes)
    world.clock.advance(60_000)
  }
  return world
}

const weights = (folder: string, version: number) =>
  readFile(join(folder, 'models', 'bpr', String(version), 'weights.bin'))

test('a fit that is killed between two passes goes on with the next, to the same bits', async () => {
  await using world = await worldWithTastes()
  const wanted = { kind: 'bpr', settings: { passes: 3_000, dims: 64 }, seed: 'same', by: 'olga' }
  const whole = await trained(world, wanted)
  assert.equal(whole.result?.promoted, true, whole.result?.reason ?? whole.trouble)

  const { id } = await world.engine.startJob(wanted)
  const checkpoints = join(world.folder, 'jobs', id, 'checkpoints')
  const at = async () => (await world.engine.job(id)).progress
  let seen = await at()
  while (!(seen !== undefined && seen.step === 'bpr' && seen.share > 0.4)) {
    await new Promise((resolve) => setTimeout(resolve, 2))
    seen = await at()
  }
  await world.close()
  const kept = await checkpointNames(checkpoints)
  assert.deepEqual(kept, ['all.bpr-passes', 'earlier', 'earlier.bpr-passes'])
  const { header } = (await checkpointsIn(checkpoints).read('all.bpr-passes'))!
  await world.reopen({ retrain: true })
  let first = await at()
  await until(() => {
    void at().then((now) => {
      first ??= now
    })
    return first !== undefined
  })
  // The earlier part is a finished step, and no pass that was kept is made again.
  assert.equal(first?.step, 'bpr')
  assert.ok(first!.share > Number(header['rounds']) / 3_000, `began again at ${first!.share}`)
  while ((await world.engine.job(id)).status === 'running') {
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  const resumed = await world.engine.job(id)
  assert.equal(resumed.status, 'done', resumed.trouble)
  assert.deepEqual(resumed.result!.metrics['ndcg@20'], whole.result!.metrics['ndcg@20'])
  assert.deepEqual(await weights(world.folder, 2), await weights(world.folder, 1))
  let left: readonly string[] = kept
  await until(() => {
    void checkpointNames(checkpoints).then((names) => {
      left = names
    })
    return left.length === 0
  })
  assert.deepEqual(left, [])
})

test('a job says what it would need before it takes it, where that is more than it may', async () => {
  await using world = await openWorld()
  const films = Array.from({ length: 3_000 }, (_, n) => ({ id: `extra-${n}`, attributes: {} }))
  await world.engine.putItems(films)
  const people = Array.from({ length: 30 }, (_, n) => `u${n}`)
  await world.like(people, filmsOf('space').slice(0, 4))
  const job = await trained(world, { kind: 'ease', memoryMb: 128 })
  assert.deepEqual([job.status, job.code], ['failed', 'resource_exhausted'])
  assert.match(
    job.trouble!,
    /a matrix of 3060 by 3060 items would take 143 MB beside the \d+ MB held so far, and the job/,
  )
  assert.match(job.trouble!, /may take 128 MB: raise memoryMb, or let it learn from less/)
  assert.equal((await world.page('u1')).items.length, 10)
})
