import { invalid } from '../../../error.ts'
import type {
  BucketForm,
  DeclaredColumn,
  DeclaredCross,
  DeclaredSet,
  Lookup,
  NumberForm,
} from './declaration.ts'
import { fieldNames } from './field-names.ts'
import { checkFused } from './sources/fusions.ts'
import { countOf } from './sources/source.ts'

const setName = /^[a-z][a-z0-9-]{0,63}$/
/** One `#` stands for the number of the value. */
const columnName = /^(?!.*#.*#)[A-Za-z][A-Za-z0-9_#-]{0,63}$/
const countMax = 1_000
/** Ids are exact in single precision up to here. */
const sizeMax = 2 ** 24

/**
 * Throws `invalid_argument` for a set that cannot be filled, saying which place of it and why.
 */
export function checkSet(set: DeclaredSet): void {
  if (!setName.test(set.name))
    throw invalid('name', `"${set.name}" must be lower case letters, digits and -, at most 64`)
  whole('version', set.version, 1, Number.MAX_SAFE_INTEGER)
  if (set.columns.length === 0) throw invalid('columns', 'must not be empty')
  checkVocabularies(set)
  for (const [name, fusion] of Object.entries(set.fusions ?? {}))
    for (const [action, weight] of Object.entries(fusion)) {
      checkFused(`fusions.${name}`, action, {})
      if (!Number.isFinite(weight)) throw invalid(`fusions.${name}.${action}`, 'must be a number')
    }
  for (const [index, column] of set.columns.entries()) checkColumn(`columns[${index}]`, column, set)
  const names = new Set<string>()
  const all = [...set.columns.flatMap((column) => fieldNames(set, column))]
  for (const name of [...all, ...(set.crosses ?? []).map((cross) => cross.name)]) {
    if (names.has(name)) throw invalid('columns', `there are two fields "${name}"`)
    names.add(name)
  }
  for (const [index, cross] of (set.crosses ?? []).entries())
    checkCross(`crosses[${index}]`, cross, set)
  if (set.labels.length === 0) throw invalid('labels', 'must name at least one')
}

function checkVocabularies({ vocabularies = {} }: DeclaredSet): void {
  for (const [name, vocabulary] of Object.entries(vocabularies)) {
    const at = `vocabularies.${name}`
    if (!('words' in vocabulary)) {
      whole(`${at}.countMax`, vocabulary.countMax, 1, sizeMax - 1)
      continue
    }
    if (vocabulary.words.includes('')) throw invalid(at, 'no word may be empty')
    if (new Set(vocabulary.words).size < vocabulary.words.length)
      throw invalid(at, 'a word comes twice')
  }
}

function checkColumn(at: string, column: DeclaredColumn, set: DeclaredSet): void {
  const { source, as } = column
  if (!columnName.test(column.name))
    throw invalid(
      `${at}.name`,
      `"${column.name}" must be letters, digits, -, _ and one #, at most 64`,
    )
  if (column.description === '') throw invalid(`${at}.description`, 'must not be empty')
  whole(`${at}.source.count`, countOf(source), 1, countMax)
  if ('last' in source) whole(`${at}.source.last`, source.last, 1, 200)
  for (const key of ['of', 'per'] as const) {
    const name = key in source ? (source as { readonly [key]?: unknown })[key] : undefined
    if (typeof name === 'string') checkFused(`${at}.source.${key}`, name, set.fusions ?? {})
  }
  if (as.form === 'number') checkNumber(`${at}.as`, as)
  else if (as.form === 'buckets') checkBounds(`${at}.as.bounds`, as)
  else if (as.form === 'one-hot') checkWords(`${at}.as.vocabulary`, as.vocabulary, set)
  else checkLookup(`${at}.as`, as, set)
}

function checkBounds(at: string, { bounds }: BucketForm): void {
  if ('quantiles' in bounds) {
    whole(`${at}.quantiles`, bounds.quantiles, 2, 1_000)
    return
  }
  for (const [place, bound] of bounds.entries()) {
    if (Number.isFinite(bound) && (place === 0 || bound > bounds[place - 1]!)) continue
    throw invalid(`${at}[${place}]`, `${bound} must be finite and ascending`)
  }
}

function checkWords(at: string, name: string, { vocabularies = {} }: DeclaredSet): void {
  const vocabulary = Object.hasOwn(vocabularies, name) ? vocabularies[name] : undefined
  if (vocabulary !== undefined && 'words' in vocabulary) return
  throw invalid(at, `"${name}" must be a vocabulary whose words are declared`)
}

function checkNumber(at: string, { clip, scale, decimals, absent = 0 }: NumberForm): void {
  if (!Number.isFinite(absent)) throw invalid(`${at}.absent`, 'must be a finite number')
  if (clip !== undefined && !(clip[0] <= clip[1])) throw invalid(`${at}.clip`, 'must ascend')
  if (scale !== undefined && !(Number.isFinite(scale[0]) && scale[1] > 0))
    throw invalid(`${at}.scale`, 'must be a number, and one > 0')
  if (decimals !== undefined) whole(`${at}.decimals`, decimals, 0, 12)
}

function checkLookup(at: string, lookup: Lookup, { vocabularies = {} }: DeclaredSet): void {
  if ('hash' in lookup) {
    whole(`${at}.hash`, lookup.hash, 1, sizeMax - 1)
    return
  }
  if (Object.hasOwn(vocabularies, lookup.vocabulary)) return
  const known = Object.keys(vocabularies).join(', ') || 'none'
  throw invalid(`${at}.vocabulary`, `"${lookup.vocabulary}" is not declared: ${known}`)
}

function checkCross(at: string, { of, buckets }: DeclaredCross, set: DeclaredSet): void {
  whole(`${at}.buckets`, buckets, 1, sizeMax - 1)
  if (of.length < 2 || of.length > 3) throw invalid(`${at}.of`, 'must name 2 or 3 fields')
  const named = set.columns.filter(({ as }) => as.form === 'category')
  const names = named.flatMap((column) => fieldNames(set, column))
  for (const [place, name] of of.entries()) {
    if (names.includes(name)) continue
    throw invalid(`${at}.of[${place}]`, `"${name}" is no category by name: ${names.join(', ')}`)
  }
}

function whole(field: string, value: number, least: number, most: number): void {
  if (Number.isInteger(value) && value >= least && value <= most) return
  throw invalid(field, `${value} must be a whole number >= ${least} and <= ${most}`)
}
