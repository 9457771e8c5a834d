import type { ItemView } from '../state/api.ts'

/** What an item shows of itself: what the page can say about it, whatever catalogue it is from. */
export interface Face {
  readonly id: string
  readonly title: string
  /** The title that stood in brackets behind: another language, another edition. */
  readonly alias?: string
  readonly year?: number
  readonly genres: readonly string[]
}

/** An item that is not described is still an item: it is shown by its id. */
export function faceOf(id: string, item: ItemView | undefined): Face {
  const attributes = item?.attributes ?? {}
  const { title = id, alias } = readTitle(textIn(attributes['title'] ?? attributes['name']))
  const year = yearIn(attributes['year'] ?? attributes['publishedAt'] ?? item?.availableFrom)
  const genres = textsIn(attributes['genres'])
  return {
    id,
    title,
    ...(alias !== undefined && { alias }),
    ...(year !== undefined && { year }),
    genres: genres.length > 0 ? genres : (item?.channels ?? []),
  }
}

const articles = "The|A|An|La|Le|Les|L'|Il|Lo|El|Los|Las|Das|Der|Die|Un|Une|Una|Den|Det|O|Os"
const inverted = new RegExp(`^(.+), (${articles})$`, 'i')
const bracketed = /^(.+?)\s+\((?:a\.k\.a\.\s+)?(.+)\)$/

/** "Cité des enfants perdus, La" is filed that way, and read "La Cité des enfants perdus". */
export function readTitle(filed: string | undefined): { title?: string; alias?: string } {
  if (filed === undefined) return {}
  const [, main, alias] = bracketed.exec(filed) ?? []
  if (main === undefined || alias === undefined) return { title: turned(filed) }
  return { title: turned(main), alias: turned(alias) }
}

function turned(title: string): string {
  const [, rest, article] = inverted.exec(title) ?? []
  if (rest === undefined || article === undefined) return title
  return article.endsWith("'") ? article + rest : `${article} ${rest}`
}

function textIn(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined
}

function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value]
  return Array.isArray(value) ? value.filter((entry) => typeof entry === 'string') : []
}

function yearIn(value: unknown): number | undefined {
  const year = typeof value === 'string' ? Number(value.slice(0, 4)) : value
  return typeof year === 'number' && Number.isInteger(year) ? year : undefined
}
