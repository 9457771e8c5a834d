import type { ItemRecord } from '../../../events/event.ts'
import { type TopicId, type TopicTable, topicTable } from './topic-table.ts'

/** Topics, each once, and the table that numbers them. */
export interface TopicList {
  readonly table: TopicTable
  readonly topics: readonly TopicId[]
}

/** Of a long list the first say most: casts are named by the size of their parts. */
const tagCountMax = 12

/** Topics of one item, at most. */
const topicCountMax = 36

/**
 * What an item is about: every tag of its record, within each of the item's own channels. Where a
 * deed took place does not matter: a page without a channel shows items of all of them.
 */
export function topicsOf(record: ItemRecord): TopicList {
  const table = topicTable()
  let found = known.get(record)
  if (found?.table !== table) known.set(record, (found = collected(record, table)))
  return found
}

/** Many deeds are done with few items: their records are the same as long as they are in memory. */
const known = new WeakMap<ItemRecord, TopicList>()

function collected({ attributes, channels }: ItemRecord, table: TopicTable): TopicList {
  const found: TopicId[] = []
  const names = Object.entries(attributes)
  for (const channel of channels.length === 0 ? [''] : channels) {
    const channelWord = table.word(channel)
    for (const [attribute, value] of names) {
      if (!('tags' in value)) continue
      const attributeWord = table.word(attribute)
      for (const tag of value.tags.slice(0, tagCountMax)) {
        if (found.length === topicCountMax) break
        const topic = table.of(channelWord, attributeWord, table.word(tag))
        if (!found.includes(topic)) found.push(topic)
      }
    }
  }
  return { table, topics: found }
}
