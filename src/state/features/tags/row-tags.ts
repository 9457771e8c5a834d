import type { Catalogue, TagLists } from '../../catalogue/catalogue.ts'
import type { Rows } from '../feature.ts'

/** By candidates, and then by attribute: rows of one request are of one catalogue. */
const gathered = new WeakMap<Rows, Map<string, TagLists>>()

/** The tags of every row, looked up once for all features of the attribute. */
export function rowTags(
  catalogue: Pick<Catalogue, 'tags'>,
  attribute: string,
): (rows: Rows) => TagLists {
  return (rows) => {
    let byAttribute = gathered.get(rows)
    if (byAttribute === undefined) gathered.set(rows, (byAttribute = new Map()))
    let lists = byAttribute.get(attribute)
    if (lists === undefined) {
      lists = catalogue.tags(attribute)?.gather(rows.items) ?? noTags
      byAttribute.set(attribute, lists)
    }
    return lists
  }
}

const noTags: TagLists = { starts: new Uint32Array(1), codes: new Uint32Array(0) }
