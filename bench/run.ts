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
import { feedFromQueue } from './targets/feed-from-queue.ts'
import { firstFeed } from './targets/first-feed.ts'
import { memory } from './targets/memory.ts'
import { rebuild } from './targets/rebuild.ts'
import { recipeInRequest } from './targets/recipe-in-request.ts'

const targets: readonly Target[] = [
  feedFromQueue,
  recipeInRequest,
  clickVisible,
  eventIntake,
  rebuild,
  memory,
  firstFeed,
]

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    only: { type: 'string' },
    json: { type: 'string' },
    'with-install': { type: 'boolean', default: false },
  },
})

const wanted = new Set(values.only?.split(',').map(Number) ?? targets.map(({ number }) => number))
const figures: Figure[] = []
const start = setting()
for (const target of targets.filter(({ number }) => wanted.has(number))) {
  const folder = await mkdtemp(join(tmpdir(), 'starling-bench-'))
  const tell = (step: string): boolean => process.stderr.write(`  ${target.name}: ${step}\n`)
  try {
    const withInstall = values['with-install']
    figures.push(...(await target.measure({ quick: values.quick, withInstall, folder, tell })))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
const report = reportOf(start, values.quick, figures)
process.stdout.write(`${described(report)}\n`)
if (values.json !== undefined) await writeFile(values.json, `${JSON.stringify(report, null, 2)}\n`)
