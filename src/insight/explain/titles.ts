import type { Catalogue } from '../../state/catalogue/catalogue.ts'
import type { Ordinal } from '../../state/projections/projection.ts'
import type { Ordinals } from '../../state/state.ts'

/** What people call an item: its text `title` or `name`, else its id. */
export function titlesOf(
  catalogue: Pick<Catalogue, 'text'>,
  ordinals: Pick<Ordinals, 'id'>,
): (item: Ordinal) => string {
  return (item) => {
    const text = catalogue.text('title', item) ?? catalogue.text('name', item)
    return text === undefined || text.trim() === '' ? ordinals.id(item) : spoken(text.trim())
  }
}

const articles = "The|A|An|La|Le|Les|L'|Il|Lo|El|Los|Las|Das|Der|Die|Un|Une|Una|Den|Det|O|Os"
const filed = new RegExp(`^(.+), (${articles})$`, 'i')

/**
 * "Cité des enfants perdus, La (The City of Lost Children)" is filed that way, and said "La Cité
 * des enfants perdus".
 */
export function spoken(title: string): string {
  const main = /^(.+?)\s+\(.+\)$/.exec(title)?.[1] ?? title
  const [, rest, article] = filed.exec(main) ?? []
  if (rest === undefined || article === undefined) return main
  return article.endsWith("'") ? article + rest : `${article} ${rest}`
}
