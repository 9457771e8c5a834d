import type { DeclaredColumn, DeclaredSet } from './declaration.ts'
import { countOf } from './sources/source.ts'

/** Stands in a column's name for the number of the value, from 1. */
const numberMark = '#'

/** The fields that a column makes: one, or one for each value or word. */
export function fieldNames(set: DeclaredSet, { name, source, as }: DeclaredColumn): string[] {
  if (as.form === 'sequence') return [name]
  if (as.form === 'one-hot') return wordsOf(set, as.vocabulary).map((word) => `${name}=${word}`)
  return valueNames({ name, source })
}

/** What the values of a column are called where each stands by itself, as in a file of rows. */
export function valueNames({ name, source }: Pick<DeclaredColumn, 'name' | 'source'>): string[] {
  const count = countOf(source)
  // A source that could give several values, and is asked for one, is called as its column.
  if (count === 1) return [name]
  const pattern = name.includes(numberMark) ? name : `${name}-${numberMark}`
  return Array.from({ length: count }, (_, place) => pattern.replace(numberMark, `${place + 1}`))
}

/** The declared words of a vocabulary; none where they are learned. */
export function wordsOf({ vocabularies }: DeclaredSet, name: string): readonly string[] {
  const vocabulary = vocabularies?.[name]
  return vocabulary !== undefined && 'words' in vocabulary ? vocabulary.words : []
}
