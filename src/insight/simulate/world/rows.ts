/** Users and items as the outside sees them: ids, attributes, titles. Nothing of it tells more. */
import type { ItemId, Json, UserId } from '../../../events/event.ts'
import type { ItemRow, UserRow } from '../feed.ts'
import { type Draw, hiddenCount } from './mixture.ts'
import type { People } from './people.ts'
import type { NumberPlan, WorldPlan } from './plan.ts'
import { noStar, type Stars } from './stars.ts'
import type { Stock } from './stock.ts'

export interface Rows {
  itemId(item: number): ItemId
  userId(user: number): UserId
  /** `undefined` where the world has no such item. */
  itemOf(id: ItemId): number | undefined
  userOf(id: UserId): number | undefined
  item(item: number): ItemRow
  user(user: number): UserRow
  channels(item: number): readonly string[]
  /** The hidden part of it that stands out, by number: what no topic tells and its words may. */
  tone(item: number): number
  starName(star: number): string
}

const epithets: readonly (readonly string[])[] = [
  ['Quiet', 'Slow', 'Gentle', 'Lasting'],
  ['Dark', 'Hollow', 'Crimson', 'Cold'],
  ['Wild', 'Electric', 'Burning', 'Loud'],
  ['Odd', 'Paper', 'Clockwork', 'Borrowed'],
  ['Golden', 'Old', 'Northern', 'Winter'],
  ['New', 'Second', 'Distant', 'Glass'],
]

export function rowsOf(
  plan: WorldPlan,
  { stock, people, stars }: { stock: Stock; people: People; stars: Stars },
  draw: Draw,
): Rows {
  const { prefix, topics, topicsAs, starAs, numbers } = plan.items
  const topicCount = topics.length
  const [words, facts] = [draw('words'), draw('facts')]
  const numbered = (prefix: string, count: number) => ({
    id: (index: number) => `${prefix}${index}`,
    // Ids are ours, made of a prefix and a number; what does not read back as itself is none.
    of(id: string): number | undefined {
      const index = Number(id.slice(prefix.length))
      return Number.isInteger(index) && index < count && `${prefix}${index}` === id
        ? index
        : undefined
    },
  })
  const itemIds = numbered(prefix, stock.count)
  const userIds = numbered(plan.people.prefix ?? 'user-', people.count)

  /** The main topic first. */
  const named = (item: number): readonly number[] => {
    const main = stock.topics[item]!
    const others = topics.flatMap((_, topic) =>
      topic !== main && ((stock.named[item]! >>> topic) & 1) === 1 ? [topic] : [],
    )
    return [main, ...others]
  }
  /** It shows in the title's epithet. */
  const tone = (item: number): number => {
    const start = item * stock.dims + topicCount
    const hidden = stock.vectors.subarray(start, start + hiddenCount)
    return hidden.reduce((best, part, at) => (part > hidden[best]! ? at : best), 0)
  }
  const pick = (list: readonly string[], item: number, turn: number): string =>
    list[Math.floor(words.uniform(item, turn) * list.length)]!

  const wordsOf = (item: number) => {
    const [main, other] = [stock.topics[item]!, named(item).at(-1)!]
    const epithet = pick(epithets[tone(item)]!, item, 0)
    const noun = pick(topics[main]!.words, item, 1)
    const second = pick(topics[other]!.words, item, 2)
    const forms = [`The ${epithet} ${noun}`, `${epithet} ${noun}`, `${noun} and ${second}`]
    const title = pick([...forms, `The ${noun} of the ${second}`], item, 3)
    const keywords = [...new Set([noun, second, epithet])].map((word) => word.toLowerCase())
    return { title, keywords }
  }

  const channels = (item: number): readonly string[] =>
    topicsAs === 'channels' ? named(item).map((topic) => topics[topic]!.name) : []

  return {
    itemId: itemIds.id,
    itemOf: itemIds.of,
    userId: userIds.id,
    userOf: userIds.of,
    channels,
    tone,
    starName: stars.name,

    item(item) {
      const star = stock.stars[item]!
      const who = star === noStar ? [] : [stars.name(star)]
      const { title, keywords } = wordsOf(item)
      const attributes: Record<string, Json> = { title, keywords: [...keywords, ...who] }
      if (topicsAs === 'genres') attributes['genres'] = named(item).map((of) => topics[of]!.name)
      if (who.length > 0) attributes[starAs] = who
      for (const [turn, number] of numbers.entries()) {
        attributes[number.attribute] = numberFor(number, facts.normal(item, 2 + turn))
      }
      const until = stock.until[item]!
      return {
        ...{ id: itemIds.id(item), attributes, channels: channels(item) },
        availableFrom: stock.from[item]!,
        ...(Number.isFinite(until) && { availableUntil: Math.ceil(until) }),
      }
    },

    user(user) {
      const follows = people.followed(user).map(stars.name)
      return { id: userIds.id(user), attributes: follows.length > 0 ? { follows } : {} }
    },
  }
}

function numberFor({ typical, spread, scale }: NumberPlan, normal: number): number {
  return Math.round(
    scale === 'plain' ? typical + spread * normal : typical * Math.exp(spread * normal),
  )
}
