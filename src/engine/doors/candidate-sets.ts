import { StarlingError } from '../../error.ts'
import type { Clock } from '../../events/clock.ts'
import type { ItemId, Json } from '../../events/event.ts'
import { titlesOf } from '../../insight/explain/titles.ts'
import { eachCell, weighed } from '../../state/activity/cells.ts'
import { deedKinds, weightsOf } from '../../state/activity/deed-kinds.ts'
import { windowOf } from '../../state/activity/resolutions.ts'
import type { Ordinal } from '../../state/projections/projection.ts'
import { described, type SetDeclaration } from '../../state/sets/candidate/set-declaration.ts'
import type { State } from '../../state/state.ts'
import type { Residents } from '../recipes/residents.ts'
import type { CandidateSetRequest, CandidateSets, ItemStanding } from '../views/candidate-sets.ts'

export interface CandidateSetsOptions {
  readonly state: Pick<State, 'ordinals'>
  readonly residents: Pick<Residents, 'sets' | 'activity' | 'catalogue'>
  readonly clock: Clock
}

/** The windows that an item's standing is told by: an hour, a day, a week, a month. */
const windowHours = [1, 3, 24, 24 * 7, 24 * 30]

const sizeDefault = 50

const likes = weightsOf({ positive: 1 })

/** What is in the candidate sets, and how an item stands in them. */
export function candidateSetDoor(options: CandidateSetsOptions): CandidateSets {
  const { state, residents, clock } = options
  const { sets, activity, catalogue } = residents
  const titleOf = titlesOf(catalogue, state.ordinals)

  return {
    async candidateSets() {
      const at = clock.now()
      return [...sets.declared()].map(([name, declared]) => {
        const { standing, madeAt, failure } = sets.look(name, '', at)!
        const { kind, capacity, refreshMs } = declared
        const words = described(declared)
        return {
          ...{ name, kind, capacity, refreshMs, settings: settingsOf(declared) },
          description: failure === undefined ? words : `${words} It could not be made: ${failure}`,
          size: standing.items.length,
          ...(madeAt !== undefined && { refreshedAt: madeAt }),
        }
      })
    },

    async candidateSet({ name, channel = '', size = sizeDefault }: CandidateSetRequest) {
      const at = clock.now()
      const look = sets.look(name, channel, at)
      if (look === undefined) {
        const names = [...sets.declared().keys()].join(', ')
        throw new StarlingError('not_found', `no set ${name}; there are ${names}`, {
          field: 'name',
        })
      }
      const { standing, madeAt } = look
      const rows = Array.from(standing.items, (item, place) => [item, place] as const)
      const shown = rows.filter(([item]) => catalogue.servable(item, at)).slice(0, size)
      return {
        ...{ name, channel },
        ...(madeAt !== undefined && { refreshedAt: madeAt }),
        items: shown.map(([item, place]) => ({
          ...{ id: state.ordinals.id(item), title: titleOf(item) },
          score: standing.scores[place]!,
        })),
      }
    },

    async itemStanding(id: ItemId): Promise<ItemStanding | undefined> {
      const item = state.ordinals.of(id)
      if (item === undefined || Number.isNaN(catalogue.availableFrom(item))) return undefined
      const at = clock.now()
      return {
        item: id,
        windows: windowHours.map((hours) => ({ hours, counts: countsOf(item, at, hours) })),
        hourly: hourlyLikes(item, at),
        sets: placesOf(item, at),
      }
    },
  }

  function countsOf(item: Ordinal, at: number, hours: number): Readonly<Record<string, number>> {
    const { level, from, to } = windowOf(at, hours)
    const sums = new Float64Array(deedKinds.length)
    const value = activity.of(item)
    if (value !== undefined) {
      eachCell(value[level], from, to, (_step, kind, count) => {
        sums[kind]! += count
      })
    }
    return Object.fromEntries(deedKinds.map((kind, place) => [kind, sums[place]!]))
  }

  /** The running hour, and those before it that make a day with it. */
  function hourlyLikes(item: Ordinal, at: number): readonly number[] {
    const { level, to } = windowOf(at, 24)
    const value = activity.of(item)
    return Array.from({ length: 24 }, (_, place) => {
      const step = to - 23 + place
      return value === undefined ? 0 : weighed(value[level], step, step, likes)
    })
  }

  function placesOf(item: Ordinal, at: number): ItemStanding['sets'] {
    const column = catalogue.tags('channels')
    const channels = ['', ...Array.from(column?.of(item) ?? [], (code) => column!.names[code]!)]
    const places = [...sets.declared().keys()].flatMap((name) =>
      channels.flatMap((channel) => {
        const { standing } = sets.look(name, channel, at)!
        const rank = standing.items.indexOf(item)
        return rank < 0 ? [] : [{ name, channel, rank, score: standing.scores[rank]! }]
      }),
    )
    return places.sort((one, other) => one.rank - other.rank)
  }
}

/** The declaration but for what has a field of its own. */
function settingsOf(declared: SetDeclaration): Readonly<Record<string, Json>> {
  const { kind: _kind, capacity: _capacity, refreshMs: _refreshMs, ...settings } = declared
  // A declaration comes from JSON, and is JSON all the same.
  return settings as unknown as Readonly<Record<string, Json>>
}
