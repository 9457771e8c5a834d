import { shelve } from '../../feed/mix/shelve.ts'
import type { Filter } from '../../feed/pipeline/filter.ts'
import type { Mixer } from '../../feed/pipeline/mixer.ts'
import type { Recipe } from '../../feed/pipeline/recipe.ts'
import { type Scorer, score } from '../../feed/pipeline/scorer.ts'
import type { Source } from '../../feed/pipeline/source.ts'
import { popularity } from '../../feed/rank/popularity.ts'
import { besideLiked } from '../../feed/recall/beside-liked.ts'
import { eachValue } from '../../feed/recall/each-value.ts'
import type { Fit } from '../../feed/recall/fit.ts'
import type { PageShape, ShelfOf } from '../../feed/shelves/arrange-shelves.ts'
import { lastLiked } from '../../feed/shelves/last-liked.ts'
import { tagTaste } from '../../state/features/tags/tag-taste.ts'
import type { Ordinal } from '../../state/projections/projection.ts'
import type { Residents } from './residents.ts'

export const shelfCountMax = 20
export const shelfSizeMax = 40

/** The shape of a page of shelves, and what they are shelves of. */
export interface ShelvesAsked extends PageShape {
  /** One of the declared tags attributes. */
  readonly attribute: string
  /** Told what stands on which shelf. */
  readonly told?: (shelves: readonly ShelfOf<Ordinal>[]) => void
}

/** What shelves have in common with the recipes of feeds. */
export interface ShelvesParts {
  readonly sources: readonly Source[]
  readonly fit: Fit
  readonly filter: readonly Filter[]
  readonly ranker: Scorer
  readonly variety: Mixer
  readonly grounds: NonNullable<Recipe['grounds']>
}

/** Candidates that are ranked: where a page is largest, more than twice what it holds. */
const candidateCountMax = 2_000

/**
 * What personal sources aim at: at least so much that the best are among the candidates, and at
 * most so much that there is room left for the best of each value.
 */
const room = { min: 60, max: 250 } as const

/** Candidates of every other source. */
const limitElse = 60

const deadlineMs = 150

/** How good a row is for most people. */
const usual = { name: 'usual', absent: Number.NEGATIVE_INFINITY }

/**
 * Pages of shelves by the attribute that is asked for. Personal sources come first, with room for
 * a page rather than a list; then the best of each value, so that every shelf can be filled.
 */
export function shelvesRecipe(residents: Residents, parts: ShelvesParts) {
  const { catalogue, popular } = residents
  const liked = lastLiked(residents.neighbors, catalogue)
  const beside = besideLiked(liked, parts.fit)
  const tastes = new Map(
    residents.attributes.tags.map((attribute) => [attribute, tagTaste(catalogue, attribute)]),
  )

  return ({ attribute, count, size, told }: ShelvesAsked): Recipe => {
    const taste = tastes.get(attribute) ?? (() => undefined)
    const values = eachValue({
      ...{ catalogue, attribute, taste, set: popular, fit: parts.fit },
      // Those with several values stand on one shelf only, so each value brings some to spare.
      depth: 3 * size,
    })
    const aim = Math.max(room.min, Math.min(room.max, count * size))
    const limits = new Map([
      ['nearest', 3 * aim],
      ['item-neighbors', 2 * aim],
    ])
    const limitOf = ({ name }: Source): number => limits.get(name) ?? limitElse
    return {
      name: 'shelves',
      recall: [
        { source: beside, limit: 6 * size, deadlineMs },
        ...parts.sources.map((source) => ({ source, limit: limitOf(source), deadlineMs })),
        { source: values, limit: candidateCountMax, deadlineMs },
      ],
      filter: parts.filter,
      rank: [parts.ranker, popularity(residents.popularity, usual)],
      mix: [
        shelve({
          ...{ count, size, usual, liked, variety: parts.variety },
          tags: () => catalogue.tags(attribute),
          ...(told && { told }),
        }),
      ],
      by: score,
      candidateCountMax,
      slateSizeMax: count * size,
      grounds: parts.grounds,
    }
  }
}
