/**
 * Every kind of ranker as a file of ONNX, scored by onnxruntime for Python and compared with what
 * the model says here: `node --import tsx bench/train/onnx-elsewhere.ts`. Ends with 1 where they
 * are apart by more than 1e-5.
 */
import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { deepFamilies } from '../../src/models/deep/deep-families.ts'
import { deepTrainer } from '../../src/models/deep/training/deep-trainer.ts'
import { fmTrainer } from '../../src/models/linear/fm.ts'
import { ftrlTrainer } from '../../src/models/linear/ftrl.ts'
import { linearTrainer } from '../../src/models/linear/linear.ts'
import { fitLogistic } from '../../src/models/logistic/logistic.ts'
import { type Field, widthOf } from '../../src/models/ranking/field.ts'
import { plantedFields, plantedRows } from '../../src/models/ranking/planted-rows.suite.ts'
import type { Ranker, RankerTrainer } from '../../src/models/ranking/ranker.ts'
import type { Examples } from '../../src/models/ranking/rows.ts'
import { columnRanker } from '../../src/models/serving/column-ranker.ts'
import { exported } from '../../src/models/serving/export/exported.ts'
import { fitTreeModel } from '../../src/models/trees/tree-model.ts'
import { treeTrainer } from '../../src/models/trees/tree-ranker.ts'
import { pythonWith } from './python-environment.ts'

const say = (line: string): void => void process.stdout.write(`${line}\n`)
const run = { seed: 1 }

const found = await pythonWith(['onnxruntime', 'numpy'])
if ('missing' in found) {
  say(`scoring elsewhere skipped: ${found.missing}`)
  process.exit(0)
}
const folder = await mkdtemp(join(tmpdir(), 'onnx-elsewhere-'))
try {
  const train = plantedRows(1_000, { seed: 1 })
  const unseen = plantedRows(500, { seed: 2 })
  const rankers = [...(await overColumns(train)), ...(await overFields(train))]
  for (const ranker of rankers) await write(ranker, unseen)
  const script = join(import.meta.dirname, 'python/onnx_scores.py')
  const { stdout } = await promisify(execFile)(found.python, [script, folder])
  const [{ version }, ...files] = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  say(`onnxruntime ${version} for Python, the largest difference of 500 rows`)
  for (const { file, apart } of files) say(`${file}: ${apart.toExponential(1)}`)
  if (files.length !== rankers.length) throw new Error('a file was not scored')
  if (files.some(({ apart }) => !(apart < 1e-5))) process.exitCode = 1
} finally {
  await rm(folder, { recursive: true })
}

async function overFields(train: Examples): Promise<readonly Ranker[]> {
  const crosses = [{ fields: ['user', 'item'], buckets: 50 }]
  const deep = Object.values(deepFamilies).map((family) =>
    deepTrainer(family, { epochs: 3, ...(family.kind === 'wide-deep' && { crosses }) }),
  )
  const others: readonly RankerTrainer<Ranker>[] = [
    linearTrainer({ l2: 1 }),
    ftrlTrainer({ alpha: 0.1, beta: 1, l1: 0.5, l2: 1 }),
    fmTrainer({ dims: 4, rate: 0.1, l2: 1e-3, epochs: 5 }),
    treeTrainer({ objective: 'logloss', trees: 25, leaves: 12, rowsMin: 5 }),
  ]
  const fits = (all: readonly RankerTrainer<Ranker>[], rows: Examples) =>
    all.map((trainer) => trainer.fit({ fields: plantedFields, train: rows }, run))
  // Several heads learn amounts as well, which the others would refuse.
  return Promise.all([...fits(deep, withMore(train)), ...fits(others, train)])
}

/** Those of the feed itself, which see numbers alone. */
async function overColumns(train: Examples): Promise<readonly Ranker[]> {
  const names = plantedFields.filter((field) => widthOf(field) === 1).map(({ name }) => name)
  const columns = names.map((name) => train.columns.get(name)!)
  const rows = Float32Array.from({ length: train.rowCount * names.length }, (_, at) => {
    return columns[at % names.length]![Math.floor(at / names.length)]!
  })
  const features = names.map((name) => ({ name, absent: -1 }))
  const labels = train.labels.get('click')!
  const trees = { trees: 25, leaves: 12, rowsMin: 5, objective: 'logloss' } as const
  return [
    columnRanker(await fitLogistic(rows, labels, { features, l2: 1 })),
    columnRanker(await fitTreeModel(rows, labels, { ...trees, features }, run)),
  ]
}

/** The file, and beside it what it is asked and what the model says to that. */
async function write(ranker: Ranker, rows: Examples): Promise<void> {
  const asked = ranker.fields.map((field): readonly [string, Float32Array | Uint32Array] => {
    const column = rows.columns.get(field.name)!
    return [field.name, field.kind === 'number' ? Float32Array.from(column) : column]
  })
  const scores = await ranker.predict({ rowCount: rows.rowCount, columns: new Map(asked) })
  const widths = new Map(ranker.fields.map((field: Field) => [field.name, widthOf(field)]))
  const inputs = asked.map(([name, column]) => [name, inRows(column, widths.get(name)!)])
  const outputs = ranker.heads.map((head, at) => [head, [...scores[at]!]])
  const told = { inputs: Object.fromEntries(inputs), outputs: Object.fromEntries(outputs) }
  await writeFile(join(folder, `${ranker.kind}.onnx`), await exported(ranker.save()))
  await writeFile(join(folder, `${ranker.kind}.json`), JSON.stringify(told))
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
