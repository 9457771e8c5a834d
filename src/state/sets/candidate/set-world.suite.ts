import type { Event, Json } from '../../../events/event.ts'
import { seededRandom } from '../../../kernel/random.ts'
import { parameterView } from '../../parameter-view.ts'
import { itemCounters } from '../../tables/item-counters.ts'
import { type SmallWorld, smallWorld, worldStart } from '../small-world.suite.ts'
import { type CandidateSets, candidateSets } from './candidate-sets.ts'
import { setsParameter } from './set-declaration.ts'

/** A small world with candidate sets, declared by an event like any other. */
export interface SetWorld extends SmallWorld {
  readonly sets: CandidateSets
  fold(...events: readonly Event[]): Promise<void>
  /** What a set holds, as ids. */
  ids(name: string, at: number, channel?: string): readonly string[]
  /** Ids and scores of a set. */
  scores(name: string, at: number, channel?: string): readonly (readonly [string, number])[]
}

export interface SetWorldOptions {
  readonly past?: readonly Event[]
  readonly declared?: Json
  readonly inBackground?: boolean
  readonly seed?: number | string
  readonly condition?: (filter: string) => (item: number) => boolean
}

let declarations = 0

export function declare(value: Json, at = worldStart): Event {
  const id = `declared ${declarations++}`
  return { type: 'parameter', id, at, name: setsParameter, value, by: 'olga' }
}

export async function setWorld(options: SetWorldOptions = {}): Promise<SetWorld> {
  const { past = [], declared, inBackground = false, seed = 'sets' } = options
  const world = await smallWorld([])
  const { state, catalogue, activity, fresh } = world
  const { ordinals } = state
  const sets = candidateSets({
    ...{ state, catalogue, ordinals, activity, fresh, inBackground },
    counters: state.rows(itemCounters),
    parameters: await parameterView(state),
    random: seededRandom(seed),
    // The language of filters is of another room: here a filter is the beginning of an id.
    condition: options.condition ?? ((filter) => (item) => ordinals.id(item).startsWith(filter)),
  })
  const fold = (...events: readonly Event[]) => state.fold(state.offset, events)
  if (declared !== undefined) await fold(declare(declared))
  await fold(...past)
  const scores: SetWorld['scores'] = (name, at, channel = '') => {
    const { standing } = sets.look(name, channel, at)!
    return Array.from(standing.items, (item, place) => [ordinals.id(item), standing.scores[place]!])
  }
  return {
    ...world,
    sets,
    fold,
    scores,
    ids: (name, at, channel = '') =>
      sets.top(name, channel, at, 1_000, () => true).items.map((item) => ordinals.id(item)),
  }
}
