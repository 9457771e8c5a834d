import { join } from 'node:path'
import { startChild } from '../harness/child.ts'
import type { Figure } from '../harness/figure.ts'
import type { FilledMemory, Filling } from '../harness/filling.ts'
import { memoryOf } from '../harness/memory.ts'
import { startStarling } from '../harness/starling.ts'
import type { Run, Target } from '../harness/target.ts'

const wholeCount = 1_000_000

/**
 * What a million items with vectors and a million users with a past take, beside the raw bytes of
 * the same. All of it is put in where `--full` asks for what takes tens of minutes. Otherwise it is
 * measured at two sizes and extended along the line through both: at sizes at which the cache of
 * values and the database of the lake are full, since until then they grow with the rows.
 */
export const memory: Target = {
  number: 6,
  name: 'memory of a million items and a million users',
  async measure(run) {
    return [run.quick ? await smoke(run) : await measured(run), await idle(run)]
  },
}

async function measured(run: Run): Promise<Figure> {
  const counts = run.full ? [wholeCount] : [40_000, 120_000]
  const fillings: Filled[] = []
  for (const count of counts) fillings.push(await filled(run, count))
  const [small, large] = [fillings[0]!, fillings.at(-1)!]
  const at = (of: (filling: Filled) => number): number => {
    if (small === large) return of(large)
    const perRow = (of(large) - of(small)) / (large.count - small.count)
    return of(small) + perRow * (wholeCount - small.count)
  }
  const [ownBytes, rawBytes] = [at((each) => each.memory.ownBytes), at((each) => each.rawBytes)]
  const sizes = counts.map((count) => count.toLocaleString('en')).join(' and ')
  const extended = `extrapolated from ${sizes} of each; the memory is that of the larger`
  return {
    target: 6,
    what: '1 M items × 64-d, 1 M users',
    value: ownBytes / 1e6,
    unit: 'MB',
    baseline: { what: 'raw bytes', value: rawBytes / 1e6 },
    judged: ownBytes / rawBytes,
    bound: { most: 2.5 },
    memory: large.memory,
    note: `${small === large ? 'all put in' : extended}; ${divided(large)}`,
  }
}

/** That filling and counting work; of a few thousand nothing follows for a million. */
async function smoke(run: Run): Promise<Figure> {
  const filling = await filled(run, 3_000)
  return {
    target: 6,
    what: `${filling.count.toLocaleString('en')} items × 64-d and users`,
    value: filling.memory.ownBytes / 1e6,
    unit: 'MB',
    judged: filling.memory.ownBytes / filling.rawBytes,
    memory: filling.memory,
    note: `mostly what is there before the first row: no figure for a million; ${divided(filling)}`,
  }
}

interface Filled {
  readonly count: number
  readonly rawBytes: number
  readonly memory: FilledMemory
}

function divided({ memory: { heapBytes, bufferBytes } }: Filled): string {
  const megabytes = (bytes: number): string => `${Math.round(bytes / 1e6)} MB`
  return `${megabytes(heapBytes)} alive on the heap, ${megabytes(bufferBytes)} in buffers`
}

async function filled({ folder, tell }: Run, count: number): Promise<Filled> {
  tell(`putting in ${count.toLocaleString('en')} items and users`)
  await using child = await startChild(new URL('../harness/filling.ts', import.meta.url), [
    ...['--folder', join(folder, String(count))],
  ])
  const rawBytes = await child.ask<number>({ itemCount: count, userCount: count } satisfies Filling)
  return { count, rawBytes, memory: await child.ask<FilledMemory>('memory') }
}

/** A server that has just been started over nothing. */
async function idle({ folder, tell }: Run): Promise<Figure> {
  tell('starting an idle server')
  await using server = await startStarling({
    script: ['bin/starling.mjs', 'serve'],
    folder: join(folder, 'idle'),
  })
  await server.says(/serves at/)
  await new Promise((resolve) => setTimeout(resolve, 3_000))
  const held = memoryOf(server.pid)
  const bytes = held.ownBytes + held.mappedBytes
  return {
    target: 6,
    what: 'idle server, all of its pages',
    value: bytes / 1e6,
    unit: 'MB',
    judged: bytes / 1e6,
    bound: { most: 250 },
    memory: held,
  }
}
