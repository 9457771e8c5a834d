import type { Catalogue } from '../catalogue/catalogue.ts'
import type { Ordinal } from '../projections/projection.ts'
import { channelsName } from '../projections/schema.ts'

/** What an item is found by. */
export interface ItemText {
  readonly item: Ordinal
  readonly title: string
  /** All other texts, and years. */
  readonly texts: string
  readonly tags: string
}

const titleAttribute = 'title'

/** What lies beyond is not looked at: whoever looks for a book types its title. */
const lengthMax = 2_000

/** Undefined where an item has no words: nobody described it, or only by measures. */
export function itemText(catalogue: Catalogue, item: Ordinal): ItemText | undefined {
  const texts: string[] = []
  const tags: string[] = []
  for (const [name, type] of catalogue.schema) {
    if (type === 'text' && name !== titleAttribute) texts.push(catalogue.text(name, item) ?? '')
    if (type === 'number') texts.push(yearIn(catalogue.numbers(name)?.[item]))
    if (type === 'tags' && name !== channelsName) tags.push(...tagsOf(catalogue, name, item))
  }
  const text = {
    item,
    title: (catalogue.text(titleAttribute, item) ?? '').slice(0, lengthMax),
    texts: texts.join(' ').trim().slice(0, lengthMax),
    tags: tags.join(' ').slice(0, lengthMax),
  }
  return text.title === '' && text.texts === '' && text.tags === '' ? undefined : text
}

/** People type the year with the title; no other number is a word. */
function yearIn(value: number | undefined): string {
  const isYear = value !== undefined && Number.isInteger(value) && value >= 1000 && value < 10_000
  return isYear ? String(value) : ''
}

function tagsOf(catalogue: Catalogue, name: string, item: Ordinal): readonly string[] {
  const column = catalogue.tags(name)
  return column === undefined ? [] : Array.from(column.of(item), (code) => column.names[code]!)
}
