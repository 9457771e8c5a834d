import { type SortedLists, sortedLists } from '../../kernel/lists/sorted-lists.ts'
import { type Uint32Lists, uint32Lists } from '../../kernel/lists/uint32-lists.ts'
import type { TagColumn } from './catalogue.ts'
import type { Column } from './column.ts'

/** Tags by item, and items by tag: 8 bytes for each of both, 8 to 16 where they meet. */
export interface WritableTagColumn extends Column, TagColumn {
  putTags(item: number, tags: readonly string[]): void

  /**
   * Makes the lists of items, which are then kept up to date. Otherwise the first call of `items`
   * does: a column that is filled in any order makes them once, in the end.
   */
  index(): SortedLists
}

export function tagColumn(): WritableTagColumn {
  const names: string[] = []
  const codes = new Map<string, number>()
  const tagsOf = uint32Lists()
  let rowCount = 0
  let itemsOf: SortedLists | undefined

  function codeFor(name: string): number {
    let code = codes.get(name)
    if (code === undefined) {
      code = names.push(name) - 1
      codes.set(name, code)
    }
    return code
  }

  function index(): SortedLists {
    if (itemsOf !== undefined) return itemsOf
    itemsOf = sortedLists()
    const { starts, items } = transposed(tagsOf, rowCount, names.length)
    for (const code of names.keys()) {
      itemsOf.fill(code, items.subarray(starts[code], starts[code + 1]))
    }
    return itemsOf
  }

  function putTags(item: number, tags: readonly string[]): void {
    const after = new Set(tags.map(codeFor))
    if (itemsOf !== undefined) {
      const before = new Set(tagsOf.view(item))
      for (const code of before) if (!after.has(code)) itemsOf.remove(code, item)
      for (const code of after) if (!before.has(code)) itemsOf.add(code, item)
    }
    tagsOf.replace(item, [...after])
    rowCount = Math.max(rowCount, item + 1)
  }

  return {
    names,
    code: (name) => codes.get(name),
    of: (item) => tagsOf.view(item).slice(),
    first: (item) => tagsOf.first(item),
    gather(items) {
      const { starts, data } = tagsOf.gather(items)
      return { starts, codes: data }
    },
    has: (item, code) => tagsOf.has(item, code),
    items: (code) => index().read(code),
    count: (code) => index().length(code),
    index,
    putTags,
    put: (item, value) => putTags(item, value !== undefined && 'tags' in value ? value.tags : []),
  }
}

/** All lists of items end to end: lists that grew one by one would leave their outgrown blocks. */
function transposed(
  tagsOf: Uint32Lists,
  rowCount: number,
  codeCount: number,
): { readonly starts: Uint32Array; readonly items: Uint32Array } {
  const starts = new Uint32Array(codeCount + 1)
  for (let item = 0; item < rowCount; item++) {
    for (const code of tagsOf.view(item)) starts[code + 1]!++
  }
  for (let code = 0; code < codeCount; code++) starts[code + 1]! += starts[code]!
  const items = new Uint32Array(starts[codeCount]!)
  const ends = starts.slice()
  for (let item = 0; item < rowCount; item++) {
    for (const code of tagsOf.view(item)) items[ends[code]!++] = item
  }
  return { starts, items }
}
