import { foldedText } from '../../kernel/folded-text.ts'
import type { Catalogue } from '../catalogue/catalogue.ts'
import type { Ordinal } from '../projections/projection.ts'

const titleAttribute = 'title'

/** Sorts behind every title. */
const untitled = '\uffff'

/**
 * Titles as they are put in order: without case, accents and what stands before the first letter or
 * digit. Each is made when it is first asked for, and anew where the title has changed.
 */
export function titleKeys(catalogue: Pick<Catalogue, 'text'>): (item: Ordinal) => string {
  const titles: (string | undefined)[] = []
  const keys: string[] = []
  return (item) => {
    const title = catalogue.text(titleAttribute, item)
    if (title === undefined) return untitled
    // Filling the gap keeps the arrays dense: V8 would turn sparse ones into hash tables.
    while (titles.length <= item) keys[titles.push(undefined) - 1] = untitled
    if (titles[item] !== title) {
      titles[item] = title
      keys[item] = foldedText(title).replace(/^[^\p{L}\p{N}]+/u, '')
    }
    return keys[item]!
  }
}
