import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { plantedLog } from '../../src/engine/training/planted-log.suite.ts'
import { manualClock, systemClock } from '../../src/events/clock.ts'
import type { Event } from '../../src/events/event.ts'
import { openRegistry } from '../../src/models/registry/disk-registry.ts'
import { openWorld } from '../stories/world.ts'

test('thousands of pages are made while models are trained and swapped, and none fails', async () => {
  const settings = { dims: 8, sweeps: 5, groupCount: 600 }
  await using world = await openWorld({ settings, training: { online: true } })
  const { engine } = world
  const events: Event[] = []
  for await (const batch of plantedLog(1_200).read(0)) {
    for (const { event } of batch) if (event !== undefined) events.push(event)
  }
  await engine.record(events)
  const { promoted, reason } = await engine.train('ranker')
  assert.ok(promoted, reason)
  // While a job runs it alone may publish: what is swapped is there before.
  const models = join(world.folder, 'models')
  const registry = await openRegistry(models, manualClock(1), { keep: 40 })
  const artifact = await registry.load('ranker', 1)
  const waiting: number[] = []
  for (let count = 0; count < 6; count++) {
    const { version } = await registry.publish('ranker', artifact, {}, { held: true })
    waiting.push(version)
  }

  let [pages, swaps, done] = [0, 0, false]
  const trouble: string[] = []
  const crowd = Array.from({ length: 2 }, async (_, reader) => {
    while (!done || pages < 2_000) {
      const page = await world.page(`u${(pages + reader) % 40}`, { scene: 'top' })
      if (page.items.length !== 10 || page.degraded) trouble.push(page.degraded ?? 'a short page')
      pages++
      // A crowd that never rests leaves no turn to whoever swaps.
      await sleep(1)
    }
  })
  const { id } = await engine.startJob({ kind: 'ease' })
  try {
    for (const version of waiting) {
      await engine.promoteModel({ model: 'ranker', version, by: 'olga' })
      await engine.rollbackModel({ model: 'ranker', by: 'olga' })
      swaps += 2
    }
    while (['queued', 'running'].includes((await engine.job(id)).status)) await sleep(20)
    await engine.keepUp()
  } finally {
    done = true
    await Promise.all(crowd)
  }
  const job = await engine.job(id)
  assert.equal(job.status, 'done', job.trouble)
  assert.deepEqual(trouble, [])
  assert.ok(pages >= 2_000 && swaps === 12, `${pages} pages, ${swaps} swaps`)
  // Pages were made all the while: the thread was measured, and it was not the job that held it.
  assert.ok(job.delay!.sampleCount > 10, JSON.stringify(job.delay))
  const told = (await engine.release('ranker')).steps.map(({ step }) => step)
  assert.ok(told.filter((step) => step === 'rolled-back').length >= 6)
})

test('a registry is sound whenever its writer is killed', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'starling-kill-'))
  t.after(() => rm(folder, { recursive: true, force: true }))
  const module = new URL('../../src/models/registry/disk-registry.ts', import.meta.url).href
  const script = `
    import { openRegistry } from ${JSON.stringify(module)}
    const registry = await openRegistry(process.argv[1], { now: () => 1 })
    for (let held = false; ; held = !held) {
      const weights = new Uint8Array(300_000).fill(7)
      const artifact = { header: { kind: 'ials' }, weights }
      const { version } = await registry.publish('items', artifact, {}, { held })
      process.stdout.write(version + '\\n')
    }`
  let told = 0
  for (let kill = 0; kill < 12; kill++) {
    const args = ['--import', 'tsx', '--input-type=module', '-e', script, folder]
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
    child.stdout.on('data', (lines: Buffer) => {
      told = Math.max(told, ...lines.toString().trim().split('\n').map(Number))
    })
    await once(child.stdout, 'data')
    await sleep(7 * kill)
    child.kill('SIGKILL')
    await once(child, 'close')
    const registry = await openRegistry(folder, systemClock)
    const versions = await registry.list('items')
    assert.deepEqual(
      versions.filter(({ status }) => status === 'damaged'),
      [],
    )
    // What was acknowledged is there.
    assert.ok(versions[0]!.version >= told, `${versions[0]!.version} of ${told}`)
    assert.equal((await registry.latest('items'))!.artifact.weights.length, 300_000)
  }
})
