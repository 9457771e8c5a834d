import type { Client } from '../../src/client/index.ts'

/** A few people with tastes, and a small catalogue for them: something to look at. */
export interface Audience {
  readonly users: readonly string[]
  /** Puts the catalogue, and lets everybody read for a while. */
  fill(): Promise<void>
  /** Everybody asks for a page, sees all of it and opens what is to their taste. */
  read(rounds: number): Promise<void>
}

const topics = ['Comedy', 'Drama', 'Film-Noir', 'Musical', 'Sci-Fi', 'Western']
const itemCount = 180
const pageSize = 6

export function audienceOf(client: Client): Audience {
  const users = Array.from({ length: 12 }, (_, n) => `reader-${n}`)
  const topicOf = new Map<string, string>()
  const item = (n: number) => {
    const topic = topics[n % topics.length] ?? ''
    topicOf.set(`${n}`, topic)
    const channels = [n % 3 === 0 ? 'old' : 'new']
    return { id: `${n}`, channels, attributes: { title: `${topic} number ${n}`, genres: [topic] } }
  }
  const readOnce = async (user: string, place: number): Promise<void> => {
    const scene = place % 4 === 0 ? 'stream' : 'home'
    const { items } = await client.feed({ scene, user, size: pageSize })
    const liked = topics[place % topics.length]
    const events = items.flatMap(({ id, token }) => {
      const about = { user, item: id, token }
      const seen = { ...about, type: 'impression' } as const
      if (topicOf.get(id) !== liked) return [seen]
      return [
        seen,
        { ...about, type: 'click' } as const,
        { ...about, type: 'rate', value: 5 } as const,
      ]
    })
    const { rejected } = await client.track({ events })
    if (rejected.length > 0) throw new Error(JSON.stringify(rejected[0]))
  }
  const read = async (rounds: number): Promise<void> => {
    for (let round = 0; round < rounds; round++) {
      for (const [place, user] of users.entries()) await readOnce(user, place)
    }
  }
  return {
    ...{ users, read },
    async fill() {
      await client.putItems({ items: Array.from({ length: itemCount }, (_, n) => item(n)) })
      await read(5)
    },
  }
}
