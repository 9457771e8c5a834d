import { StarlingError } from '../../../error.ts'
import type { Timestamp } from '../../../events/clock.ts'
import type { Action, UserId } from '../../../events/event.ts'
import { grown } from '../../../kernel/lists/grown.ts'
import type { Examples } from '../../../models/ranking/rows.ts'
import type {
  DeclaredLabel,
  DeclaredSet,
  Sign,
} from '../../../state/features/declared/declaration.ts'
import { fitEncoding } from '../../../state/features/declared/encoding/fit-encoding.ts'
import { rawTable } from '../../../state/features/declared/raw-table.ts'
import type { RawRows } from '../../../state/features/declared/rows.ts'
import type { ExampleOptions, ExampleSets } from './examples.ts'

/** Examples on their way: raw rows in groups, and what was seen of each so far. */
export interface ExampleTable {
  readonly rowCount: number
  /**
   * Appends rows to their group, and says which number the first of them has. The rows of a group
   * come one after another; another object is another group.
   */
  append(rows: RawRows, group: ExampleGroup): number
  /** Something was done with what stands on a row. */
  see(row: number, action: Action, value: number | undefined): void
  /** The row has these labels, whatever was seen. */
  put(row: number, labels: Readonly<Record<string, number>>): void
  /** Puts the row into the examples, or leaves it out. Rows are in them unless told. */
  keep(row: number, isKept: boolean): void
  finish(options: Pick<ExampleOptions, 'encoding' | 'validationShare'>): ExampleSets
}

export interface ExampleGroup {
  readonly at: Timestamp
  readonly user: UserId
}

interface Rows {
  readonly group: ExampleGroup
  readonly start: number
  end: number
}

const [seenPositive, seenNegative] = [1, 2]

export function exampleTable(set: DeclaredSet): ExampleTable {
  const raw = rawTable(set)
  const groups: Rows[] = []
  let left = new Uint8Array(0)
  const seen = set.labels.map(() => new Uint8Array(0))
  const told = new Map<number, Readonly<Record<string, number>>>()

  const labelOf = (index: number, row: number): number => {
    const { name } = set.labels[index]!
    const given = told.get(row)?.[name]
    if (given !== undefined) return given
    const flags = seen[index]![row]!
    return (flags & seenPositive) !== 0 && (flags & seenNegative) === 0 ? 1 : 0
  }

  /** The rows of some groups, without those left out, and of no group that loses all of them. */
  const rowsOf = (chosen: readonly Rows[]) => {
    const rows: number[] = []
    const starts: number[] = [0]
    const kept: ExampleGroup[] = []
    for (const { start, end, group } of chosen) {
      for (let row = start; row < end; row++) if (left[row] === 0) rows.push(row)
      if (rows.length === starts.at(-1)) continue
      starts.push(rows.length)
      kept.push(group)
    }
    return { rows: Uint32Array.from(rows), starts: Uint32Array.from(starts), kept }
  }

  return {
    get rowCount() {
      return raw.rowCount
    },

    append(rows, group) {
      const start = raw.rowCount
      const last = groups.at(-1)
      if (last?.group === group) last.end += rows.rowCount
      else groups.push({ start, end: start + rows.rowCount, group })
      raw.append(rows)
      left = grown(left, raw.rowCount)
      for (const index of seen.keys()) seen[index] = grown(seen[index]!, raw.rowCount)
      return start
    },

    see(row, action, value) {
      for (const [index, label] of set.labels.entries()) {
        if (signed(label.positive, action, value)) seen[index]![row]! |= seenPositive
        if (signed(label.negative ?? [], action, value)) seen[index]![row]! |= seenNegative
      }
    },

    put(row, labels) {
      told.set(row, labels)
    },

    keep(row, isKept) {
      left[row] = isKept ? 0 : 1
    },

    finish({ encoding: given, validationShare }) {
      const all = groups.filter(({ start, end }) => left.subarray(start, end).includes(0))
      if (all.length === 0) {
        const message = `no examples of the set "${set.name}" were found: nothing to learn from`
        throw new StarlingError('failed_precondition', message)
      }
      const cut = all.length - Math.floor(all.length * validationShare)
      const examplesOf = (chosen: readonly Rows[]) => {
        const { rows, starts, kept } = rowsOf(chosen)
        const labels = new Map(
          set.labels.map(({ name }, index): [string, Float32Array] => [
            name,
            Float32Array.from(rows, (row) => labelOf(index, row)),
          ]),
        )
        return { raw: raw.take(rows), labels, starts, kept }
      }
      const train = examplesOf(all.slice(0, cut))
      const encoding = given ?? fitEncoding(set, train.raw)
      const encoded = (part: ReturnType<typeof examplesOf>): Examples => ({
        ...encoding.encode(part.raw),
        labels: part.labels,
        groups: part.starts,
      })
      const later = cut < all.length ? examplesOf(all.slice(cut)) : undefined
      return {
        fields: encoding.fields,
        encoding,
        train: encoded(train),
        ...(later && { validation: encoded(later), validationRaw: later.raw }),
        groups: [...train.kept, ...(later?.kept ?? [])],
      }
    },
  }
}

/** Is the deed one of these signs? */
export function signed(signs: readonly Sign[], action: Action, value: number | undefined): boolean {
  return signs.some(
    (sign) => sign.action === action && (sign.from === undefined || (value ?? 0) >= sign.from),
  )
}

/** Is the deed one that a label speaks of, for or against it? */
export function speaksOf(labels: readonly DeclaredLabel[], action: Action): boolean {
  return labels.some(({ positive, negative = [] }) =>
    [...positive, ...negative].some((sign) => sign.action === action),
  )
}

/** Is it a sign for one of the labels? */
export function isPositive(
  labels: readonly DeclaredLabel[],
  action: Action,
  value: number | undefined,
): boolean {
  return labels.some(({ positive }) => signed(positive, action, value))
}
