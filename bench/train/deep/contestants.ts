import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { seededRandom } from '../../../src/kernel/random.ts'
import { deepFm } from '../../../src/models/deep/deep-fm.ts'
import { din } from '../../../src/models/deep/din.ts'
import type { Family } from '../../../src/models/deep/network/family.ts'
import { openCourse } from '../../../src/models/deep/training/course.ts'
import { fitSettings } from '../../../src/models/deep/training/fit-settings.ts'
import type { Descent } from '../../../src/models/graph/training/descent.ts'
import type { Lesson } from '../../../src/models/graph/training/epochs.ts'
import type { RankingData } from '../../../src/models/ranking/ranker.ts'
import { openAttention } from '../../../src/models/sequential/self-attention.ts'
import { cpuUs } from '../../harness/cpu.ts'
import type { BenchRows } from './rows.ts'

export type DeepModel = 'DeepFM' | 'DIN' | 'SASRec'

/** So many steps further: what they cost, and their mean loss. */
export interface Steps {
  readonly cpuSeconds: number
  readonly wallSeconds: number
  readonly loss: number
}

export interface Contestant extends AsyncDisposable {
  steps(model: DeepModel, batch: number, count: number): Promise<Steps>
}

/** Layers as python/deep_rankers.py has them. */
const deepFmSettings = { ...deepFm.defaults, width: 16, hidden: [400, 400] }
const dinSettings = {
  ...din.defaults,
  ...{ width: 32, attention: [80, 40], hidden: [200, 80], activation: 'relu' as const },
}

const sasRecSettings = {
  ...{ length: 50, dims: 64, blocks: 2, heads: 1, dropout: 0.2, negatives: 256 },
  ...{ loss: 'softmax' as const, rate: 1e-3, seed: 1 },
}

const openings: Readonly<Record<DeepModel, (rows: BenchRows, batch: number) => Promise<Course>>> = {
  DeepFM: ({ deepFm: data }, batch) => opening(deepFm, deepFmSettings, data, batch),
  DIN: ({ din: data }, batch) => opening(din, dinSettings, data, batch),
  async SASRec({ sequences: train }, batch) {
    const { descent, lesson } = await openAttention({ train }, { ...sasRecSettings, batch })
    return stepping(descent, lesson, batch)
  },
}

/** What a fit does, batches included, step by step. */
export function starling(rows: BenchRows): Contestant {
  const courses = new Map<string, Promise<Course>>()
  return {
    async steps(model, batch, count) {
      const name = `${model} ${batch}`
      const opened = courses.get(name) ?? openings[model](rows, batch)
      courses.set(name, opened)
      const step = await opened
      const [cpu, began] = [cpuUs(), performance.now()]
      let sum = 0
      for (let index = 0; index < count; index++) sum += await step()
      const cpuSeconds = (cpuUs() - cpu) / 1e6
      const wallSeconds = (performance.now() - began) / 1_000
      return { cpuSeconds, wallSeconds, loss: sum / count }
    },
    async [Symbol.asyncDispose]() {},
  }
}

/** One step further; gives its loss. */
type Course = () => Promise<number>

async function opening<S>(
  family: Family<S>,
  settings: S,
  data: RankingData,
  batch: number,
): Promise<Course> {
  const fit = { ...fitSettings, batch, tableUpdate: 'touched' as const }
  const { descent, lesson } = await openCourse({ family, settings, fit, data, run: { seed: 1 } })
  return stepping(descent, lesson, batch)
}

function stepping(descent: Descent, lesson: Lesson, batch: number): Course {
  const random = seededRandom('order')
  const order = Uint32Array.from({ length: lesson.rowCount }, (_, row) => row)
  let at = order.length
  return async () => {
    if (at + batch > order.length) {
      at = 0
      for (let last = order.length - 1; last > 0; last--) {
        const other = random.below(last + 1)
        ;[order[last], order[other]] = [order[other]!, order[last]!]
      }
    }
    lesson.fill(order.subarray(at, at + batch), random)
    at += batch
    return descent.step()
  }
}

/** PyTorch on one thread, in a process of its own, over the rows saved in a folder. */
export async function pytorch(
  python: string,
  folder: string,
): Promise<Contestant & { version: string }> {
  const script = join(import.meta.dirname, '../python/deep_rankers.py')
  const env = { ...process.env, OMP_NUM_THREADS: '1', MKL_NUM_THREADS: '1' }
  const child: ChildProcess = spawn(python, [script, folder], {
    env,
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const lines = createInterface({ input: child.stdout! })[Symbol.asyncIterator]()
  const answer = async (): Promise<unknown> => {
    const { value, done } = await lines.next()
    if (done) throw new Error('the other side ended before it answered')
    return JSON.parse(value)
  }
  const { version } = (await answer()) as { version: string }
  return {
    version,
    async steps(model, batch, steps) {
      child.stdin!.write(`${JSON.stringify({ model, batch, steps })}\n`)
      return (await answer()) as Steps // The script answers with just these.
    },
    async [Symbol.asyncDispose]() {
      child.stdin!.end()
      if (child.exitCode === null) await once(child, 'exit')
    },
  }
}
