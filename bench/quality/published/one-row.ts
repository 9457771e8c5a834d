import { parseArgs } from 'node:util'
import { seededRandom } from '../../../src/kernel/random.ts'
import { intervalOf } from '../../../src/models/evaluation/interval-of.ts'
import { progressOn } from '../../harness/progress.ts'
import { allEntries } from './entries.ts'
import { play, playSeed } from './play.ts'

/**
 * One row, for whoever enters a model; on the validation part unless told otherwise:
 * `node --import tsx bench/quality/published/one-row.ts SET MODEL [--test] [--users N]`.
 */
const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { test: { type: 'boolean', default: false }, users: { type: 'string' } },
})
const [set, model] = positionals
const entry = (await allEntries()).find((each) => each.set.name === set && each.model === model)
if (entry === undefined) throw new Error(`${set} ${model} is not entered`)
const { judgements, ...costs } = await play(entry, {
  validation: !values.test,
  ...(values.users !== undefined && { usersMax: Number(values.users) }),
  onProgress: progressOn(process.stderr),
})
for (const judgement of judgements) {
  for (const [metric, sample] of Object.entries(judgement)) {
    const { mean, low, high } = intervalOf([sample], seededRandom(playSeed).fork(metric))
    process.stdout.write(`${metric} ${mean.toFixed(4)} [${low.toFixed(4)}, ${high.toFixed(4)}]\n`)
  }
}
process.stdout.write(`${JSON.stringify(costs)}\n`)
