/**
 * Every family of deep rankers as a file of ONNX, scored by onnxruntime for Python and compared
 * with what the model says here: `node --import tsx bench/train/deep/onnx-elsewhere.ts`. Ends with
 * 1 where they are apart by more than 1e-5.
 */
import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { deepFamilies } from '../../../src/models/deep/deep-families.ts'
import { exportOnnx } from '../../../src/models/deep/serving/export-onnx.ts'
import { deepTrainer } from '../../../src/models/deep/training/deep-trainer.ts'
import { widthOf } from '../../../src/models/ranking/field.ts'
import { plantedFields, plantedRows } from '../../../src/models/ranking/planted-rows.suite.ts'
import type { Examples } from '../../../src/models/ranking/rows.ts'
import { pythonWith } from '../python-environment.ts'

const say = (line: string): void => void process.stdout.write(`${line}\n`)

const found = await pythonWith(['onnxruntime', 'numpy'])
if ('missing' in found) {
  say(`scoring elsewhere skipped: ${found.missing}`)
  process.exit(0)
}
const folder = await mkdtemp(join(tmpdir(), 'onnx-elsewhere-'))
try {
  const unseen = plantedRows(500, { seed: 2 })
  for (const family of Object.values(deepFamilies)) {
    const crosses = [{ fields: ['user', 'item'], buckets: 50 }]
    const settings = { epochs: 3, ...(family.kind === 'wide-deep' && { crosses }) }
    const ranker = await deepTrainer(family, settings).fit(
      { fields: plantedFields, train: withMore(plantedRows(1_000, { seed: 1 })) },
      { seed: 1 },
    )
    const scores = await ranker.predict(unseen)
    const inputs = Object.fromEntries(
      plantedFields.map((field) => [
        field.name,
        inRows(unseen.columns.get(field.name)!, widthOf(field)),
      ]),
    )
    const outputs = Object.fromEntries(ranker.heads.map((head, at) => [head, [...scores[at]!]]))
    await writeFile(join(folder, `${family.kind}.onnx`), exportOnnx(ranker))
    await writeFile(join(folder, `${family.kind}.json`), JSON.stringify({ inputs, outputs }))
  }
  const script = join(import.meta.dirname, '../python/onnx_scores.py')
  const { stdout } = await promisify(execFile)(found.python, [script, folder])
  const [{ version }, ...files] = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  say(`onnxruntime ${version} for Python, the largest difference of 500 rows`)
  for (const { file, apart } of files) say(`${file}: ${apart.toExponential(1)}`)
  if (files.length !== Object.keys(deepFamilies).length) throw new Error('a file was not scored')
  if (files.some(({ apart }) => !(apart < 1e-5))) process.exitCode = 1
} finally {
  await rm(folder, { recursive: true })
}

/** Clicks and what else heads may learn. */
function withMore(rows: Examples): Examples {
  const click = rows.labels.get('click')!
  const dwell = click.map((label) => 5 + 30 * label)
  return { ...rows, labels: new Map([...rows.labels, ['like', click], ['dwell', dwell]]) }
}

function inRows(column: Float32Array | Uint32Array, width: number): readonly (readonly number[])[] {
  return Array.from({ length: column.length / width }, (_, row) => [
    ...column.subarray(row * width, (row + 1) * width),
  ])
}
