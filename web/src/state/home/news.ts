import { listing } from '../../words/listing.ts'
import { counted } from '../../words/numbers.ts'
import type { Row } from './row.ts'

/** What is different on a page that was made anew: said in a sentence, and shown on the rows. */
export interface News {
  readonly words: string
  /** Keys of the rows that rose, or are new. */
  readonly risen: ReadonlySet<string>
}

const namedMax = 2

/** Compares the rows of a page with those before; undefined where all is as it was. */
export function newsOf(before: readonly Row[], after: readonly Row[]): News | undefined {
  const arrived = after.filter(({ key }) => !before.some((row) => row.key === key))
  const climbed = climbedOf(before, after)
  const risen = new Set([...arrived, ...climbed].map(({ key }) => key))
  const parts = [
    climbed.length > 0 ? `${named(climbed)} moved up` : '',
    arrived.length > 0 ? `new: ${named(arrived)}` : '',
  ].filter((words) => words !== '')
  if (parts.length > 0) return { words: parts.join(' · '), risen }
  const known = new Set(before.flatMap(({ items }) => items.map(({ id }) => id)))
  const fresh = after.flatMap(({ items }) => items).filter(({ id }) => !known.has(id)).length
  if (fresh > 0) return { words: `${counted(fresh, 'film')} came in`, risen }
  const isSame = orderOf(before) === orderOf(after)
  return isSame ? undefined : { words: 'The order of the films changed', risen }
}

/** Rows that overtook others, most places first. A row does not rise where one above it went. */
function climbedOf(before: readonly Row[], after: readonly Row[]): readonly Row[] {
  const stayed = before.map(({ key }) => key).filter((key) => after.some((row) => row.key === key))
  const kept = after.filter(({ key }) => stayed.includes(key))
  return kept
    .map((row, place) => ({ row, places: stayed.indexOf(row.key) - place }))
    .filter(({ places }) => places > 0)
    .toSorted((a, b) => b.places - a.places)
    .map(({ row }) => row)
}

const named = (rows: readonly Row[]): string =>
  listing(rows.slice(0, namedMax).map(({ topic }) => topic))

const orderOf = (rows: readonly Row[]): string =>
  JSON.stringify(rows.map(({ items }) => items.map(({ id }) => id)))
