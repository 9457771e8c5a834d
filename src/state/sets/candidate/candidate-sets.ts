import type { Timestamp } from '../../../events/clock.ts'
import type { Json } from '../../../events/event.ts'
import type { Random } from '../../../kernel/random.ts'
import type { ParameterView } from '../../parameter-view.ts'
import type { Ordinal } from '../../projections/projection.ts'
import type { Accept, RankedSet } from '../ranked-set.ts'
import { nobody, type Standing } from './set-contents.ts'
import { defaultSets, type SetDeclaration, setsOf, setsParameter } from './set-declaration.ts'
import { type Held, type SetKeeperOptions, setKeeper } from './set-keeper.ts'
import { oldestOf } from './set-making.ts'

/** Libraries of items that recall draws from, as operators declare them. Reading writes nothing. */
export interface CandidateSets {
  /** The sets there are, in the order in which they were declared. */
  declared(): ReadonlyMap<string, SetDeclaration>

  /**
   * Up to `limit` servable items of the channel ('' for all) that `accept` takes, best first, each
   * with its score; none of a set that nobody declared.
   */
  top(name: string, channel: string, at: Timestamp, limit: number, accept: Accept): TopOfSet

  /** A set as it stands; `undefined` where nobody declared it. */
  look(name: string, channel: string, at: Timestamp): SetLook | undefined

  /** Begins to make whatever is due. */
  refresh(at: Timestamp): void
}

export interface TopOfSet {
  readonly items: Ordinal[]
  readonly scores: number[]
}

export interface SetLook {
  readonly declared: SetDeclaration
  readonly standing: Standing
  /** Absent where it is kept up to date by every event, or was not made yet. */
  readonly madeAt?: Timestamp
  /** Why it could not be made as it was declared. */
  readonly failure?: string
}

export interface CandidateSetsOptions extends Omit<SetKeeperOptions, 'random'> {
  readonly parameters: ParameterView
  /** The newest items, kept by every event. */
  readonly fresh: RankedSet
  readonly random: Random
}

/** Made when the catalogue is loaded, and before the next event is folded. */
export function candidateSets(options: CandidateSetsOptions): CandidateSets {
  const { parameters, fresh, catalogue } = options
  const keeper = setKeeper(options)
  let value: Json | undefined
  let sets: ReadonlyMap<string, SetDeclaration> = new Map()

  /** Looked up at every reading: a new value is another object. */
  const declared = (): ReadonlyMap<string, SetDeclaration> => {
    const now = parameters.get(setsParameter) ?? defaultSets
    if (now !== value) {
      value = now
      sets = setsOf(now)
      keeper.declare(new Map([...sets].filter(([, set]) => !isLive(set))))
    }
    return sets
  }

  const held = (name: string, at: Timestamp): Held => keeper.read(name, at)

  /** Items and scores of the newest, as they are at this moment. */
  const live = (set: LiveSet, channel: string, at: Timestamp): Standing => {
    const oldest = oldestOf(set, at)
    const isRecent = (item: Ordinal) => catalogue.availableFrom(item) > oldest
    const newestOf = (scope: string) => fresh.top(scope, at, set.capacity, isRecent)
    const items = Uint32Array.from(
      channel === '' && set.channels !== undefined
        ? newestFirst(set.channels.flatMap(newestOf)).slice(0, set.capacity)
        : newestOf(channel),
    )
    return { items, scores: Float64Array.from(items, catalogue.availableFrom) }
  }

  /** Of several channels' own lists: among the newest of all, rare channels may have no place. */
  const newestFirst = (found: readonly Ordinal[]): readonly Ordinal[] => {
    const { availableFrom } = catalogue
    return [...new Set(found)].sort(
      (one, other) => availableFrom(other) - availableFrom(one) || one - other,
    )
  }

  const standingIn = (name: string, set: SetDeclaration, channel: string, at: Timestamp) => {
    if (isLive(set)) return isOf(set, channel) ? live(set, channel, at) : nobody
    const { contents } = held(name, at)
    if (!isDue(set, at)) return nobody
    if (channel === '') return contents.all
    const code = catalogue.tags('channels')?.code(channel)
    return (code !== undefined && contents.byChannel.get(code)) || nobody
  }

  return {
    declared,

    top(name, channel, at, limit, accept) {
      const set = declared().get(name)
      const found: TopOfSet = { items: [], scores: [] }
      if (set === undefined) return found
      const { items, scores } = standingIn(name, set, channel, at)
      for (let place = 0; place < items.length && found.items.length < limit; place++) {
        const item = items[place]!
        if (!catalogue.servable(item, at) || !accept(item)) continue
        found.items.push(item)
        found.scores.push(scores[place]!)
      }
      return found
    },

    look(name, channel, at) {
      const set = declared().get(name)
      if (set === undefined) return undefined
      const standing = standingIn(name, set, channel, at)
      if (isLive(set)) return { declared: set, standing }
      const { madeAt, failure } = held(name, at)
      return {
        ...{ declared: set, standing },
        ...(madeAt !== undefined && { madeAt }),
        ...(failure !== undefined && { failure }),
      }
    },

    refresh(at) {
      for (const [name, set] of declared()) if (!isLive(set)) keeper.read(name, at)
    },
  }
}

type LiveSet = Extract<SetDeclaration, { readonly kind: 'newest' }>

/** Kept by every event: only the newest can be, since their order changes with nothing else. */
function isLive(set: SetDeclaration): set is LiveSet {
  return set.kind === 'newest' && set.refreshMs === 0
}

function isOf({ channels }: SetDeclaration, channel: string): boolean {
  return channel === '' || channels === undefined || channels.includes(channel)
}

/** Inside the time of its campaign: judged as it is read, and not as it is made. */
function isDue(set: SetDeclaration, at: Timestamp): boolean {
  if (set.kind !== 'operator') return true
  const { from, to } = set
  return (from === undefined || Date.parse(from) <= at) && (to === undefined || at < Date.parse(to))
}
