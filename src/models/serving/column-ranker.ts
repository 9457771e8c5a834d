import type { Model, RankingModel } from '../model.ts'
import type { Ranker } from '../ranking/ranker.ts'
import { columnsOf } from '../ranking/rows.ts'

/** A model over columns of numbers as a ranker: its one head is `action`. */
export function columnRanker(model: RankingModel & Model): Ranker {
  const fields = model.features.map((name) => ({ kind: 'number', name, side: 'context' }) as const)
  return {
    kind: model.kind,
    fields,
    heads: ['action'],
    async predict(rows) {
      const columns = columnsOf(rows, fields).map((column) =>
        column instanceof Float32Array && column.length === rows.rowCount
          ? column
          : // One value holds for every row.
            new Float32Array(rows.rowCount).fill(column[0] ?? Number.NaN),
      )
      return [model.predict(columns, rows.rowCount)]
    },
    save: () => model.save(),
  }
}
