import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { StarlingError } from '../../../error.ts'
import { manualClock } from '../../../events/clock.ts'
import type { Outcome } from '../kinds/kind.ts'
import {
  atPace,
  type Checkpoints,
  checkpointNames,
  checkpointsIn,
  checkpointsOf,
} from './checkpoints.ts'
import type { RunJob } from './job-performer.ts'
import { openJobShelf } from './job-shelf.ts'
import { type Jobs, type JobWish, openJobs } from './jobs.ts'

const outcome: Outcome = { promoted: true, version: '1', verdict: 'good', metrics: { auc: 0.7 } }
const wish: JobWish = {
  ...{ kind: 'ranker', settings: { l2: 10 }, source: 'log', memoryMb: 512, by: 'olga' },
}

/** Jobs in a folder of their own, run by the function that is given. */
async function world(t: { after(work: () => Promise<void>): void }, run: RunJob, workers = 1) {
  const folder = await mkdtemp(join(tmpdir(), 'starling-jobs-'))
  const clock = manualClock(1_700_000_000_000)
  const opened: Jobs[] = []
  t.after(async () => {
    for (const each of opened) await each[Symbol.asyncDispose]()
    await rm(folder, { recursive: true, force: true })
  })
  const open = async (as: RunJob = run): Promise<Jobs> => {
    const onTrouble = (what: string, error: unknown): void => assert.fail(`${what}: ${error}`)
    const shelf = await openJobShelf(folder)
    const jobs = openJobs({
      shelf,
      run: as,
      clock,
      workers,
      onProgress: () => undefined,
      onTrouble,
    })
    opened.push(jobs)
    return jobs
  }
  return { folder, clock, open }
}

/** Runs until it is let go or stopped. */
function held() {
  const releases = new Map<string, () => void>()
  const begun: string[] = []
  const run: RunJob = (job, hooks, signal) =>
    new Promise((resolve, reject) => {
      begun.push(job.id)
      hooks.onProgress('samples', 0.5)
      signal.addEventListener('abort', () => reject(signal.reason))
      releases.set(job.id, () => resolve({ model: 'ranker', outcome }))
    })
  return { run, begun, release: (id: string) => releases.get(id)!() }
}

