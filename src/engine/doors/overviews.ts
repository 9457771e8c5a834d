import { invalid } from '../../error.ts'
import type { ItemId, UserId } from '../../events/event.ts'
import type { Catalogue } from '../../state/catalogue/catalogue.ts'
import { portraitOf } from '../../state/portrait.ts'
import type { AliasView } from '../../state/projections/aliases.ts'
import { audience } from '../../state/projections/audience.ts'
import { type History, history } from '../../state/projections/history.ts'
import { signalsInForce, signalsNeed } from '../../state/projections/parameters.ts'
import type { Ordinal } from '../../state/projections/projection.ts'
import { type Verdict, verdicts } from '../../state/projections/verdicts.ts'
import type { State } from '../../state/state.ts'
import { itemCounterColumn, itemCounters } from '../../state/tables/item-counters.ts'
import { itemVerdicts, verdictsOn } from '../../state/tables/item-verdicts.ts'
import type { Engine } from '../engine.ts'
import type {
  ItemOverview,
  ItemOverviewRequest,
  ItemStatistics,
  UserOverview,
  UserOverviewRequest,
} from '../views/overviews.ts'
import type { PastAction } from '../views/pages.ts'
import { pastAction } from './people.ts'

export interface OverviewsOptions
  extends Pick<Engine, 'item' | 'history' | 'similar' | 'recommend'> {
  readonly state: State
  readonly aliases: AliasView
  readonly catalogue: Catalogue
  /** The tags attribute by which tastes are told. */
  readonly tasteAttribute: string
}

/** The scene that a user's own page is filled from. */
const recommendedScene = 'top'

const noStars: readonly number[] = new Array<number>(10).fill(0)

/** A whole page of facts in one answer: what else would be a request for each of its items. */
export function overviews(options: OverviewsOptions) {
  const { state, aliases, catalogue, tasteAttribute } = options

  return {
    async itemOverview(request: ItemOverviewRequest): Promise<ItemOverview | undefined> {
      const { item: id, user, similar = 12, audience: fanCount = 0 } = request
      checkCount('similar', similar, 100)
      checkCount('audience', fanCount, 20)
      const item = await options.item(id)
      const ordinal = state.ordinals.of(id)
      if (item === undefined || ordinal === undefined) return undefined
      const key = String(ordinal)
      const known = await state.read([{ projection: audience, key }])
      const { histogram = noStars, fans = [] } = known.get(audience, key) ?? {}
      // Copied before anything is waited for: the next event may change what was read.
      const [stars, named] = [[...histogram], fans.slice(0, fanCount)]
      const yours = user === undefined ? [] : await doneWith(ordinal, user)
      return {
        item,
        statistics: { ...statisticsOf(state, ordinal), histogram: stars },
        ...(similar > 0 && { similar: await beside(id, user, similar) }),
        audience: named.map(({ regard: _, ...fan }) => fan),
        yours,
      }
    },

    async userOverview(request: UserOverviewRequest): Promise<UserOverview> {
      const { user, history: deedCount = 50, recommended = 32, model } = request
      checkCount('history', deedCount, 1_000)
      checkCount('recommended', recommended, 100)
      const id = aliases.resolve(user)
      const known = await state.read([
        { projection: history, key: id },
        { projection: verdicts, key: id },
        ...signalsNeed,
      ])
      const { tastes, ...numbers } = portraitOf({
        history: known.get(history, id) ?? [],
        verdicts: known.get(verdicts, id) ?? new Map(),
        signals: signalsInForce(known),
        tags: catalogue.tags(tasteAttribute),
      })
      return {
        user,
        statistics: {
          ...numbers,
          tastes: tastes.map((taste) => ({ attribute: tasteAttribute, ...taste })),
        },
        history: await options.history(id, deedCount, true),
        ...(recommended > 0 && {
          recommended: await options.recommend({
            ...{ user, scene: recommendedScene, size: recommended, withItems: true },
            ...(model !== undefined && { model }),
          }),
        }),
      }
    },
  }

  function beside(item: ItemId, user: UserId | undefined, size: number) {
    return options.similar({ item, size, withItems: true, ...(user !== undefined && { user }) })
  }

  /** From the history; and what was said too long ago for it, from what stands. */
  async function doneWith(item: Ordinal, user: UserId): Promise<readonly PastAction[]> {
    const id = aliases.resolve(user)
    const known = await state.read([
      { projection: history, key: id },
      { projection: verdicts, key: id },
    ])
    const deeds = (known.get(history, id) ?? []).filter((deed) => deed.item === item)
    const verdict = known.get(verdicts, id)?.get(item)
    return [...forgottenWords(item, verdict, deeds), ...deeds]
      .reverse()
      .map((deed) => pastAction(deed, state.ordinals))
  }
}

function forgottenWords(item: Ordinal, verdict: Verdict | undefined, deeds: History): History {
  if (verdict === undefined) return []
  const { value, liked, at } = verdict
  const isForgotten = (action: 'rate' | 'like') => !deeds.some((deed) => deed.action === action)
  return [
    ...(liked && isForgotten('like')
      ? [{ item, action: 'like', value: undefined, at } as const]
      : []),
    ...(value !== undefined && isForgotten('rate')
      ? [{ item, action: 'rate', value, at } as const]
      : []),
  ]
}

function statisticsOf(state: State, item: Ordinal): Omit<ItemStatistics, 'histogram'> {
  const counters = state.rows(itemCounters)
  const start = item * counters.width
  const counted = (column: number): number =>
    item < counters.rowCount ? counters.data[start + column]! : 0
  const { likes, ratings, ratingSum } = verdictsOn(state.rows(itemVerdicts), item)
  return {
    impressions: counted(itemCounterColumn.impressions),
    clicks: counted(itemCounterColumn.clicks),
    likes,
    ratings,
    ...(ratings > 0 && { average: ratingSum / ratings }),
  }
}

function checkCount(field: string, count: number, max: number): void {
  if (Number.isInteger(count) && count >= 0 && count <= max) return
  throw invalid(field, `${count} must be a whole number >= 0 and <= ${max}`)
}
