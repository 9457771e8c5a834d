import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { exactSearch } from '../../src/kernel/nearest/exact-search.ts'
import type { Nearest } from '../../src/kernel/nearest/nearest.ts'
import { openNearest } from '../../src/kernel/nearest/open-nearest.ts'
import { cpuUs } from '../harness/cpu.ts'
import type { Figure } from '../harness/figure.ts'
import { interleaved, median, medianRatio } from '../harness/rounds.ts'
import type { Run, Target } from '../harness/target.ts'
import { type Clustered, clustered, save } from '../train/nearest/clustered.ts'
import { pythonWith } from '../train/python-environment.ts'
import { openPython, type PythonProcess } from '../train/python-process.ts'

const width = 64
const recallWanted = 0.95

/** Searches and their making beside hnswlib, by cosine, both at the same recall; one thread. */
export const nearestNeighbours: Target = {
  number: 10,
  name: 'nearest neighbours',
  async measure(run) {
    const found = await pythonWith(['numpy', 'hnswlib'])
    if ('missing' in found) {
      run.tell(`skipped: ${found.missing}`)
      return []
    }
    const figures: Figure[] = []
    const rowCounts = [100_000, ...(run.full ? [1_000_000] : [])]
    for (const rowCount of run.quick ? [25_000] : rowCounts) {
      if (!run.wants(`rows ${rowCount}`)) continue
      const k = run.quick ? 20 : 100
      figures.push(...(await measured({ rowCount, k, python: found.python }, run)))
    }
    return figures
  },
}

interface Heat {
  readonly rowCount: number
  readonly k: number
  readonly python: string
}

async function measured({ rowCount, k, python }: Heat, { folder, tell, quick }: Run) {
  const world = clustered(rowCount, width, quick ? 300 : 1_000)
  await save(world, k, folder)
  await using theirs = openPython(python, 'neighbours.py', folder, 1)
  tell(`${rowCount} rows: making both indexes`)
  const built = (await theirs.ask({ build: 1 }))['cpuSeconds']!
  const truth = truthOf(world, k)
  const other = await tuned(theirs, truth, folder, k)
  let index: Nearest | undefined
  const building = secondsOf(() => {
    const { rows, queries } = world
    // A graph that looks no further than it must may find more than was wanted: so much, then.
    const measure = {
      measure: 'cosine',
      recall: Math.max(recallWanted, other),
      k,
      queries,
    } as const
    index = openNearest({ rows, width, ...measure, exactRowsMax: 0, seed: 1 })
  })
  const ours = (): Uint32Array[] => queriesOf(world).map((query) => index!.search(query, k).rows)
  const mine = recallOf(ours(), truth)
  tell(`${rowCount} rows: searching, recall ${mine.toFixed(3)} and ${other.toFixed(3)}`)
  const { here, there } = await interleaved(
    {
      here: async () => secondsOf(ours),
      there: async () => (await theirs.ask({ search: 1 }))['cpuSeconds']!,
    },
    quick ? 3 : 7,
  )
  const perSecond = (seconds: readonly number[]) =>
    seconds.map((each) => world.queries.length / width / each)
  const name = `of ${rowCount} × ${width}, the ${k} nearest`
  const figures: Figure[] = [
    {
      ...{ target: 10, what: `search ${name}`, unit: '/CPU s', bound: { least: 0.8 } },
      value: median(perSecond(here)),
      baseline: { what: 'hnswlib', value: median(perSecond(there)) },
      judged: medianRatio(perSecond(here), perSecond(there)),
      note: `recall ${mine.toFixed(3)} and ${other.toFixed(3)}`,
    },
    {
      ...{ target: 10, what: `making ${name}`, unit: 'CPU s', bound: { most: 0.2 } },
      value: building,
      baseline: { what: 'hnswlib', value: built },
      judged: building / built,
      note: `${(index!.sizeBytes / 1e6).toFixed(0)} MB held`,
    },
  ]
  return figures
}

/** Looks as far as it must to reach the recall wanted, and no further. Returns what it reached. */
async function tuned(theirs: PythonProcess, truth: Truth, folder: string, k: number) {
  let recall = 0
  for (let ef = k; recall < recallWanted && ef <= 3_200; ef = Math.ceil(ef * 1.2)) {
    await theirs.ask({ ef })
    await theirs.ask({ search: 1 })
    const bytes = await readFile(join(folder, 'found.bin'))
    const found = new Uint32Array(bytes.buffer.slice(bytes.byteOffset), 0, truth.length * k)
    recall = recallOf(
      truth.map((_, query) => found.subarray(query * k, (query + 1) * k)),
      truth,
    )
  }
  return recall
}

type Truth = readonly ReadonlySet<number>[]

function truthOf(world: Clustered, k: number): Truth {
  const exact = exactSearch({ rows: world.rows, width, measure: 'cosine' })
  return queriesOf(world).map((query) => new Set(exact.search(query, k).rows))
}

function queriesOf({ queries }: Clustered): readonly Float32Array[] {
  return Array.from({ length: queries.length / width }, (_, query) =>
    queries.subarray(query * width, (query + 1) * width),
  )
}

function recallOf(found: readonly Uint32Array[], truth: Truth): number {
  let [hits, all] = [0, 0]
  for (const [query, right] of truth.entries()) {
    all += right.size
    for (const row of found[query]!) if (right.has(row)) hits++
  }
  return hits / all
}

function secondsOf(work: () => unknown): number {
  const begun = cpuUs()
  work()
  return (cpuUs() - begun) / 1e6
}