/** Waits for what happens behind a disk; whatever is asserted next says what was missing. */
async function until(holds: () => boolean): Promise<void> {
  for (let turn = 0; turn < 1_000 && !holds(); turn++) {
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}

test('a job is written down, runs, tells where it is, and is kept with what came of it', async (t) => {
  const { run, release } = held()
  const { open, clock } = await world(t, run)
  const jobs = await open()
  const { id, status, attempts } = await jobs.start(wish)
  assert.deepEqual([id, status, attempts], ['1', 'queued', 0])
  await until(() => jobs.get(id).progress !== undefined)
  const running = jobs.get(id)
  assert.equal(running.status, 'running')
  assert.deepEqual(running.progress, { step: 'samples', share: 0.5 })
  assert.ok(running.delay!.maxMs >= running.delay!.p50Ms)
  clock.advance(5_000)
  release(id)
  const job = await jobs.over(id)
  assert.equal(job.status, 'done')
  assert.deepEqual(job.result!.metrics, { auc: 0.7 })
  assert.equal(job.endedAt! - job.startedAt!, 5_000)
  const lines = (await jobs.lines(id, 10)).map(({ line }) => line)
  assert.deepEqual(lines, ['begins', 'samples', 'good'])
  assert.deepEqual((await open()).get(id).result, job.result)
})

test('so many run at a time, the others in the order in which they were asked for', async (t) => {
  const { run, begun, release } = held()
  const jobs = await (await world(t, run, 2)).open()
  for (let count = 0; count < 4; count++) await jobs.start(wish)
  await until(() => begun.length === 2)
  assert.deepEqual(begun, ['1', '2'])
  release('2')
  await jobs.over('2')
  await until(() => begun.length === 3)
  assert.deepEqual(begun, ['1', '2', '3'])
  assert.deepEqual(
    jobs.list().map(({ status }) => status),
    ['queued', 'running', 'done', 'running'],
  )
})

test('a job is cancelled in the line or at work, and not after it is over', async (t) => {
  const { run, begun } = held()
  const jobs = await (await world(t, run)).open()
  await jobs.start(wish)
  await jobs.start(wish)
  await until(() => begun.length === 1)
  assert.equal((await jobs.cancel('2', 'otto')).status, 'cancelled')
  const first = await jobs.cancel('1', 'otto')
  assert.deepEqual([first.status, first.trouble], ['cancelled', 'cancelled by otto'])
  assert.deepEqual(begun, ['1'])
  await assert.rejects(jobs.cancel('1', 'otto'), { code: 'failed_precondition' })
  await assert.rejects(jobs.cancel('9', 'otto'), { code: 'not_found' })
})

test('a job that fails says why, and the next one runs', async (t) => {
  const run: RunJob = async ({ id }) => {
    if (id === '1') throw new StarlingError('resource_exhausted', 'took too much')
    return { model: 'ranker', outcome }
  }
  const jobs = await (await world(t, run)).open()
  await jobs.start(wish)
  await jobs.start(wish)
  const [failed, done] = [await jobs.over('1'), await jobs.over('2')]
  assert.deepEqual([failed.status, failed.code], ['failed', 'resource_exhausted'])
  assert.match(failed.trouble!, /took too much/)
  assert.equal(done.status, 'done')
})

test('what a closing engine leaves is taken up by the next, with its steps and its place', async (t) => {
  const seen: (number | undefined)[] = []
  const { run, begun } = held()
  const first: RunJob = async (job, hooks, signal) => {
    await hooks.onThrough(42, 'seed')
    return run(job, hooks, signal)
  }
  const { open, folder } = await world(t, first)
  const jobs = await open()
  await jobs.start(wish)
  await until(() => begun.length === 1)
  const step = { header: { kind: 'step' }, weights: Uint8Array.of(1, 2, 3) }
  await checkpointsIn(join(folder, '1', 'checkpoints')).write('half', step)
  const waiting = assert.rejects(jobs.over('1'), { code: 'canceled' })
  await jobs[Symbol.asyncDispose]()
  await waiting
  const next = await open(async (job) => {
    seen.push(job.through)
    const kept = await checkpointsIn(join(folder, '1', 'checkpoints')).read('half')
    assert.deepEqual(kept, step)
    return { model: 'ranker', outcome }
  })
  assert.equal(next.get('1').status, 'queued')
  next.resume()
  const job = await next.over('1')
  assert.deepEqual([job.status, job.seed, job.attempts], ['done', 'seed', 1])
  assert.deepEqual(seen, [42])
  assert.deepEqual(await checkpointNames(join(folder, '1', 'checkpoints')), [])
})

test('a job that ended its process three times is not begun again', async (t) => {
  const { open, folder } = await world(t, async () => ({ model: 'ranker', outcome }))
  const jobs = await open()
  await jobs.start(wish)
  const { id } = await jobs.over('1')
  const file = join(folder, id, 'job.json')
  // As a killed process leaves it.
  const crashed = { ...JSON.parse(await readFile(file, 'utf8')), status: 'running', attempts: 3 }
  await writeFile(file, JSON.stringify(crashed))
  const again = await open()
  again.resume()
  const job = await again.over('1')
  assert.equal(job.status, 'failed')
  assert.match(job.trouble!, /it was begun 3 times/)
})

test('where somebody is erased, what is being learned begins from nothing', async (t) => {
  const throughs: (number | undefined)[] = []
  const { run, begun, release } = held()
  const { open, folder } = await world(t, async (job, hooks, signal) => {
    throughs.push(job.through)
    await hooks.onThrough(7 + throughs.length, 'seed')
    return run(job, hooks, signal)
  })
  const jobs = await open()
  await jobs.start(wish)
  await until(() => begun.length === 1)
  const step = { header: { kind: 'step' }, weights: new Uint8Array() }
  await checkpointsIn(join(folder, '1', 'checkpoints')).write('half', step)
  await jobs.restart('somebody was erased')
  await until(() => throughs.length === 2)
  assert.deepEqual(await checkpointNames(join(folder, '1', 'checkpoints')), [])
  await until(() => begun.length === 2)
  release('1')
  assert.equal((await jobs.over('1')).through, 9)
  assert.deepEqual(throughs, [undefined, undefined])
})

test('checkpoints are due so seldom that writing takes a tenth of the time', async () => {
  let nowMs = 0
  const written: string[] = []
  const slow: Checkpoints = {
    read: async () => undefined,
    async write(name) {
      written.push(`${name} at ${nowMs}`)
      nowMs += 50
    },
  }
  const paced = checkpointsOf(
    'all',
    atPace(slow, () => nowMs),
  )
  for (let round = 1; round <= 30; round++) {
    nowMs += 100
    if (paced.isDue?.())
      await paced.write('sweeps', { header: { kind: 'x' }, weights: new Uint8Array() })
  }
  assert.deepEqual(written.slice(0, 3), [
    'all.sweeps at 100',
    'all.sweeps at 650',
    'all.sweeps at 1200',
  ])
})

test('a checkpoint that is damaged counts as one that was never written', async (t) => {
  const { folder } = await world(t, async () => ({ model: '', outcome }))
  const checkpoints = checkpointsIn(folder)
  const step = { header: { kind: 'step', dims: 3 }, weights: Uint8Array.of(9, 8, 7) }
  await checkpoints.write('factors-12', step)
  assert.deepEqual(await checkpoints.read('factors-12'), step)
  const bytes = await readFile(join(folder, 'factors-12'))
  for (let place = 0; place < bytes.length; place++) {
    const damaged = Buffer.from(bytes)
    damaged[place]! ^= 1
    await writeFile(join(folder, 'factors-12'), damaged)
    assert.equal(await checkpoints.read('factors-12'), undefined, `byte ${place}`)
  }
  await assert.rejects(checkpoints.read('../secret'), { code: 'invalid_argument' })
})
