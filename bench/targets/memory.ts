import { join } from 'node:path'
import { startChild } from '../harness/child.ts'
import type { Figure, Memory } from '../harness/figure.ts'
import type { Filling } from '../harness/filling.ts'
import { memoryOf } from '../harness/memory.ts'
import { startStarling } from '../harness/starling.ts'
import type { Run, Target } from '../harness/target.ts'

const wholeCount = 1_000_000

/**
 * What a million items with vectors and a million users with a past take, beside the raw bytes of
 * the same. Measured at two sizes and extended along the line through both: putting in all of it
 * takes longer than a benchmark may.
 */
export const memory: Target = {
  number: 6,
  name: 'memory of a million items and a million users',
  async measure(run) {
    const counts = run.quick ? [2_000, 5_000] : [30_000, 100_000]
    const [small, large] = [await filled(run, counts[0]!), await filled(run, counts[1]!)]
    const at = (of: (measured: Filled) => number): number => {
      const perRow = (of(large) - of(small)) / (large.count - small.count)
      return of(small) + perRow * (wholeCount - small.count)
    }
    const [ownBytes, rawBytes] = [at((each) => each.memory.ownBytes), at((each) => each.rawBytes)]
    const measured = counts.map((count) => count.toLocaleString('en')).join(' and ')
    const figure: Figure = {
      target: 6,
      what: '1 M items × 64-d, 1 M users',
      value: ownBytes / 1e6,
      unit: 'MB',
      baseline: { what: 'raw bytes', value: rawBytes / 1e6 },
      judged: ownBytes / rawBytes,
      bound: { most: 2.5 },
      memory: large.memory,
      note: `extrapolated from ${measured} of each; the memory is that of the larger`,
    }
    return [figure, await idle(run)]
  },
}

interface Filled {
  readonly count: number
  readonly rawBytes: number
  readonly memory: Memory
}

async function filled({ folder, tell }: Run, count: number): Promise<Filled> {
  tell(`putting in ${count.toLocaleString('en')} items and users`)
  await using child = await startChild(new URL('../harness/filling.ts', import.meta.url), [
    ...['--folder', join(folder, String(count))],
  ])
  const rawBytes = await child.ask<number>({ itemCount: count, userCount: count } satisfies Filling)
  return { count, rawBytes, memory: await child.ask<Memory>('memory') }
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
