import type { Event } from '../../../events/event.ts'
import type { EventLog } from '../../../events/log/event-log.ts'
import { memoryLog } from '../../../events/log/memory-log.ts'
import { seededRandom } from '../../../kernel/random.ts'
import { logisticModel } from '../../../models/logistic/logistic-model.ts'
import type { Artifact } from '../../../models/model.ts'
import type { Checkpoints } from '../jobs/checkpoints.ts'
import type { RankerFollower } from './ranker-follower.ts'
import type { Told, Wanted } from './told-rows.ts'

/**
 * Pages whose places are told apart by two numbers, and a crowd that goes by the first of them: up
 * to `turnAt` they like what is high, and from there on what is low.
 */
export const featureNames = ['height', 'noise']
export const placeCount = 8
const secondMs = 1_000
/** By how much the odds of the best differ from those of the worst. */
const steepness = 5
const startAt = 1_700_000_000_000

export interface Planted {
  readonly events: readonly Event[]
  readonly log: EventLog
  /** By run and item. */
  readonly features: ReadonlyMap<string, readonly number[]>
}

export interface PlantedOptions {
  readonly pages: number
  /** The page from which on taste is turned; never where left out. */
  readonly turnAt?: number
  /** Every so many pages one is reported late: its likes come two minutes after its impressions. */
  readonly lateEvery?: number
  /** From one page to the next; 5 seconds unless told. */
  readonly gapMs?: number
}

export function plantedPages(options: PlantedOptions): Planted {
  const { pages, turnAt = pages, lateEvery = 7, gapMs = 5 * secondMs } = options
  const random = seededRandom('planted pages')
  const features = new Map<string, readonly number[]>()
  const timed: Event[] = []
  for (let page = 0; page < pages; page++) {
    const at = startAt + page * gapMs
    const [user, request, run] = [`u${page % 20}`, `request ${page}`, `run ${page}`]
    const items = Array.from({ length: placeCount }, (_, place) => ({
      ...{ item: `film ${page} ${place}`, score: 0, sources: ['popular'] },
      ...{ run, model: 'ranker/1', expiresAt: at },
    }))
    const told = {
      scene: 'home',
      channel: '',
      batch: page,
      delivery: 'now',
      recipe: 'feed',
    } as const
    timed.push({
      ...{ type: 'served', id: request, at, user, request, items, ...told },
      ...{ arms: [], dropped: [], repeatable: false },
    })
    for (const [position, { item }] of items.entries()) {
      const values = [random.next(), random.next()]
      features.set(`${run} ${item}`, values)
      const sign = page < turnAt ? 1 : -1
      const isLiked = random.next() < 1 / (1 + Math.exp(-steepness * sign * (values[0]! - 0.5)))
      const shown = {
        ...{ request, position, batch: page, scene: 'home', channel: '', arms: [] },
        ...{ sources: ['popular'], model: 'ranker/1', servedAt: at },
      }
      const deed = { type: 'action', user, item, shown } as const
      // One after the other, so that each event makes one place ripe.
      const metAt = at + secondMs + 10 * position
      timed.push({ ...deed, action: 'impression', id: `met ${item}`, at: metAt })
      const delay = page % lateEvery === 0 ? 120 * secondMs : 2 * secondMs
      if (isLiked) timed.push({ ...deed, action: 'like', id: `like ${item}`, at: at + delay })
    }
  }
  timed.sort((one, other) => one.at - other.at)
  return { events: timed, log: memoryLog(timed), features }
}

/** A ranker that knows the crowd as it was at first, and that noise says nothing. */
export function plantedRanker(): Artifact {
  const deviation = Float64Array.of(Math.sqrt(1 / 12), Math.sqrt(1 / 12))
  const { header, weights } = logisticModel({
    ...{ features: featureNames, bias: 0, deviation },
    absent: Float64Array.of(Number.NaN, Number.NaN),
    mean: Float64Array.of(0.5, 0.5),
    slope: Float64Array.of(steepness * deviation[0]!, 0),
    ifAbsent: new Float64Array(2),
  }).save()
  return { header: { ...header, through: 0 }, weights }
}

/** What the lake would tell of them. */
export function toldOf({ features }: Planted, { rows }: Wanted): readonly Told[] {
  return rows.flatMap(({ run, item }) => {
    const values = features.get(`${run} ${item}`)
    if (values === undefined) return []
    const named = featureNames.map((name, place) => [name, Math.fround(values[place]!)] as const)
    return [{ run, item, own: JSON.stringify(Object.fromEntries(named)) }]
  })
}

/** Reads on to an offset, with what the lake tells on the way. */
export async function advanceTo(follower: RankerFollower, planted: Planted, through: number) {
  const course = follower.advance(planted.log, through)
  let step = await course.next([])
  while (!step.done) step = await course.next(toldOf(planted, step.value))
  return step.value
}

/** Checkpoints that outlive a follower, as those on disk do. */
export function keptCheckpoints(): Checkpoints {
  const kept = new Map<string, Artifact>()
  return {
    read: async (name) => kept.get(name),
    async write(name, { header, weights }) {
      kept.set(name, { header: JSON.parse(JSON.stringify(header)), weights: weights.slice() })
    },
  }
}
