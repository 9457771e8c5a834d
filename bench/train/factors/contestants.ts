import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gramOf } from '../../../src/kernel/linear/gram.ts'
import { foldInAll } from '../../../src/models/als/fold-in-all.ts'
import { fitIals } from '../../../src/models/als/ials.ts'
import { ialsModel } from '../../../src/models/als/ials-model.ts'
import { fitBpr } from '../../../src/models/bpr/bpr.ts'
import type { Interactions } from '../../../src/models/interactions.ts'
import { cpuUs } from '../../harness/cpu.ts'
import { median } from '../../harness/rounds.ts'
import type { PythonProcess } from '../python-process.ts'

/** What a pass took, and what was learned: vectors whose product tells what comes next. */
export interface Learned {
  readonly cpuSeconds: number
  readonly wallSeconds: number
  readonly width: number
  readonly users: Float32Array
  readonly items: Float32Array
}

/** A family on both sides, with the same settings. */
export interface Family {
  readonly name: 'iALS' | 'BPR'
  ours(train: Interactions, size: FitSize): Promise<Learned>
  theirs(
    process: PythonProcess,
    folder: string,
    train: Interactions,
    size: FitSize,
  ): Promise<Learned>
}

export interface FitSize {
  readonly dims: number
  readonly threads: number
  /** Over all that is learned from, the first of which warms up. */
  readonly passes: number
}

/** The median over passes, the first of which warms up. */
function timed() {
  const marks: { readonly cpu: number; readonly wall: number }[] = []
  return {
    mark(): void {
      marks.push({ cpu: cpuUs() / 1e6, wall: performance.now() / 1e3 })
    },
    seconds() {
      const steps = (of: 'cpu' | 'wall') =>
        marks.slice(1).map((mark, index) => mark[of] - marks[index]![of])
      return { cpuSeconds: median(steps('cpu')), wallSeconds: median(steps('wall')) }
    },
  }
}

async function vectorsIn(folder: string, name: string): Promise<Float32Array> {
  const bytes = await readFile(join(folder, `${name}.bin`))
  return new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length))
}

const ialsSettings = { alpha: 10, regularization: 5, frequencyPower: 0 }

export const ials: Family = {
  name: 'iALS',
  async ours(train, { dims, threads, passes }) {
    const { mark, seconds } = timed()
    const given = { ...ialsSettings, dims, sweeps: passes, threads, seed: 1 }
    const model = await fitIals(train, { ...given, onProgress: mark })
    const users = await foldInAll(model, train)
    return { ...seconds(), width: dims, users, items: model.items }
  },
  async theirs(python, folder, train, { dims, threads, passes }) {
    const asked = { kind: 'ials', dims, passes, threads, ...ialsSettings }
    const { cpuSeconds, wallSeconds } = await python.ask(asked)
    const items = await vectorsIn(folder, 'items')
    // Users solved anew on both sides, so that only what was learned of items is compared.
    const model = ialsModel({ ...ialsSettings, dims, items, gram: gramOf(items, dims) })
    const users = await foldInAll(model, train)
    return { cpuSeconds: cpuSeconds!, wallSeconds: wallSeconds!, width: dims, users, items }
  },
}

const bprSettings = { rate: 0.05, regularization: 0.01 }

export const bpr: Family = {
  name: 'BPR',
  async ours(train, { dims, threads, passes }) {
    const { mark, seconds } = timed()
    const model = await fitBpr(train, {
      ...{ ...bprSettings, dims: dims - 2, passes, threads, seed: 1 },
      // What implicit does.
      ...{ objective: 'pairwise', sampling: 'popularity', negatives: 1 },
      deviation: 0.29 / dims,
      onProgress: mark,
    })
    const { users, items } = model
    return { ...seconds(), width: dims - 1, users, items }
  },
  async theirs(python, folder, _train, { dims, threads, passes }) {
    // One of its numbers is the bias: as many in all as ours.
    const asked = { kind: 'bpr', dims: dims - 1, passes, threads, ...bprSettings }
    const { cpuSeconds, wallSeconds } = await python.ask(asked)
    const [users, items] = [await vectorsIn(folder, 'users'), await vectorsIn(folder, 'items')]
    return { cpuSeconds: cpuSeconds!, wallSeconds: wallSeconds!, width: dims, users, items }
  },
}
