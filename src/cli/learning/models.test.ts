import assert from 'node:assert/strict'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { systemClock } from '../../events/clock.ts'
import { openSession } from '../../models/graph/onnx/session.ts'
import { logisticModel } from '../../models/logistic/logistic-model.ts'
import { openRegistry } from '../../models/registry/disk-registry.ts'
import { modelsCommand } from './models.ts'

/** A model of one feature, with this bias. */
const ranker = (bias: number) => {
  const one = Float64Array.of(1)
  const scales = { absent: Float64Array.of(Number.NaN), mean: one, deviation: one }
  return logisticModel({ ...scales, features: ['age'], bias, slope: one, ifAbsent: one }).save()
}

test('a ranker of the registry is written as ONNX, the one that serves unless told', async () => {
  const home = await mkdtemp(join(tmpdir(), 'starling-models-'))
  try {
    let said = ''
    const run = (positionals: readonly string[], values: Record<string, string> = {}) =>
      modelsCommand.run({
        ...{ values: { home, ...values }, positionals, signal: new AbortController().signal },
        terminal: { print: (text) => (said = text), tell: () => {}, progress: () => {} },
      })
    const file = join(home, 'ranker.onnx')
    const wrong = (words: readonly string[], code: string, message: RegExp) =>
      assert.rejects(run(['export', ...words]), { code, message })
    await wrong(['ranker', file], 'not_found', /nothing was learned yet/)
    assert.deepEqual(await readdir(home), [], 'nothing is made where nothing was')

    const registry = await openRegistry(join(home, 'models'), systemClock)
    await registry.publish('ranker', ranker(0))
    await registry.publish('ranker', ranker(1))
    const chance = async (): Promise<number> => {
      await using session = await openSession(await readFile(file))
      const [data, found] = [Float32Array.of(1), new Float32Array(1)]
      const shape = [1, 1]
      const inputs = new Map([['age', { data, shape }]])
      await session.bind(inputs, new Map([['action', { data: found, shape }]]))()
      return found[0]!
    }
    assert.equal(await run(['export', 'ranker', file]), 0)
    assert.match(said, /^ranker 2: \d+ bytes in .*ranker\.onnx$/)
    assert.ok(Math.abs((await chance()) - 1 / (1 + Math.exp(-1))) < 1e-6)
    assert.equal(await run(['export', 'ranker', file], { version: '1' }), 0)
    assert.equal(await chance(), 0.5)

    await wrong(['ranker'], 'invalid_argument', /name of a ranker and one file/)
    await wrong(['rankr', file], 'not_found', /no model rankr serves; there are ranker/)
  } finally {
    await rm(home, { recursive: true })
  }
})
