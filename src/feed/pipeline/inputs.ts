import type { Descriptions } from '../../state/features/declared/descriptions.ts'
import type { RawColumn } from '../../state/features/declared/rows.ts'

/** What a ranker of a declared set was given, before any encoding. */
export interface Inputs {
  readonly set: string
  /** The checksum of the encoding that was in force. */
  readonly encoding: string
  readonly rowCount: number
  /** Columns whose values hold for all rows. */
  readonly shared: ReadonlyMap<string, RawColumn>
  /** Columns with values of each row, one row after the other. */
  readonly own: ReadonlyMap<string, RawColumn>
}

/** One column of what a ranker was given of a row, for people. */
export interface InputTold {
  readonly name: string
  readonly description: string
  /** As they were read; absent ones are left out. */
  readonly values: readonly string[]
}

/** Empty where nothing was kept of the row. */
export function toldInputs(
  inputs: Inputs | undefined,
  row: number,
  descriptions: Pick<Descriptions, 'column'>,
): readonly InputTold[] {
  if (inputs === undefined || row < 0 || row >= inputs.rowCount) return []
  const { set, rowCount, shared, own } = inputs
  const told = (name: string, values: RawColumn): InputTold => ({
    ...{ name, description: descriptions.column(set, name) },
    values: Array.from<number | string>(values).flatMap((value) =>
      value === '' || Number.isNaN(value) ? [] : [String(value)],
    ),
  })
  return [
    ...Array.from(shared, ([name, values]) => told(name, values)),
    ...Array.from(own, ([name, values]) => {
      const count = values.length / rowCount
      return told(name, values.slice(row * count, (row + 1) * count))
    }),
  ]
}
