import { setImmediate as breath } from 'node:timers/promises'
import type { Offset } from '../../../events/log/event-log.ts'
import { histogram, type SavedHistogram } from '../../../kernel/statistics/histogram.ts'
import { topK } from '../../../kernel/top-k.ts'
import { canaryView } from '../../../models/evaluation/canary.ts'
import type { Ordinal } from '../../../state/projections/projection.ts'
import { crowdCount, crowdOf, placeOf } from '../../../state/releases/arms.ts'
import type { RecallModel } from '../kinds/recall/recall-family.ts'
import type { NewLikes, OutcomesSince } from './outcomes-since.ts'

/**
 * Asks two versions of a model that recalls for what people came to like since, from what they had
 * liked before: which of them would have brought it? Neither has learned from any of it. No request
 * waits, and no page changes.
 *
 * What is shown is liked more often, and what the serving version brings is shown: so the figures
 * lean towards that one, and a candidate that keeps up does so against a head start. Likes on no
 * page lean less, and are told by themselves.
 */
export interface RecallShadow {
  /** Looks at what was done since it last did. */
  look(): Promise<void>
  figures(): Readonly<Record<string, number>>
  /** As it stood after the last look that came to its end. */
  save(): SavedRecall
  stop(): void
}

/** Plain data: sums over users, and by crowds of them. */
export interface SavedRecall {
  /** Through which place of the log it has looked. */
  readonly through: Offset
  readonly runs: number
  readonly overlaps: number
  readonly failures: number
  readonly deeds: readonly number[]
  readonly own: readonly number[]
  readonly other: readonly number[]
  readonly alone: { readonly deeds: number; readonly own: number; readonly other: number }
  readonly latency: SavedHistogram
}

export interface RecallShadowOptions {
  /** The candidate, by name and version. */
  readonly version: string
  readonly candidate: RecallModel
  readonly serving: RecallModel
  /** Of users, in [0, 1]. */
  readonly share: number
  readonly outcomes: OutcomesSince
  /** Whether the item may be shown. */
  readonly isShown: (item: Ordinal) => boolean
  /** Users after which something can be told. */
  readonly runsMin: number
  /** Where an earlier shadow of the same two stood. */
  readonly from?: Omit<SavedRecall, 'through'>
}

/** What a source brings, at most. */
const k = 100
/** Users of a look: each takes both versions some milliseconds. */
const usersMost = 100
const usPerMs = 1_000

export function recallShadow(options: RecallShadowOptions): RecallShadow {
  const { version, candidate, serving, share, outcomes, isShown, runsMin } = options
  const { from } = options
  const counts = (of?: readonly number[]) => Float64Array.from(of ?? new Float64Array(crowdCount))
  const [deeds, own, other] = [counts(from?.deeds), counts(from?.own), counts(from?.other)]
  const alone = { ...(from?.alone ?? { deeds: 0, own: 0, other: 0 }) }
  const latency = histogram(from?.latency)
  let { runs, overlaps, failures } = from ?? { runs: 0, overlaps: 0, failures: 0 }
  let isStopped = false
  const stand = (): SavedRecall => ({
    ...{ through: outcomes.through, runs, overlaps, failures },
    ...{ deeds: [...deeds], own: [...own], other: [...other] },
    ...{ alone: { ...alone }, latency: latency.save() },
  })
  let saved = stand()

  const listOf = async (
    model: RecallModel,
    { items, weights }: NewLikes,
  ): Promise<ReadonlySet<Ordinal>> => {
    const known = items.map((item) => (item < model.itemCount ? 1 : 0))
    const past = items.filter((_, place) => known[place] === 1)
    if (past.length === 0) return new Set()
    const scores = await model.score(
      past,
      weights.filter((_, place) => known[place] === 1),
    )
    const met = new Set(items)
    return new Set(topK(scores, k, (item) => scores[item]! > 0 && !met.has(item) && isShown(item)))
  }

  const take = async (likes: NewLikes): Promise<void> => {
    const startedMs = performance.now()
    const brought = await listOf(candidate, likes)
    latency.record((performance.now() - startedMs) * usPerMs)
    const now = await listOf(serving, likes)
    const crowd = crowdOf(likes.user)
    runs++
    const both = [...brought].filter((item) => now.has(item)).length
    overlaps += now.size === 0 ? Number(brought.size === 0) : both / now.size
    for (const [item, isAlone] of likes.liked) {
      const [mine, its] = [Number(brought.has(item)), Number(now.has(item))]
      deeds[crowd]! += 1
      own[crowd]! += mine
      other[crowd]! += its
      if (!isAlone) continue
      alone.deeds++
      alone.own += mine
      alone.other += its
    }
  }

  return {
    async look() {
      const wanted = (user: string): boolean => placeOf(user, version) < share
      for await (const likes of outcomes.next(usersMost, wanted)) {
        if (isStopped) return
        // Of somebody of whom nothing was known, nothing could be asked.
        if (likes.items.length === 0) continue
        try {
          await take(likes)
        } catch {
          failures++
        }
        await breath()
      }
      saved = stand()
    },

    figures() {
      if (runs === 0) return { runs, failures }
      const rules = { impressionsMin: runsMin, tolerance: 0, confidence: 0.95 }
      const view = canaryView(
        { impressions: deeds, successes: own },
        { impressions: deeds, successes: other },
        rules,
      )
      return {
        ...{ runs, likes: view.impressions, failures, 'overlap@100': overlaps / runs },
        ...{ 'recall@100': view.rate, 'recall@100 of the serving one': view.controlRate },
        ...{ 'recall lead low': view.low, 'recall lead high': view.high },
        ...(alone.deeds > 0 && {
          'likes on no page': alone.deeds,
          'recall@100 on no page': alone.own / alone.deeds,
          'recall@100 of the serving one on no page': alone.other / alone.deeds,
        }),
        'candidate ms p50': latency.quantile(0.5) / usPerMs,
        'candidate ms p99': latency.quantile(0.99) / usPerMs,
      }
    },

    save: () => saved,

    stop() {
      isStopped = true
    },
  }
}
