/** How fast, how large: `npm run bench`. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Figure } from './harness/figure.ts'
import { setting } from './harness/machine.ts'
import { described, reportOf } from './harness/report.ts'
import type { Target } from './harness/target.ts'
import { clickVisible } from './targets/click-visible.ts'
import { eventIntake } from './targets/event-intake.ts'
import { factorTraining } from './targets/factor-training.ts'
import { feedFromQueue } from './targets/feed-from-queue.ts'
import { firstFeed } from './targets/first-feed.ts'
import { memory } from './targets/memory.ts'
import { modelServing } from './targets/model-serving.ts'
import { nearestNeighbours } from './targets/nearest-neighbours.ts'
import { rebuild } from './targets/rebuild.ts'
import { recipeInRequest } from './targets/recipe-in-request.ts'

const targets: readonly Target[] = [
  ...[feedFromQueue, recipeInRequest, clickVisible, eventIntake, rebuild, memory],
  ...[factorTraining, nearestNeighbours, modelServing, firstFeed],
]

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    /** What takes tens of minutes as well. */
    full: { type: 'boolean', default: false },
    only: { type: 'string' },
    /** Figures of targets 8 and 10 whose name holds all these words: `--match 'iALS large 128'`. */
    match: { type: 'string', default: '' },
    json: { type: 'string' },
    'with-install': { type: 'boolean', default: false },
  },
})

process.exitCode = await main()

async function main(): Promise<number> {
  const wanted = wantedTargets(values.only)
  const measured = setting()
  const figures: Figure[] = []
  const failures: string[] = []
  for (const target of wanted) {
    try {
      figures.push(...(await measure(target)))
    } catch (error) {
      // The others are measured all the same.
      const reason = error instanceof Error ? error.message : String(error)
      failures.push(`target ${target.number}, ${target.name}, could not be measured: ${reason}`)
    }
  }
  const report = reportOf(measured, values.quick, figures)
  process.stdout.write(`${[described(report), ...failures].join('\n')}\n`)
  if (values.json !== undefined) {
    await writeFile(values.json, `${JSON.stringify({ ...report, failures }, undefined, 2)}\n`)
  }
  // A target that was missed is a figure; one that could not be measured is a failure.
  return failures.length > 0 ? 1 : 0
}

async function measure(target: Target): Promise<readonly Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), 'starling-bench-'))
  const tell = (step: string): void => {
    process.stderr.write(`${target.number} ${target.name}: ${step}\n`)
  }
  try {
    return await target.measure({
      quick: values.quick,
      full: values.full,
      wants: (name) => isAsked(name),
      withInstall: values['with-install'],
      folder,
      tell,
    })
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5 })
  }
}

function wantedTargets(only: string | undefined): readonly Target[] {
  if (only === undefined) return targets
  const numbers = new Set(only.split(',').map(Number))
  const wanted = targets.filter(({ number }) => numbers.has(number))
  if (wanted.length === numbers.size) return wanted
  const known = targets.map(({ number }) => number).join(', ')
  throw new Error(`--only ${only}: targets are named by number, and there are ${known}`)
}

/** Whether the name holds all words that were asked for. */
function isAsked(name: string): boolean {
  const words = name.split(' ')
  return values.match.split(' ').every((word) => word === '' || words.includes(word))
}
