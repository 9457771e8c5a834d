import type { DeclaredColumn, DeclaredSet } from '../declaration.ts'
import { fieldNames } from '../field-names.ts'
import type { RawColumn, RawRows } from '../rows.ts'
import { countOf } from '../sources/source.ts'
import { namesIn, numbersIn } from './coder.ts'
import { type Encoding, encodingOf } from './encoding.ts'
import type { Learned } from './learned.ts'
import { stepped } from './numbers.ts'

/**
 * Learns the vocabularies, quantiles and scales of a set from rows: those for training alone, for
 * what is learned from later rows is a leak. The same rows give the same encoding.
 */
export function fitEncoding(set: DeclaredSet, rows: RawRows): Encoding {
  return encodingOf(set, {
    vocabularies: fitVocabularies(set, rows),
    bounds: Object.fromEntries(
      set.columns.flatMap((column) =>
        column.as.form === 'buckets' && 'quantiles' in column.as.bounds
          ? [[column.name, quantiles(valuesOf(rows, column), column.as.bounds.quantiles)]]
          : [],
      ),
    ),
    scales: Object.fromEntries(set.columns.flatMap((column) => scalesOf(set, column, rows))),
  })
}

function fitVocabularies(set: DeclaredSet, rows: RawRows): Learned['vocabularies'] {
  const learned: Record<string, readonly string[]> = {}
  for (const [name, declared] of Object.entries(set.vocabularies ?? {})) {
    if ('words' in declared) continue
    const counts = new Map<string, number>()
    for (const column of set.columns) {
      const { as } = column
      if (!('vocabulary' in as) || as.vocabulary !== name) continue
      const names = namesIn(rawOf(rows, column))
      // A name that stands for all rows of a request was logged once for them, and counts once.
      for (const word of names) if (word !== '') counts.set(word, (counts.get(word) ?? 0) + 1)
    }
    learned[name] = [...counts]
      .filter(([, count]) => count >= (declared.seenMin ?? 1))
      .sort(([a, one], [b, other]) => other - one || (a < b ? -1 : 1))
      .slice(0, declared.countMax)
      .map(([word]) => word)
  }
  return learned
}

/** `parts` - 1 bounds that cut the values into parts of equal size; equal ones are one. */
function quantiles(values: Float64Array, parts: number): readonly number[] {
  const known = values.filter((value) => !Number.isNaN(value)).sort()
  const bounds = new Set<number>()
  if (known.length === 0) return []
  for (let part = 1; part < parts; part++)
    bounds.add(known[Math.floor((part * known.length) / parts)]!)
  return [...bounds]
}

function scalesOf(set: DeclaredSet, column: DeclaredColumn, rows: RawRows) {
  const { as, source } = column
  if (as.form !== 'number' || as.standardise !== true) return []
  const values = valuesOf(rows, column)
  const count = countOf(source)
  const steps = stepped(as)
  return fieldNames(set, column).map((name, place): [string, readonly [number, number]] => {
    // Welford (1962): sums of squares of large numbers would lose what tells them apart.
    let [seen, mean, squares] = [0, 0, 0]
    for (let at = place; at < values.length; at += count) {
      const value = steps(values[at]!)
      seen++
      const delta = value - mean
      mean += delta / seen
      squares += delta * (value - mean)
    }
    const deviation = seen > 1 ? Math.sqrt(squares / seen) : 0
    // A column that is the same everywhere says nothing, and must not be blown up.
    return [name, [mean, deviation > 0 ? deviation : 1]]
  })
}

function valuesOf(rows: RawRows, column: DeclaredColumn): Float64Array {
  return numbersIn(rawOf(rows, column))
}

function rawOf(rows: RawRows, { name, as }: DeclaredColumn): RawColumn {
  const isNumber = as.form === 'number' || as.form === 'buckets'
  return rows.columns.get(name) ?? (isNumber ? new Float64Array(0) : [])
}
