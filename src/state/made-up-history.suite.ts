import {
  type ActionEvent,
  actions,
  type Event,
  type QueueEntry,
  type ServedEvent,
} from '../events/event.ts'
import type { Random } from '../kernel/random.ts'

/** When made-up histories begin. */
export const historyStart = 1_700_000_000_000

export interface MadeUpHistory {
  readonly count: number
  /** Kinds of event that are left out. */
  readonly without?: readonly Event['type'][]
  readonly userCount?: number
  readonly itemCount?: number
}

const sources = ['pinned', 'nearest', 'popular', 'fresh', 'sweep']
const minuteMs = 60_000

/**
 * A past in which everything happens that can happen: items come, change and go, people act, merge
 * and are erased, queues are filled and pages taken from them. As an engine logs it: batches of a
 * feed are numbered 1, 2, 3, and their times rise.
 */
export function madeUpHistory(random: Random, history: MadeUpHistory): readonly Event[] {
  const { count, without = [], userCount = 8, itemCount = 30 } = history
  const makers = makersOf(random, userCount, itemCount)
  const kinds = Object.keys(makers) as (keyof typeof makers)[]
  return Array.from({ length: count }, (_, index) => {
    for (;;) {
      const event = makers[kinds[random.below(kinds.length)]!](
        index,
        historyStart + index * minuteMs,
      )
      if (!without.includes(event.type)) return event
    }
  })
}

function makersOf(random: Random, userCount: number, itemCount: number) {
  const pick = <T>(from: readonly T[]): T => from[random.below(from.length)]!
  const user = (): string => `user${random.below(userCount)}`
  const item = (): string => `item${random.below(itemCount)}`
  const some = <T>(from: readonly T[]): T[] => from.filter(() => random.below(2) === 0)
  const batches = new Map<string, number>()

  const entry = (id: string, at: number): QueueEntry => ({
    item: id,
    score: random.next() * 4 - 2,
    sources: some(sources),
    run: `run${random.below(4)}`,
    model: pick(['', 'ranker/1', 'ranker/2']),
    expiresAt: at + random.below(1_000_000),
  })
  const entries = (at: number, countMax: number): QueueEntry[] => {
    const ids = new Set(Array.from({ length: 1 + random.below(countMax) }, item))
    return [...ids].map((id) => entry(id, at))
  }
  const feed = () => ({ user: user(), scene: pick(['home', 'list']), channel: pick(['', '18']) })

  const action = (index: number, at: number): ActionEvent => {
    const kind = pick(actions)
    const value =
      kind === 'rate' ? random.below(11) / 2 : kind === 'play' ? random.next() : undefined
    const named = { type: 'action', id: `action${index}`, at, action: kind, user: user() } as const
    return { ...named, item: item(), ...(value !== undefined && { value }) }
  }
  const served = (index: number, at: number): ServedEvent => {
    const key = feed()
    const name = `${key.user} ${key.scene} ${key.channel}`
    const batch = (batches.get(name) ?? 0) + 1
    batches.set(name, batch)
    const origin = { request: `request${index}`, recipe: 'feed', arms: some(['a', 'b']) }
    return {
      ...{ type: 'served', id: `served${index}`, at, ...key, ...origin, batch },
      delivery: pick(['now', 'queued']),
      items: entries(at, 5),
      dropped: random.below(4) === 0 ? [item()] : [],
      repeatable: random.below(8) === 0,
    }
  }
  const erase = (index: number, at: number): Event => {
    const gone = user()
    // Their feeds begin again at page 1.
    for (const name of batches.keys()) if (name.startsWith(`${gone} `)) batches.delete(name)
    return { type: 'erase', id: `erase${index}`, at, user: gone }
  }
  const put = (index: number, at: number): Event => ({
    ...{ type: 'item', id: `put${index}`, at, item: item() },
    record: {
      attributes: {
        year: { number: 1950 + random.below(70) },
        genres: { tags: some(['drama', 'comedy', 'crime']) },
        ...(random.below(2) === 0 && { title: { text: `title ${index}` } }),
      },
      channels: some(['18', '19']),
    },
  })
  const signals = () => ({ click: { weight: random.below(5) - 2 }, like: { weight: 2 } })
  return {
    action,
    'another action': action,
    'yet another action': action,
    served,
    put,
    erase: (index: number, at: number) => (random.below(3) === 0 ? erase : action)(index, at),
    withdraw: (index: number, at: number): Event => {
      return { type: 'withdraw', id: `withdraw${index}`, at, item: item() }
    },
    user: (index: number, at: number): Event => {
      const attributes = { age: { number: random.below(90) }, likes: { tags: some(['x', 'y']) } }
      return { type: 'user', id: `user${index}`, at, user: user(), attributes }
    },
    merge: (index: number, at: number): Event => {
      return { type: 'merge', id: `merge${index}`, at, from: user(), into: user() }
    },
    offered: (index: number, at: number): Event => ({
      ...{ type: 'offered', id: `offered${index}`, at, ...feed(), writer: 'feed' },
      entries: entries(at, 12),
      replace: random.below(3) === 0,
      pulse: random.below(5),
    }),
    parameter: (index: number, at: number): Event => {
      const name = pick(['signals', 'blend', 'interests'] as const)
      const value = {
        signals: signals(),
        blend: { fresh: random.below(10) / 10 },
        interests: { halfLifeMinutes: 1 + random.below(20) },
      }[name]
      return { type: 'parameter', id: `parameter${index}`, at, name, value, by: 'somebody' }
    },
  }
}
