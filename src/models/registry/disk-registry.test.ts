import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, test } from 'node:test'
import { manualClock } from '../../events/clock.ts'
import type { Artifact } from '../model.ts'
import { openRegistry } from './disk-registry.ts'
import type { Registry } from './registry.ts'

const clock = manualClock(1_700_000_000_000)
let folder: string
let registry: Registry

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'starling-models-'))
  registry = await openRegistry(folder, clock)
})
afterEach(() => rm(folder, { recursive: true, force: true }))

function artifact(seed: number): Artifact {
  return { header: { kind: 'ials', dims: seed }, weights: Uint8Array.of(seed, 2, 3) }
}

async function publish(count: number): Promise<void> {
  for (let seed = 1; seed <= count; seed++) await registry.publish('items', artifact(seed))
}

async function serving(name = 'items'): Promise<number | undefined> {
  return (await registry.latest(name))?.version.version
}

test('what was published is served, also after opening anew', async () => {
  const published = await registry.publish('items', artifact(7), { metrics: { recall: 0.25 } })
  assert.deepEqual(published, {
    name: 'items',
    version: 1,
    status: 'ready',
    kind: 'ials',
    publishedAt: clock.now(),
    metrics: { recall: 0.25 },
    sizeBytes: 3,
  })
  const again = await (await openRegistry(folder, clock)).latest('items')
  assert.deepEqual(again?.version, published)
  assert.deepEqual(again.artifact.header, artifact(7).header)
  assert.deepEqual([...again.artifact.weights], [7, 2, 3])
  assert.deepEqual(again.passedOver, [])
})

test('the largest version serves, by number and not by name', async () => {
  await publish(11)
  assert.equal(await serving(), 11)
  assert.deepEqual(
    (await registry.list('items')).map(({ version }) => version),
    [11, 10, 9, 8, 7],
  )
})

test('nothing published is nothing served', async () => {
  assert.equal(await registry.latest('items'), undefined)
  assert.deepEqual(await registry.list(), [])
})

test('a version whose bytes changed is passed over with a note, whichever file it is', async () => {
  await publish(4)
  const weights = join(folder, 'items/4/weights.bin')
  await writeFile(weights, Uint8Array.of(4, 2, 99))
  const header = join(folder, 'items/3/header.json')
  await writeFile(header, (await readFile(header, 'utf8')).replace('"dims": 3', '"dims": 8'))
  await truncate(join(folder, 'items/2/sha256sums'), 10)
  const latest = await registry.latest('items')
  assert.equal(latest?.version.version, 1)
  assert.deepEqual(
    latest.passedOver.map(({ version }) => version),
    [4, 3, 2],
  )
  for (const { status, note } of latest.passedOver) {
    assert.equal(status, 'damaged')
    assert.match(note!, /do not match their checksums/)
  }
  await assert.rejects(registry.load('items', 4), { code: 'data_loss' })
  // The number of a damaged version is not given again.
  assert.equal((await registry.publish('items', artifact(5))).version, 5)
})

test('a version without its weights is passed over', async () => {
  await publish(2)
  await rm(join(folder, 'items/2/weights.bin'))
  assert.equal(await serving(), 1)
})

test('the checksums are those that sha256sum knows', async (context) => {
  await publish(1)
  try {
    execFileSync('sha256sum', ['--version'])
  } catch {
    return context.skip('no sha256sum here')
  }
  execFileSync('sha256sum', ['--check', 'sha256sums'], { cwd: join(folder, 'items/1') })
})

test('what a crash left behind is never served, and swept by the next publish', async () => {
  await publish(1)
  await mkdir(join(folder, 'items/.2'))
  await writeFile(join(folder, 'items/.2/header.json'), '{')
  assert.equal(await serving(), 1)
  await registry.publish('items', artifact(2))
  assert.deepEqual((await readdir(join(folder, 'items'))).sort(), ['1', '2'])
})

