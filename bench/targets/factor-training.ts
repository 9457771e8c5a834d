import type { Figure } from '../harness/figure.ts'
import { interleaved, median, medianRatio } from '../harness/rounds.ts'
import type { Run, Target } from '../harness/target.ts'
import { bpr, type Family, ials, type Learned } from '../train/factors/contestants.ts'
import { ndcgOf } from '../train/factors/ndcg.ts'
import { type Planted, type PlantedSize, planted, save } from '../train/factors/planted.ts'
import { pythonWith } from '../train/python-environment.ts'
import { openPython } from '../train/python-process.ts'

const small = { userCount: 6_040, itemCount: 3_706, meetings: 1_600_000 }
const large = { userCount: 100_000, itemCount: 20_000, meetings: 13_000_000 }
const tiny = { userCount: 1_500, itemCount: 800, meetings: 90_000 }

interface Heat {
  readonly name: string
  readonly size: PlantedSize
  readonly passes: Readonly<Record<Family['name'], number>>
  readonly dims: readonly number[]
  readonly threads: readonly number[]
  readonly rounds: number
}

const passes = { iALS: 10, BPR: 20 }

/** Ten times as much, for as long: passes are fewer, and what they learn is less far. */
const largest: Heat = {
  ...{ name: 'large', size: large, passes: { iALS: 4, BPR: 6 }, rounds: 3 },
  ...{ dims: [64, 128], threads: [1, 2] },
}

/**
 * A sweep of iALS and a pass of BPR beside those of implicit, over the same matrix with the same
 * settings, in turns; and what both learned, held against the same meetings that were left out.
 */
export const factorTraining: Target = {
  number: 8,
  name: 'training of factors',
  async measure(run) {
    const found = await pythonWith(['numpy', 'scipy', 'implicit'])
    if ('missing' in found) {
      run.tell(`skipped: ${found.missing}`)
      return []
    }
    const heats: readonly Heat[] = run.quick
      ? [{ name: 'tiny', size: tiny, passes, dims: [64], threads: [1], rounds: 2 }]
      : [
          { name: 'small', size: small, passes, dims: [64, 128], threads: [1, 2], rounds: 5 },
          ...(run.full ? [largest] : []),
        ]
    const figures: Figure[] = []
    for (const heat of heats) {
      const races = racesOf(heat).filter(({ name }) => run.wants(name))
      if (races.length === 0) continue
      run.tell(`making a world of ${heat.size.userCount} users`)
      const world = planted(heat.size)
      await save(world, run.folder)
      for (const race of races) {
        figures.push(await measured({ ...heat, ...race, world, python: found.python }, run))
      }
    }
    return figures
  },
}

/** What is raced in a heat, by names such as `iALS large 128 1`. */
function racesOf(heat: Heat) {
  return heat.dims.flatMap((dims) =>
    heat.threads.flatMap((threads) =>
      [ials, bpr].map((family) => {
        const name = `${family.name} ${heat.name} ${dims} ${threads}`
        return { name, family, dims, threads }
      }),
    ),
  )
}

interface Raced extends Omit<Heat, 'dims' | 'threads'> {
  readonly family: Family
  readonly dims: number
  readonly threads: number
  readonly world: Planted
  readonly python: string
}

async function measured(raced: Raced, { folder, tell }: Run): Promise<Figure> {
  const { family, dims, threads, world, rounds } = raced
  const size = { dims, threads, passes: raced.passes[family.name] }
  const { train } = world
  const shape = `${train.columns.length} meetings, ${dims} numbers, ${threads} threads`
  const what = `${family.name}, ${shape}`
  tell(what)
  await using python = openPython(raced.python, 'factors.py', folder, threads)
  const { ours, theirs } = await interleaved(
    {
      ours: () => family.ours(train, size),
      theirs: () => family.theirs(python, folder, train, size),
    },
    rounds,
  )
  const usersMax = 2_000
  const quality = [ours, theirs].map((side) => ndcgOf(side.at(-1)!, world, usersMax))
  // With one thread other work on the machine bends CPU seconds less; with more the clock counts.
  const seconds = (side: readonly Learned[]): number[] =>
    side.map(({ cpuSeconds, wallSeconds }) => (threads === 1 ? cpuSeconds : wallSeconds))
  const [mine, other] = [seconds(ours), seconds(theirs)]
  const apart = quality[0]! / quality[1]! - 1
  return {
    target: 8,
    what,
    value: median(mine),
    unit: threads === 1 ? 'CPU s/pass' : 's/pass',
    baseline: { what: 'implicit', value: median(other) },
    judged: medianRatio(mine, other),
    bound: { most: 0.8 },
    note:
      `NDCG@20 ${quality.map((value) => value.toFixed(4)).join(' and ')}` +
      (apart < -0.005 ? `: ${(-100 * apart).toFixed(1)} % LESS, so no comparison` : ''),
  }
}
