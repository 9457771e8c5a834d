import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { createEngine } from '../../src/engine/create-engine.ts'
import type { OpenEngine } from '../../src/engine/engine-of.ts'
import { seededRandom } from '../../src/kernel/random.ts'
import { mlpFile, onnxFile } from '../../src/models/serving/onnx/onnx-file.suite.ts'
import { onnxRuntime, openSession } from '../../src/models/serving/onnx/runtime.ts'
import { serve } from '../../src/server/serve.ts'
import type { Figure } from '../harness/figure.ts'
import { memoryOf } from '../harness/memory.ts'
import { interleaved, median, quantile } from '../harness/rounds.ts'
import type { Target } from '../harness/target.ts'
import { deepLateness } from './deep-lateness.ts'

const rowCount = 500
const widths = [256, 128, 64, 1]
/** Ids of a NeuralCF: what a client sends there is small. */
const idCount = 30_000

/**
 * A network over 500 rows: as the runtime alone computes it, as the engine is asked for it in its
 * own process, and as a client asks over HTTP; and by how much everything else is late meanwhile.
 */
export const modelServing: Target = {
  number: 14,
  name: 'models over 500 rows',
  async measure({ quick, folder, tell }) {
    tell('writing models')
    const random = seededRandom('weights')
    const model = mlpFile(widths, () => (random.next() - 0.5) / 8)
    await served(folder, 'dense', model, { x: { length: widths[0]! } }, 'y')
    await served(folder, 'ids', idsModel(), ids, 'y')
    await using engine = await createEngine({ folder, retrain: false, lake: false })
    const serving = await serve({ engine, port: 0 })
    const base = `${serving.addresses[0]!}/v1/models`
    const values = Float32Array.from({ length: rowCount * widths[0]! }, () => random.next())
    const bare = await bareRun(model, values)
    const dense = new Map([['x', values]])
    const inProcess = () =>
      engine.predict({ model: 'dense', read: () => ({ rowCount, columns: dense }) })
    const rows = JSON.stringify({ inputs: { x: matrix(values, widths[0]!) } })
    const pairs = JSON.stringify({
      instances: Array.from({ length: rowCount }, (_, row) => ({ userId: 6, movieId: row + 1 })),
    })
    const calls = quick ? 50 : 200
    const contestants = {
      bare: () => times(calls, bare),
      inProcess: () => times(calls, inProcess),
      byIds: () => times(calls, () => post(`${base}/ids:predict`, pairs)),
      byNumbers: () => times(Math.ceil(calls / 10), () => post(`${base}/dense:predict`, rows)),
    }
    tell('asking')
    await interleaved(contestants, 1)
    const measured = await interleaved(contestants, quick ? 2 : 5)
    const baseline = { what: 'session.run alone', value: middle(measured.bare) }
    const figure = (what: string, rounds: readonly (readonly number[])[]): Figure => ({
      ...{ target: 14, what, value: middle(rounds), unit: 'ms', baseline },
      judged: middle(rounds),
      note: `p99 ${quantile(rounds.flat(), 0.99).toFixed(2)} ms`,
    })
    const shape = widths.join('-')
    const figures = [
      figure(`${rowCount} rows × ${shape} in the process`, measured.inProcess),
      figure(`${rowCount} rows of two ids over :predict`, measured.byIds),
      figure(
        `${rowCount} rows × ${shape} over :predict, a body of ${kb(rows)} KB`,
        measured.byNumbers,
      ),
      ...(await deepLateness(quick)),
      { ...(await lateness(engine, values)), memory: memoryOf() },
    ]
    await serving.close()
    return figures
  },
}

const middle = (rounds: readonly (readonly number[])[]): number => median(rounds.map(median))

const kb = (text: string): number => Math.round(text.length / 1_024)

const ids = {
  userId: { dtype: 'int64', size: idCount, input: 'user' },
  movieId: { dtype: 'int64', size: idCount, input: 'item' },
}

/** The smallest model of two ids there is: its cost is that of asking. */
function idsModel(): Uint8Array {
  const cast = (from: string, to: string) => ({
    ...{ operator: 'Cast', inputs: [from], outputs: [to], ints: { to: 1 } },
  })
  return onnxFile({
    nodes: [
      ...[cast('user', 'one'), cast('item', 'other')],
      { operator: 'Add', inputs: ['one', 'other'], outputs: ['y'] },
    ],
    inputs: ['user', 'item'].map((name) => ({ name, type: 'int64', shape: ['rows'] })),
    outputs: [{ name: 'y', type: 'float32', shape: ['rows'] }],
  })
}

async function served(
  folder: string,
  name: string,
  model: Uint8Array,
  inputs: object,
  output: string,
): Promise<void> {
  const version = join(folder, 'served', name, '1')
  await mkdir(version, { recursive: true })
  await writeFile(join(version, 'model.onnx'), model)
  const manifest = { inputs, outputs: { score: { output } } }
  await writeFile(join(version, 'manifest.json'), JSON.stringify(manifest))
}

/** The least that any way of asking can take. */
async function bareRun(model: Uint8Array, values: Float32Array): Promise<() => Promise<void>> {
  const session = await openSession(model)
  const { Tensor } = await onnxRuntime()
  const feeds = { x: new Tensor('float32', values, [rowCount, widths[0]!]) }
  return async () => void (await session.run(feeds))
}

/** By how much a timer is late while runs of 16,000 rows follow one another. */
async function lateness(engine: OpenEngine, values: Float32Array): Promise<Figure> {
  const large = 32 * rowCount
  const columns = new Map([['x', new Float32Array(large * widths[0]!)]])
  columns.get('x')!.set(values)
  const run = () => engine.predict({ model: 'dense', read: () => ({ rowCount: large, columns }) })
  // The first of them has the thread load the model.
  await run()
  const delay = monitorEventLoopDelay({ resolution: 1 })
  delay.enable()
  const took = await times(20, run)
  delay.disable()
  return {
    target: 14,
    what: `event loop, while ${large} rows are scored at a time`,
    value: delay.percentile(50) / 1e6,
    unit: 'ms late',
    baseline: { what: 'one such run', value: median(took) },
    judged: delay.percentile(99) / 1e6,
    note: `p99 ${(delay.percentile(99) / 1e6).toFixed(1)} ms late`,
  }
}

async function times(count: number, call: () => Promise<unknown>): Promise<readonly number[]> {
  const taken: number[] = []
  for (let turn = 0; turn < count; turn++) {
    const startedMs = performance.now()
    await call()
    taken.push(performance.now() - startedMs)
  }
  return taken
}

async function post(url: string, body: string): Promise<void> {
  const response = await fetch(url, { method: 'POST', body })
  if (response.status !== 200) throw new Error(`${url}: ${await response.text()}`)
  await response.arrayBuffer()
}

function matrix(values: Float32Array, width: number): number[][] {
  return Array.from({ length: values.length / width }, (_, row) =>
    Array.from(values.subarray(row * width, (row + 1) * width), (value) =>
      Number(value.toFixed(4)),
    ),
  )
}