test('a rejected version does not serve, and says why', async () => {
  await publish(3)
  await registry.reject('items', 3, 'recall fell by a third')
  assert.equal(await serving(), 2)
  const [newest] = await registry.list('items')
  assert.equal(newest?.status, 'rejected')
  assert.equal(newest.note, 'recall fell by a third')
  assert.equal((await registry.load('items', 3)).header['dims'], 3)
  await assert.rejects(registry.reject('items', 9, 'no reason'), { code: 'not_found' })
})

test('rolling back goes one version back at a time, but never to none', async () => {
  await publish(3)
  assert.equal((await registry.rollback('items')).version, 2)
  assert.equal((await registry.rollback('items')).version, 1)
  await assert.rejects(registry.rollback('items'), { code: 'failed_precondition' })
  assert.equal(await serving(), 1)
  await registry.publish('items', artifact(4))
  assert.equal(await serving(), 4)
})

test('old versions go, but neither the last that can serve nor room for it', async () => {
  registry = await openRegistry(folder, clock, { keep: 2 })
  await publish(3)
  assert.deepEqual((await readdir(join(folder, 'items'))).sort(), ['2', '3'])
  for (let round = 0; round < 4; round++) {
    const { version } = await registry.publish('items', artifact(9))
    await registry.reject('items', version, 'worse')
  }
  await registry.publish('items', artifact(10))
  const versions = (await registry.list('items')).map(({ version, status }) => [version, status])
  assert.deepEqual(versions, [
    [8, 'ready'],
    [7, 'rejected'],
    [6, 'rejected'],
    [3, 'ready'],
  ])
})

test('models published at once get a number each', async () => {
  const seeds = [1, 2, 3, 4]
  const published = await Promise.all(
    seeds.map((seed) => registry.publish('items', artifact(seed))),
  )
  assert.deepEqual(
    published.map(({ version }) => version),
    seeds,
  )
  assert.deepEqual([...(await registry.latest('items'))!.artifact.weights], [4, 2, 3])
})

test('names are apart, and cannot leave the folder', async () => {
  await registry.publish('ranker', artifact(1))
  await publish(1)
  const names = (await registry.list()).map(({ name }) => name)
  assert.deepEqual(names, ['items', 'ranker'])
  for (const name of ['', '..', '../other', 'A', '-a', '.hidden']) {
    await assert.rejects(registry.publish(name, artifact(1)), { code: 'invalid_argument' })
    await assert.rejects(registry.latest(name), { code: 'invalid_argument' })
  }
})

test('a folder copied under another name is not taken for it', async () => {
  await publish(2)
  const copy = join(folder, 'items/3')
  await mkdir(copy)
  for (const file of ['header.json', 'weights.bin', 'sha256sums']) {
    await writeFile(join(copy, file), await readFile(join(folder, 'items/2', file)))
  }
  const latest = await registry.latest('items')
  assert.equal(latest?.version.version, 2)
  assert.match(latest.passedOver[0]!.note!, /published as items\/2/)
})

test('what cannot be stored is refused', async () => {
  const metrics = { recall: Number.NaN }
  const publishing = registry.publish('items', artifact(1), { metrics })
  await assert.rejects(publishing, /metrics.recall NaN must be finite/)
  await assert.rejects(openRegistry(folder, clock, { keep: 0 }), /keep 0 must be/)
  await writeFile(join(folder, 'file'), '')
  await assert.rejects(openRegistry(join(folder, 'file'), clock), { code: 'unavailable' })
})

test('a folder that cannot be written is the operator’s', async (context) => {
  if (process.getuid?.() === 0) return context.skip('root may write anywhere')
  await chmod(folder, 0o500)
  await assert.rejects(openRegistry(folder, clock), { code: 'unavailable' })
  await assert.rejects(registry.publish('items', artifact(1)), { code: 'unavailable' })
  await chmod(folder, 0o700)
})
