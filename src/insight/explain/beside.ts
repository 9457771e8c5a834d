import type { Ordinal } from '../../state/projections/projection.ts'
import { listed } from './deed-words.ts'
import { type Knowledge, plainly, type Subject, type Told } from './subject.ts'

/** Why an item stands beside another one: nobody's taste, but what the two have in common. */
export function reasonBeside(beside: Ordinal, subject: Subject, knowledge: Knowledge): Told {
  const title = knowledge.titleOf(beside)
  const told = (because: string): Told => plainly('beside', because)
  if (subject.sources.includes('item-neighbors'))
    return told(`Others who liked ${title} liked this.`)
  const shared = sharedTags(beside, subject.item, knowledge)
  if (subject.sources.includes('same-attribute') && shared.length > 0) {
    return told(`Of the same kind as ${title}: ${listed(shared)}.`)
  }
  if (subject.sources.includes('nearest')) {
    return told(`Much the same people like it as like ${title}.`)
  }
  return told(`${listed(subject.sources)} put it beside ${title}.`)
}

const namedCountMax = 3

function sharedTags(one: Ordinal, other: Ordinal, { catalogue, tags }: Knowledge) {
  const names = tags.flatMap((attribute) => {
    const column = catalogue.tags(attribute)
    if (column === undefined) return []
    return [...column.of(one)]
      .filter((code) => column.has(other, code))
      .map((c) => column.names[c]!)
  })
  // Channels and genres often bear the same names.
  return [...new Set(names)].slice(0, namedCountMax)
}
