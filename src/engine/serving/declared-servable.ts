import { invalid, StarlingError } from '../../error.ts'
import { checkFields, type Field } from '../../models/ranking/field.ts'
import type { Ranker } from '../../models/ranking/ranker.ts'
import type { RawColumn } from '../../models/serving/raw-value.ts'
import type { Asked, InputSpec, Servable } from '../../models/serving/servable.ts'
import type { DeclaredColumn } from '../../state/features/declared/declaration.ts'
import { vocabularyOf } from '../../state/features/declared/encoding/coder.ts'
import type { Encoding } from '../../state/features/declared/encoding/encoding.ts'
import { valueNames } from '../../state/features/declared/field-names.ts'
import type { RawRows, RawColumn as RawValues } from '../../state/features/declared/rows.ts'

/** A model of a declared set: besides by values from outside, it is asked by rows of the engine. */
export interface DeclaredServable extends Servable {
  readonly filling: {
    readonly kind: 'encoded'
    readonly ranker: Ranker
    readonly encoding: Encoding
  }
}

/**
 * A ranker that was trained here, asked by the values of its declared set, before any encoding: ids
 * and tags as texts or whole numbers, numbers as they are. Its own encoding makes fields of them,
 * so that the same values give the same scores in a feed, in training and here; crosses follow.
 *
 * Throws `failed_precondition` where the ranker takes a field that its encoding does not fill.
 */
export function declaredServable(ranker: Ranker, encoding: Encoding): DeclaredServable {
  checkFilled(ranker, encoding)
  const columns = encoding.set.columns.map((column) => ({
    ...{ name: column.name, isNumber: isNumber(column), values: valueNames(column) },
    inputs: inputsOf(column, encoding),
  }))
  const inputs = columns.flatMap((column) => column.inputs)
  const known = new Set(inputs.map(({ name }) => name))

  const rawOf = (asked: Asked, from: number, to: number): RawRows => {
    for (const name of asked.columns.keys()) {
      if (known.has(name)) continue
      throw invalid(name, `is no input of the model; there are ${[...known].join(', ')}`)
    }
    const raw = new Map<string, RawValues>()
    for (const { name, isNumber, values } of columns) {
      const given = values.map((value) => columnIn(asked, value))
      const rows = given.some((column) => column.length > 1) ? to - from : 1
      const cells = Array.from({ length: rows * values.length }, (_, cell) => {
        const column = given[cell % values.length]!
        return column[column.length === 1 ? 0 : from + Math.floor(cell / values.length)]!
      })
      raw.set(
        name,
        isNumber
          ? Float64Array.from(cells, (cell) => numberIn(name, cell))
          : cells.map((cell) => String(cell)),
      )
    }
    return { rowCount: to - from, columns: raw }
  }

  return {
    kind: ranker.kind,
    signature: { inputs, outputs: ranker.heads.map((name) => ({ name })) },
    filling: { kind: 'encoded', ranker, encoding },
    async predict(asked, signal) {
      const { rowCount } = asked
      const scores = ranker.heads.map(() => new Float32Array(rowCount))
      for (let from = 0; from === 0 || from < rowCount; from += rowsAtOnce) {
        if (from > 0) await new Promise(setImmediate)
        signal?.throwIfAborted()
        const rows = rawOf(asked, from, Math.min(rowCount, from + rowsAtOnce))
        const found = await ranker.predict(encoding.encode(rows), signal)
        for (const [head, column] of found.entries()) scores[head]!.set(column, from)
      }
      return scores
    },
    close: async () => undefined,
  }
}

/** Rows that are encoded in one turn: some milliseconds of work. */
const rowsAtOnce = 1_024

function checkFilled({ fields }: Ranker, { fields: filled, set }: Encoding): void {
  checkFields(fields)
  const told = (field: Field): string =>
    JSON.stringify(Object.entries({ ...field, side: undefined }).sort())
  const known = new Set(filled.map(told))
  const missing = fields.find((field) => !known.has(told(field)))
  if (missing === undefined) return
  const message = `the model takes "${missing.name}" as the set "${set.name}" does not fill it`
  throw new StarlingError('failed_precondition', message)
}

function inputsOf(column: DeclaredColumn, encoding: Encoding): readonly InputSpec[] {
  const { source } = column
  const type = typeOf(column, encoding)
  return valueNames(column).map((name) => ({
    ...{ name, type, width: 1 },
    // What is left out is absent, as it is where the engine finds nothing.
    optional: true,
    ...(source.from === 'user-id' && { holds: 'user' as const }),
    ...(source.from === 'item-id' && { holds: 'item' as const }),
    ...(source.from === 'user-rated-items' && { holds: 'item' as const }),
  }))
}

/** Whole numbers where all words are: clients of such models send ids as numbers. */
function typeOf(column: DeclaredColumn, { set, learned }: Encoding): InputSpec['type'] {
  if (isNumber(column)) return 'float32'
  const { as } = column
  const words = 'vocabulary' in as ? vocabularyOf(set, as.vocabulary, learned) : []
  return words.length > 0 && words.every((word) => /^(0|[1-9]\d{0,17})$/.test(word))
    ? 'int64'
    : 'string'
}

function isNumber({ as }: DeclaredColumn): boolean {
  return as.form === 'number' || as.form === 'buckets'
}

function columnIn({ rowCount, columns }: Asked, name: string): RawColumn {
  const column = columns.get(name)
  if (column === undefined) return ['']
  if (column.length === rowCount || column.length === 1) return column
  throw invalid(name, `${column.length} values were given where there must be ${rowCount}, or 1`)
}

function numberIn(name: string, cell: RawColumn[number]): number {
  if (cell === '') return Number.NaN
  if (typeof cell !== 'string') return Number(cell)
  throw invalid(name, `"${cell}" must be a number`)
}
