import { grown } from '../../../kernel/lists/grown.ts'
import type { Catalogue } from '../../catalogue/catalogue.ts'
import type { Care, Cares } from '../../profile/cares.ts'
import { channelsName } from '../../projections/schema.ts'
import type { Feature, Rows } from '../feature.ts'
import { rowTags } from '../tags/row-tags.ts'
import { careNeeds, caresOf } from './cares-of.ts'
import { channelRows } from './channel-rows.ts'
import { type TopicCare, topicCares } from './topic-cares.ts'

/** Weight that is taken to be of nothing the user cares for: a taste is not made by one click. */
const doubt = 5

/**
 * How much of what the user cares for the item is about: the weights of its topics within one of
 * its channels, of all weights there; of several channels the best. What is followed holds in all.
 */
export function interestMatch(
  catalogue: Pick<Catalogue, 'tags'>,
  tags: readonly string[],
): readonly Feature[] {
  const attributes = tags.filter((attribute) => attribute !== channelsName)
  const topicsOf = topicCares(catalogue, tags)
  const sums = topicSums(catalogue, attributes)
  const rowsOf = channelRows(catalogue)
  const match = (kind: keyof Cares, named: Pick<Feature, 'name' | 'description'>): Feature => ({
    ...named,
    absent: 0,
    needs: careNeeds,
    fill(context, rows, known, out) {
      const cares = caresOf(context, known)[kind]
      if (cares.length === 0) return
      const topics = topicsOf(context, known)[kind]
      const isSet = new Uint8Array(out.length)
      for (const [channel, own] of byChannel(cares, topics, attributes)) {
        const members = rowsOf(rows, channel)
        if (members.length === 0) continue
        const found = sums(rows, members, own)
        for (let place = 0; place < members.length; place++) {
          const row = members[place]!
          if (isSet[row] === 1 && found[place]! <= out[row]!) continue
          isSet[row] = 1
          out[row] = found[place]!
        }
      }
      const follows = cares.filter(isFollowed)
      if (follows.length === 0) return
      const followed = byAttribute(attributes)
      for (const topic of topics) {
        if (isFollowed(topic.care)) followed.get(topic.attribute)!.push(topic)
      }
      const all = Uint32Array.from(rows.items.keys())
      const found = sums(rows, all, { total: totalOf(follows), topics: followed })
      for (let row = 0; row < out.length; row++) out[row]! += found[row]!
    },
  })
  return [
    match('lasting', {
      name: 'lasting-interest',
      description: "Share of the user's lasting interests that falls on the item's topics",
    }),
    match('session', {
      name: 'session-interest',
      description: "Share of what the user's session is about that falls on the item's topics",
    }),
  ]
}

/** What is cared for in one channel, or followed: the weight of all of it, and what it is of. */
interface Own {
  readonly total: number
  /** By attribute. */
  readonly topics: ReadonlyMap<string, readonly TopicCare[]>
}

function byChannel(
  cares: readonly Care[],
  topics: readonly TopicCare[],
  attributes: readonly string[],
): ReadonlyMap<string, Own> {
  const channels = new Map<string, { total: number; topics: Map<string, TopicCare[]> }>()
  for (const care of cares) {
    if (isFollowed(care)) continue
    const own = channels.get(care.channel)
    if (own !== undefined) own.total += Math.max(0, care.weight)
    else {
      const topicsOf = byAttribute(attributes)
      channels.set(care.channel, { total: totalOf([care]), topics: topicsOf })
    }
  }
  for (const topic of topics) {
    const { care, attribute } = topic
    if (!isFollowed(care)) channels.get(care.channel)!.topics.get(attribute)!.push(topic)
  }
  return channels
}

/** An empty list for each. */
function byAttribute(attributes: readonly string[]): Map<string, TopicCare[]> {
  return new Map(attributes.map((attribute) => [attribute, []]))
}

function isFollowed({ followedAt }: Care): boolean {
  return followedAt !== undefined
}

function totalOf(cares: readonly Care[]): number {
  let total = doubt
  for (const { weight } of cares) total += Math.max(0, weight)
  return total
}

/**
 * Sums the weights of some rows' topics, as a share of all that count for something: one number for
 * each of them, and whatever else behind.
 */
function topicSums(catalogue: Pick<Catalogue, 'tags'>, attributes: readonly string[]) {
  const lists = attributes.map((attribute) => rowTags(catalogue, attribute))
  // By code, and all zeros between two uses: looked up without a search, and never made anew.
  let weights = new Float64Array(0)
  // The answer, until the next question: there are dozens a request.
  let sums = new Float64Array(0)
  return (rows: Rows, some: Uint32Array, { total, topics }: Own): Float64Array => {
    sums = grown(sums, some.length)
    const found = sums.fill(0, 0, some.length)
    for (const [index, attribute] of attributes.entries()) {
      const own = topics.get(attribute)!
      if (own.length === 0) continue
      weights = grown(weights, catalogue.tags(attribute)!.names.length)
      const weightOf = weights
      for (const { code, care } of own) weightOf[code]! += care.weight
      const { starts, codes } = lists[index]!(rows)
      for (let place = 0; place < some.length; place++) {
        const row = some[place]!
        const end = starts[row + 1]!
        let sum = 0
        for (let at = starts[row]!; at < end; at++) sum += weightOf[codes[at]!]!
        found[place]! += sum / total
      }
      for (const { code } of own) weightOf[code] = 0
    }
    return found
  }
}
