import assert from 'node:assert/strict'
import type { Page } from '../../src/engine/engine.ts'
import { type Random, seededRandom } from '../../src/kernel/random.ts'
import type { CrashingHouse } from './crashing-house.ts'
import type { FeedOracle, Place } from './feed-oracle.ts'

const hourMs = 3_600_000
const dayMs = 24 * hourMs

/** People, each with two phones, and visitors who turn out to be one of them. */
const people = ['ann', 'bob', 'cy']
const visitors = ['visitor-1', 'visitor-2', 'visitor-3']

const places = [
  ['home', ''],
  ['home', ''],
  ['channel', 'a'],
  ['channel', 'b'],
  ['stream', ''],
  ['for-you', ''],
  // Filled behind the log, by a worker that comes whenever it comes.
  ['nearline', ''],
  ['nearline', ''],
  ['nearline', 'a'],
] as const

const firstItemCount = 40

/** One thing that somebody does. `alone` where nothing else happens at the same time. */
type Step = (alone: boolean) => Promise<void>

/**
 * Everything that can happen to feeds, in random order and partly at once. Each step tells the
 * oracle what it did, and lets it judge what came back.
 */
export function feedSchedule(house: CrashingHouse, oracle: FeedOracle, seed: string) {
  const random = seededRandom(seed)
  const draws = drawsOf(random)
  const onScreen = new Map<string, Page>()
  const merged = new Set<string>()
  let itemCount = 0

  const placeFor = (user: string): Place => {
    const [scene, channel] = draws.pick(places)
    return { user, scene, channel }
  }
  const anybody = (): string => draws.pick([...people, ...people, ...visitors])
  const anyItem = (): string => draws.pick([...oracle.items.keys()])

  const refresh = (): Step => {
    const place = placeFor(anybody())
    const size = 1 + random.below(draws.chance(0.1) ? 60 : 12)
    return async (alone) => {
      const before = oracle.moment(place, house.clock.now(), false)
      const page = await house.engine.recommend({ ...place, size })
      // What the engine itself recorded: whose page it became, and what was withdrawn too late.
      const told = await house.engine.explain(page.requestId)
      const recorded = told?.items.map(({ id }) => id) ?? []
      oracle.shown({ page, recorded, size, before, alone })
      if (told !== undefined) oracle.keep(page, recorded, place, told.user)
      if (page.items.length > 0) onScreen.set(place.user, page)
    }
  }

  const pageBack = (): Step => {
    const place = placeFor(anybody())
    return async () => {
      for (let batch = oracle.newest(place); batch > 0 && draws.chance(0.8); batch--) {
        const page = await house.engine.older({ ...place, cursor: `b${batch}` })
        oracle.shownAgain(page, place, batch, house.clock.now())
      }
    }
  }

  const beside = (): Step => {
    const [user, item] = [anybody(), anyItem()]
    const place = { user, scene: 'item:similar', channel: '' }
    return async () => {
      const before = oracle.moment(place, house.clock.now(), true)
      oracle.shownBeside(await house.engine.similar({ user, item, size: 5 }), item, before)
    }
  }

  const tracked = async (event: object, user: string, item: string, blocks: boolean) => {
    const { accepted, rejected } = await house.engine.track([event])
    assert.equal(accepted, 1, `${JSON.stringify(event)}: ${JSON.stringify(rejected)}`)
    oracle.act(user, item, blocks)
  }

  const act = (): Step => {
    const [user] = draws.pick([...onScreen.keys(), ...people].map((name) => [name]))!
    const page = onScreen.get(user!)
    const fresh = page !== undefined && house.clock.now() - page.servedAt < 30 * dayMs
    const type = draws.pick(['click', 'like', 'share', 'collect', 'dislike'])
    const blocks = type === 'dislike'
    const shown = fresh ? draws.pick(page.items) : undefined
    const item = shown?.id ?? anyItem()
    const token = shown && { token: shown.token }
    return () => tracked({ type, user, item, ...token }, user!, item, blocks)
  }

  const put = (): Step => {
    const isNew = itemCount < firstItemCount || draws.chance(0.7)
    const id = isNew ? `item${itemCount++}` : anyItem()
    const channels = ['a', 'b'].filter(() => draws.chance(0.5))
    const endsInMs = draws.chance(0.3) ? (1 + random.below(72)) * hourMs : undefined
    const genres = [draws.pick(['drama', 'comedy', 'crime'])]
    return async () => {
      const until = endsInMs === undefined ? undefined : house.clock.now() + endsInMs
      const availableUntil = until && { availableUntil: new Date(until).toISOString() }
      const item = { id, channels, attributes: { genres }, ...availableUntil }
      const { rejected } = await house.engine.putItems([item])
      assert.deepEqual(rejected, [])
      const withdrawn = false
      oracle.put(id, { channels, until: until ?? Number.POSITIVE_INFINITY, withdrawn })
    }
  }

  const withdraw = (): Step => {
    const item = anyItem()
    return async () => {
      assert.equal(await house.engine.withdrawItem(item), true)
      oracle.withdraw(item)
    }
  }

  const block = (): Step => {
    const items = draws.chance(0.6) ? [anyItem(), anyItem()] : []
    const value = { items, channels: draws.chance(0.2) ? ['b'] : [] }
    return async () => {
      await house.engine.setParameter('blocked', value, 'operator')
      oracle.block(value)
    }
  }

  const merge = (): Step => {
    const [from, into] = [draws.pick(visitors), draws.pick(people)]
    return async () => {
      // A visitor turns out to be one person, once.
      if (merged.has(from)) return
      merged.add(from)
      await house.engine.mergeUsers(from, into)
      oracle.merge(from, into)
    }
  }

  const wait = (): Step => {
    const ms = draws.chance(0.1) ? random.below(40) * dayMs : random.below(12 * hourMs)
    return async () => house.clock.advance(ms)
  }
  const prepare = (): Step => () => house.engine.prepared()
  const crash = (): Step => {
    const keepsState = draws.chance(0.5)
    return () => house.crash(keepsState)
  }

  const together = draws.weighted([
    [40, refresh],
    [12, act],
    [6, put],
    [3, withdraw],
    [2, merge],
  ])
  const oneByOne = draws.weighted([
    [40, refresh],
    [10, pageBack],
    [14, act],
    [8, put],
    [4, withdraw],
    [2, block],
    [1, merge],
    [6, wait],
    [3, beside],
    [4, prepare],
    [1, crash],
    [1, () => () => house.reopen()],
  ])

  return {
    async begin(): Promise<void> {
      for (let item = 0; item < firstItemCount; item++) await put()(true)
    },

    /** The next thing to happen, or a few things at once. */
    async next(): Promise<void> {
      if (draws.chance(0.3)) {
        const steps = Array.from({ length: 2 + random.below(4) }, () => together()())
        await Promise.all(steps.map((step) => step(false)))
      } else await oneByOne()()(true)
      oracle.checkNumbers()
    },
  }
}

function drawsOf(random: Random) {
  return {
    pick: <T>(from: readonly T[]): T => from[random.below(from.length)]!,
    chance: (share: number): boolean => random.next() < share,
    /** Draws one of some things, each as often as its weight. */
    weighted<T>(choices: readonly (readonly [number, T])[]): () => T {
      const total = choices.reduce((sum, [weight]) => sum + weight, 0)
      return () => {
        let left = random.below(total)
        for (const [weight, choice] of choices) if ((left -= weight) < 0) return choice
        throw new Error('weights are whole numbers')
      }
    },
  }
}
