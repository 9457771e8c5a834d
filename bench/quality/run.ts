import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { setting } from '../harness/machine.ts'
import { progressOn } from '../harness/progress.ts'
import { evaluate } from './evaluate.ts'
import { search } from './search.ts'

/** How well the recipe recommends, beside simple models: `npm run bench:quality`. */
const set = 'ml-latest-small'
const folder = resolve(import.meta.dirname, '../../../shared/data', set)

const { values } = parseArgs({
  options: {
    json: { type: 'string' },
    quick: { type: 'boolean', default: false },
    search: { type: 'boolean', default: false },
  },
})
const progress = progressOn(process.stderr)

if (!existsSync(join(folder, 'ratings.csv'))) {
  process.stdout.write(`skipped: MovieLens ${set} is not at ${folder}\n`)
} else if (values.search) {
  process.stdout.write(`${await search(folder, progress)}\n`)
} else {
  const { commit, machine, at } = setting()
  const { rows, text } = await evaluate({ set, folder, quick: values.quick, progress })
  process.stdout.write(`${text}\n\ncommit ${commit}; ${machine}\n`)
  if (values.json !== undefined) {
    const report = { commit, machine, at, quick: values.quick, rows }
    await writeFile(values.json, `${JSON.stringify(report, undefined, 2)}\n`)
  }
}
