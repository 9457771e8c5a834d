import { invalid } from '../../error.ts'
import type { RawValue, ValueType } from './raw-value.ts'

/** Turns the values of one input into the ids of a field, of which 0 stands for the unknown. */
export interface Coding {
  readonly type: ValueType
  /** Ids that may come out, that of the unknown included. */
  readonly size: number
  /** 0 for a value that nobody knows. */
  idOf(value: RawValue): number
  /** What an id stands for; undefined for the unknown. */
  valueOf(id: number): RawValue | undefined
}

/**
 * The words from 1, in their order. Throws `invalid_argument` for those that come twice, and where
 * the values are whole numbers and a word is none.
 */
export function vocabulary(
  field: string,
  words: readonly (string | number)[],
  type: ValueType,
): Coding {
  const ids = new Map<string, number>()
  for (const [index, word] of words.entries()) {
    const text = String(word)
    if (ids.has(text)) throw invalid(`${field}.vocabulary[${index}]`, `"${text}" comes twice`)
    if (type !== 'string' && !/^-?\d+$/.test(text)) {
      throw invalid(`${field}.vocabulary[${index}]`, `"${text}" must be a whole number`)
    }
    ids.set(text, index + 1)
  }
  return {
    type,
    size: words.length + 1,
    idOf: (value) => ids.get(String(value)) ?? 0,
    valueOf(id) {
      const word = words[id - 1]
      if (word === undefined) return undefined
      return type === 'string' ? String(word) : whole(String(word))
    },
  }
}

/** Whole numbers from 0 up to below `count`; what is out of range is unknown. */
export function numbersBelow(count: number, type: ValueType = 'int64'): Coding {
  return {
    type,
    size: count + 1,
    idOf: (value) => (isBelow(value, count) ? Number(value) + 1 : 0),
    valueOf: (id) => (id > 0 ? id - 1 : undefined),
  }
}

/** Ids of the field itself, as somebody else's vocabulary gave them. */
export function ids(size: number): Coding {
  return {
    type: 'int64',
    size,
    idOf: (value) => (isBelow(value, size) ? Number(value) : 0),
    valueOf: (id) => (id > 0 ? id : undefined),
  }
}

function isBelow(value: RawValue, count: number): boolean {
  const number = Number(value)
  return Number.isInteger(number) && number >= 0 && number < count && value !== ''
}

function whole(text: string): number | bigint {
  const number = Number(text)
  return Number.isSafeInteger(number) ? number : BigInt(text)
}
