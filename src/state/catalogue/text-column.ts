import type { Ordinal } from '../projections/projection.ts'
import type { Column } from './column.ts'

/** Texts by ordinal: the strings themselves, so that comparing them need not decode them. */
export interface TextColumn extends Column {
  text(item: Ordinal): string | undefined
}

export function textColumn(): TextColumn {
  const texts: (string | undefined)[] = []
  return {
    text: (item) => texts[item],
    put(item, value) {
      // Filling the gap keeps the array dense: V8 would turn a sparse one into a hash table.
      while (texts.length < item) texts.push(undefined)
      texts[item] = value !== undefined && 'text' in value ? value.text : undefined
    },
  }
}
