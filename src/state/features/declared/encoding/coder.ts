import { broken } from '../../../../error.ts'
import type { DeclaredColumn, DeclaredSet, Lookup } from '../declaration.ts'
import { fieldNames, wordsOf } from '../field-names.ts'
import type { FilledField, RawColumn } from '../rows.ts'
import { countOf, sideOf } from '../sources/source.ts'
import type { Learned } from './learned.ts'
import { hashed, placesOf } from './names.ts'
import { bucketOf, stepped } from './numbers.ts'

export type Filled = Float32Array | Uint32Array

/**
 * One column's raw values become those of its fields. Serving, training and replay all come through
 * here, a row at a time.
 */
export interface ColumnCoder {
  readonly fields: readonly FilledField[]
  /** Writes row `from` of the raw column as row `to` of one array per field. */
  write(raw: RawColumn, from: number, outs: readonly Filled[], to: number): void
}

export function coderOf(set: DeclaredSet, column: DeclaredColumn, learned: Learned): ColumnCoder {
  const { source, as } = column
  const count = countOf(source)
  const side = sideOf(source)
  const names = fieldNames(set, column)
  switch (as.form) {
    case 'number': {
      const steps = stepped(as)
      const scales = names.map((name) => (as.standardise ? learned.scales[name] : undefined))
      return {
        fields: names.map((name) => ({ kind: 'number', name, side })),
        write(raw, from, outs, to) {
          const numbers = numbersIn(raw)
          for (let place = 0; place < count; place++) {
            const value = steps(numbers[from * count + place]!)
            const scale = scales[place]
            outs[place]![to] = scale === undefined ? value : (value - scale[0]) / scale[1]
          }
        },
      }
    }
    case 'buckets': {
      const bounds = 'quantiles' in as.bounds ? (learned.bounds[column.name] ?? []) : as.bounds
      const size = bounds.length + 2
      return {
        fields: names.map((name) => ({ kind: 'category', name, side, size })),
        write(raw, from, outs, to) {
          const numbers = numbersIn(raw)
          for (let place = 0; place < count; place++)
            outs[place]![to] = bucketOf(bounds, numbers[from * count + place]!)
        },
      }
    }
    case 'category': {
      const { size, idOf, table } = lookedUp(set, as, learned)
      return {
        fields: names.map((name) => ({ kind: 'category', name, side, size, ...table })),
        write(raw, from, outs, to) {
          const words = namesIn(raw)
          for (let place = 0; place < count; place++)
            outs[place]![to] = idOf(words[from * count + place]!)
        },
      }
    }
    case 'sequence':
      return sequenceCoder({ ...lookedUp(set, as, learned), name: column.name, side, count })
    case 'one-hot':
      return oneHotCoder(names, side, count, placesOf(wordsOf(set, as.vocabulary)))
  }
}

interface LookedUp {
  readonly size: number
  readonly idOf: (name: string) => number
  readonly table: { readonly table?: string }
}

function lookedUp(set: DeclaredSet, lookup: Lookup, learned: Learned): LookedUp {
  if ('hash' in lookup) {
    const { hash, seed } = lookup
    return { size: hash + 1, idOf: hashed(hash, seed), table: {} }
  }
  const words = vocabularyOf(set, lookup.vocabulary, learned)
  return { size: words.length + 1, idOf: placesOf(words), table: { table: lookup.vocabulary } }
}

export function vocabularyOf(set: DeclaredSet, name: string, learned: Learned): readonly string[] {
  const declared = set.vocabularies?.[name]
  if (declared !== undefined && 'words' in declared) return declared.words
  return learned.vocabularies[name] ?? []
}

/** The source names the newest first; a sequence ends with it, after zeros. */
function sequenceCoder(
  options: LookedUp & Pick<FilledField, 'name' | 'side'> & { readonly count: number },
): ColumnCoder {
  const { size, idOf, table, name, side, count: length } = options
  return {
    fields: [{ kind: 'sequence', name, side, size, length, ...table }],
    write(raw, from, [out], to) {
      const words = namesIn(raw)
      for (let place = 0; place < length; place++)
        out![to * length + (length - 1 - place)] = idOf(words[from * length + place]!)
    },
  }
}

function oneHotCoder(
  names: readonly string[],
  side: FilledField['side'],
  count: number,
  placeOf: (name: string) => number,
): ColumnCoder {
  return {
    fields: names.map((name) => ({ kind: 'number', name, side })),
    write(raw, from, outs, to) {
      const words = namesIn(raw)
      for (const out of outs) out[to] = 0
      for (let place = 0; place < count; place++) {
        const word = placeOf(words[from * count + place]!)
        if (word > 0) outs[word - 1]![to] = 1
      }
    },
  }
}

export function numbersIn(raw: RawColumn): Float64Array {
  if (raw instanceof Float64Array) return raw
  throw broken('a column of names was given where there must be numbers')
}

export function namesIn(raw: RawColumn): readonly string[] {
  if (!(raw instanceof Float64Array)) return raw
  throw broken('a column of numbers was given where there must be names')
}

/** An array for some rows of a field. */
export function blankOf(field: FilledField, rowCount: number): Filled {
  if (field.kind === 'number') return new Float32Array(rowCount)
  return new Uint32Array(field.kind === 'sequence' ? rowCount * field.length : rowCount)
}
