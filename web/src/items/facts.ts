import type { ItemView } from '../state/api.ts'

/** A line of an item's record: a name and its value in words. */
export interface Fact {
  readonly name: string
  readonly value: string
}

const shownElsewhere = new Set(['title', 'name', 'year', 'genres'])
const lengthMax = 160

/** What the record holds beside title, year and genres, in its own order. */
export function factsOf(item: ItemView): readonly Fact[] {
  const facts: Fact[] = []
  for (const [name, value] of Object.entries(item.attributes)) {
    const words = shownElsewhere.has(name) ? '' : wordsOf(value)
    if (words !== '') facts.push({ name, value: words })
  }
  if (item.availableFrom) facts.push({ name: 'Available from', value: dayOf(item.availableFrom) })
  if (item.availableUntil) facts.push({ name: 'until', value: dayOf(item.availableUntil) })
  if (item.withdrawn) facts.push({ name: 'Withdrawn', value: 'no longer shown' })
  return [...facts, { name: 'Id', value: item.id }]
}

function wordsOf(value: unknown): string {
  if (Array.isArray(value)) {
    if (typeof value[0] === 'number') return `a vector of ${value.length} numbers`
    return clipped(value.join(', '))
  }
  if (typeof value === 'object' && value !== null) {
    if ('text' in value) return clipped(String(value.text))
    if ('latitude' in value && 'longitude' in value)
      return `${value.latitude}°, ${value.longitude}°`
    return clipped(JSON.stringify(value))
  }
  const text = String(value ?? '')
  return /^\d{4}-\d\d-\d\dT/.test(text) ? dayOf(text) : clipped(text)
}

const days = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeZone: 'UTC' })

const dayOf = (iso: string): string => days.format(new Date(iso))

const clipped = (text: string): string =>
  text.length > lengthMax ? `${text.slice(0, lengthMax)}…` : text
