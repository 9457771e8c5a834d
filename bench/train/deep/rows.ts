import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { seededRandom } from '../../../src/kernel/random.ts'
import type { Field } from '../../../src/models/ranking/field.ts'
import type { RankingData } from '../../../src/models/ranking/ranker.ts'
import { type Sequences, sequencesOf } from '../../../src/models/sequences.ts'

/** Sizes as in the feasibility study: ten fields for DeepFM, fifty things met for DIN. */
const shape = { rows: 65_536, fields: 10, vocabulary: 10_000, history: 50, items: 20_000 }

export interface BenchRows {
  readonly deepFm: RankingData
  readonly din: RankingData
  /** What DIN is told was met, and the item after it: as long as a window, so that all is used. */
  readonly sequences: Sequences
  /** Writes them where the other side can read them. */
  save(folder: string): Promise<void>
}

/** Ids of which few are frequent, and labels that hang on two of them. */
export function benchRows(): BenchRows {
  const random = seededRandom('deep rankers')
  const { rows, fields, vocabulary, history, items } = shape
  const frequent = (bound: number): number => 1 + Math.floor((bound - 1) * random.next() ** 4)
  const ids = Array.from({ length: fields }, () =>
    Uint32Array.from({ length: rows }, () => frequent(vocabulary)),
  )
  const past = Uint32Array.from({ length: rows * history }, () => frequent(items))
  const item = Uint32Array.from({ length: rows }, () => frequent(items))
  const user = ids[0]!
  const labels = Float32Array.from({ length: rows }, (_, row) =>
    Number(random.next() < ((ids[0]![row]! + item[row]!) % 2 === 0 ? 0.8 : 0.2)),
  )
  // DeepFM must be able to see what the label hangs on.
  ids[1]!.set(item.map((id) => 1 + (id % 2)))
  const examples = (columns: readonly (readonly [string, Uint32Array])[]) => ({
    rowCount: rows,
    columns: new Map(columns),
    labels: new Map([['click', labels]]),
  })
  const named = ids.map((column, place) => [`field${place}`, column] as const)
  const idFields = named.map(([name]): Field => {
    return { kind: 'category', name, side: 'item', size: vocabulary }
  })
  const dinFields: readonly Field[] = [
    { kind: 'category', name: 'user', side: 'item', size: vocabulary },
    { kind: 'category', name: 'item', side: 'item', size: items },
    {
      kind: 'sequence',
      name: 'history',
      side: 'item',
      size: items,
      length: history,
      table: 'item',
    },
  ]
  const dinColumns = [
    ['user', user],
    ['item', item],
    ['history', past],
  ] as const
  return {
    deepFm: { fields: idFields, train: examples(named) },
    din: { fields: dinFields, train: examples(dinColumns) },
    sequences: sequencesOf(
      Array.from({ length: rows }, (_, row) => {
        const met = past.subarray(row * history, (row + 1) * history)
        return [...met, item[row]!]
      }),
      items,
    ),
    async save(folder) {
      const byRow = Int32Array.from({ length: rows * fields }, (_, at) => {
        return ids[at % fields]![Math.floor(at / fields)]!
      })
      const files = { ids: byRow, history: past, item, user, labels }
      await writeFile(join(folder, 'shape.json'), JSON.stringify(shape))
      for (const [name, values] of Object.entries(files))
        await writeFile(join(folder, `${name}.bin`), values)
    },
  }
}
