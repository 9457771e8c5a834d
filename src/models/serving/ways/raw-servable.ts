import { invalid } from '../../../error.ts'
import type { Feature, Manifest } from '../manifest.ts'
import { fillingOf } from '../manifest-filling.ts'
import type { RawValue } from '../raw-value.ts'
import type { Asked, Servable } from '../servable.ts'
import { inputSpec } from '../servable-ranker.ts'

/** What scores rows by the values themselves, without ids of its own. */
export interface RawScorer {
  readonly kind: string
  /** For each head a number per row. */
  score(rows: RawTable, signal?: AbortSignal): Promise<readonly Float32Array[]>
  close?(): Promise<void>
}

/** Rows whose values can be asked for one by one. */
export interface RawTable {
  readonly rowCount: number
  readonly features: readonly Feature[]
  /** The value of a feature in a row; of a vector its numbers. */
  value(feature: number, row: number): RawValue | readonly RawValue[]
}

/** Puts a scorer of raw values behind the contract, and checks what it is asked. */
export function rawServable({ features, heads }: Manifest, scorer: RawScorer): Servable {
  const filling = fillingOf(features)
  return {
    kind: scorer.kind,
    signature: {
      inputs: features.map(inputSpec),
      outputs: heads,
    },
    ...(filling && { filling }),
    predict: async (asked, signal) => {
      if (asked.rowCount === 0) return heads.map(() => new Float32Array(0))
      return scorer.score(tableOf(asked, features), signal)
    },
    close: async () => scorer.close?.(),
  }
}

function tableOf({ rowCount, columns }: Asked, features: readonly Feature[]): RawTable {
  const known = new Set(features.map(({ name }) => name))
  const stray = [...columns.keys()].find((name) => !known.has(name))
  if (stray !== undefined) {
    throw invalid(stray, `is no input of the model; there are ${[...known].join(', ')}`)
  }
  const found = features.map(({ name, width, fallback }) => {
    const column = columns.get(name)
    if (column === undefined) {
      if (fallback !== undefined) return new Array<RawValue>(width).fill(fallback)
      throw invalid(name, 'is missing, and has no value to stand in for it')
    }
    if (column.length === width || column.length === width * rowCount) return column
    const wanted = `${width * rowCount} values, or ${width} for all rows`
    throw invalid(name, `${column.length} values were given where there must be ${wanted}`)
  })
  return {
    rowCount,
    features,
    value(feature, row) {
      const column = found[feature]!
      const { width } = features[feature]!
      const start = column.length === width ? 0 : row * width
      if (width === 1) return column[start]!
      return Array.from(column.slice(start, start + width))
    },
  }
}

/** The place of the one feature that holds ids of users, or of items. */
export function idFeature({ features }: Manifest, holds: 'user' | 'item'): number {
  const places = [...features.keys()].filter((place) => features[place]!.holds === holds)
  if (places.length === 1 && features[places[0]!]!.width === 1) return places[0]!
  throw invalid(
    'inputs',
    `must hold one single id with "holds": "${holds}"; there are ${places.length}`,
  )
}
