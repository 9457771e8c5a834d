import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { interleaved, median, medianRatio } from '../../harness/rounds.ts'
import { pythonWith } from '../python-environment.ts'
import { type DeepModel, pytorch, starling } from './contestants.ts'
import { benchRows } from './rows.ts'

/**
 * Target 9: samples per second of training against PyTorch, one thread each, the same models over
 * the same rows, in turns:
 * `node --import tsx bench/train/deep/deep-rankers.ts [--rounds N] [--models DIN,SASRec]`.
 *
 * Ratios are of CPU seconds, which other work on the machine bends less than the clock.
 */
const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    models: { type: 'string', default: 'DeepFM,DIN,SASRec' },
  },
})
const rounds = Number(values.rounds)
const names = (['DeepFM', 'DIN', 'SASRec'] satisfies DeepModel[]).filter((name) =>
  values.models.split(',').includes(name),
)
const rowsPerRound = { DeepFM: 20_000, DIN: 6_000, SASRec: 1_024 }
const say = (line: string): void => void process.stdout.write(`${line}\n`)

const found = await pythonWith(['torch', 'numpy'])
if ('missing' in found) {
  say(`target 9 skipped: ${found.missing}`)
  process.exit(0)
}
const folder = await mkdtemp(join(tmpdir(), 'deep-rankers-'))
try {
  const rows = benchRows()
  await rows.save(folder)
  await using ours = starling(rows)
  await using theirs = await pytorch(found.python, folder)
  say(`training on one thread, PyTorch ${theirs.version}; CPU ms per step, of ${rounds} rounds`)
  for (const model of names) {
    for (const batch of [256, 1024]) {
      // About two thirds of a second for each side and round.
      const count = Math.ceil(rowsPerRound[model] / batch)
      const measures = {
        ours: () => ours.steps(model, batch, count),
        theirs: () => theirs.steps(model, batch, count),
      }
      await interleaved(measures, 1)
      const measured = await interleaved(measures, rounds)
      const cpu = (side: keyof typeof measured) =>
        measured[side].map(({ cpuSeconds }) => (1_000 * cpuSeconds) / count)
      const [mine, other] = [cpu('ours'), cpu('theirs')]
      const perSecond = (ms: number): string => `${((batch / ms) * 1_000).toFixed(0)}/s`
      const losses = [measured.ours, measured.theirs].map((side) => side.at(-1)!.loss.toFixed(4))
      const told = (ms: number): string => `${ms.toFixed(2)} ms (${perSecond(ms)})`
      const ratio = medianRatio(other, mine).toFixed(2)
      say(
        `${model} batch ${batch}: ${told(median(mine))} against ${told(median(other))}: ` +
          `${ratio} × its samples/s; losses ${losses.join(' and ')}`,
      )
    }
  }
} finally {
  await rm(folder, { recursive: true })
}
