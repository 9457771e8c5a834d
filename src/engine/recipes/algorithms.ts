import type { UserId } from '../../events/event.ts'
import { blend } from '../../feed/mix/blend.ts'
import type { Writer } from '../../feed/nearline/filler.ts'
import { type Quota, quotasOf, type Recipe } from '../../feed/pipeline/recipe.ts'
import { type Scorer, score } from '../../feed/pipeline/scorer.ts'
import { learned } from '../../feed/rank/learned.ts'
import { popularity } from '../../feed/rank/popularity.ts'
import { fromRecipe } from '../../feed/recall/from-recipe.ts'
import {
  type AlgorithmSpec,
  type AlgorithmSpecs,
  isOwnRanker,
} from '../control/declared/algorithms.ts'
import { hotValues } from '../control/hot-values.ts'
import type { Residents } from './residents.ts'
import type { ServedRankers } from './served-rankers.ts'

/** The algorithms that operators put together, as recipes. They change while feeds are served. */
export interface Algorithms {
  /** Those that make the scene, best first; none where the scene goes by its own recipe. */
  of(scene: string): readonly Writer[]
}

export interface AlgorithmsOptions {
  readonly residents: Residents
  /** What algorithms are made of: its sources, filters, ranker and mixers. */
  readonly feed: Recipe
  /** Sources that it does without, as they are now. */
  readonly beside?: () => readonly Quota[]
  /** Models that a spec may name as its ranker. */
  readonly served: Pick<ServedRankers, 'always'>
}

const partDeadlineMs = 1_000
const candidatesMin = 500

/** Composed when the parameter changes, and not for every request. */
export function algorithms(options: AlgorithmsOptions): Algorithms {
  const hot = hotValues(options.residents.parameters)
  let composed: readonly Composed[] = []
  let from: AlgorithmSpecs | undefined
  return {
    of(scene) {
      const specs = hot.algorithms()
      if (specs !== from) composed = compose(specs, options)
      from = specs
      return composed
        .filter(({ spec }) => spec.enabled !== false && spec.scenes?.includes(scene))
        .map(({ writer }) => writer)
    },
  }
}

interface Composed {
  readonly spec: AlgorithmSpec
  readonly writer: Writer
}

function compose(specs: AlgorithmSpecs, options: AlgorithmsOptions): readonly Composed[] {
  const { feed, residents } = options
  const simple = new Map<string, Recipe>()
  for (const [name, spec] of Object.entries(specs)) {
    if (spec.sources !== undefined) simple.set(name, ofSources(name, spec, options))
  }
  const all = Object.entries(specs).map(([name, spec]): Composed => {
    const minIntervalMs = spec.minIntervalMs ?? 0
    const recipe = simple.get(name)
    if (recipe !== undefined) return { spec, writer: { name, recipe, minIntervalMs } }
    const parts = Object.keys(spec.parts ?? {})
    const mix = ofParts(name, spec, { feed, residents, parts: simple })
    const partOf = (sources: readonly string[]) => parts.find((part) => sources.includes(part))
    return { spec, writer: { name, recipe: mix, minIntervalMs, partOf } }
  })
  const weight = ({ spec }: Composed): number => spec.weight ?? 0
  return all.sort((one, other) => weight(other) - weight(one))
}

/** A recipe of some of the feed's sources, with the feed's filters and mixers. */
function ofSources(
  name: string,
  spec: AlgorithmSpec,
  { feed, beside = () => [], residents, served }: AlgorithmsOptions,
): Recipe {
  const { sources = {}, size = feed.slateSizeMax } = spec
  const always = new Set(feed.recall.map(({ source }) => source.name))
  const wanted = Object.entries(sources)
  const quotasIn = (known: readonly Quota[], names: typeof wanted): readonly Quota[] =>
    names.map(([source, limit]) => ({
      ...(known.find((quota) => quota.source.name === source) ?? missing(source)),
      limit,
    }))
  const coming = wanted.filter(([source]) => !always.has(source))
  return {
    ...feed,
    name,
    recall: quotasIn(
      feed.recall,
      wanted.filter(([source]) => always.has(source)),
    ),
    // Candidate sets come and go: they are looked up with every run.
    more: () => quotasIn([...quotasOf(feed), ...beside()], coming),
    rank: ranksOf(spec, feed, Object.keys(sources), residents),
    ...modelOf(spec, feed, served),
    mix: spec.blend === undefined ? feed.mix : feed.mix.map(withShares(spec.blend)),
    candidateCountMax: Math.max(feed.candidateCountMax, sumOf(sources)),
    slateSizeMax: size,
  }
}

/** A recipe of others: each keeps its own order, and the shares say who comes where. */
function ofParts(
  name: string,
  spec: AlgorithmSpec,
  { feed, residents, parts }: { feed: Recipe; residents: Residents; parts: Map<string, Recipe> },
): Recipe {
  const quotas = spec.parts ?? {}
  const names = Object.keys(quotas)
  const shares = spec.blend ?? {}
  return {
    ...feed,
    name,
    more: () => [],
    recall: Object.entries(quotas).map(([part, limit]) => ({
      source: fromRecipe(() => whole(parts.get(part)!, limit), part, residents.state),
      limit,
      deadlineMs: partDeadlineMs,
    })),
    rank: [inParts(names, shares)],
    // Only pins move what the parts have arranged: they are the operators' own.
    mix: [blend(() => shares), ...feed.mix.filter((mixer) => mixer.name === 'pin')],
    candidateCountMax: Math.max(candidatesMin, sumOf(quotas)),
    slateSizeMax: spec.size ?? sumOf(quotas),
  }
}

/** As much of a part as the mix takes of it, and some to spare for what others bring as well. */
function whole(part: Recipe, limit: number): Recipe {
  return { ...part, slateSizeMax: Math.max(part.slateSizeMax, limit) }
}

function ranksOf(
  { ranker = 'learned' }: AlgorithmSpec,
  feed: Recipe,
  sources: readonly string[],
  residents: Residents,
): readonly Scorer[] {
  if (ranker === 'popular') return [{ ...popularity(residents.popularity, score), model: ranker }]
  return ranker === 'agreement' ? [byAgreement(sources)] : feed.rank
}

/** What was asked for by name orders alone; what is not an order of the recipe's goes on. */
function modelOf(
  { ranker: model = 'learned' }: AlgorithmSpec,
  { rank, by }: Recipe,
  served: AlgorithmsOptions['served'],
): Pick<Recipe, 'model' | 'rankNow'> {
  if (isOwnRanker(model)) return {}
  const others = rank.filter(({ writes }) => !writes.some(({ name }) => name === by.name))
  const rankNow = async (user: UserId) => [...(await served.always(model, user)), ...others]
  return { model, rankNow }
}

function byAgreement(sources: readonly string[]): Scorer {
  return { ...learned([], sources, () => undefined), name: 'agreement', model: 'none' }
}

/**
 * Parts agree among themselves, but those that were promised a share stand behind all others: the
 * share brings them up, and says how many of them there are, no less and no more.
 */
function inParts(parts: readonly string[], shares: Readonly<Record<string, number>>): Scorer {
  const open = parts.filter((part) => !((shares[part] ?? 0) > 0))
  const agreed = byAgreement(parts)
  if (open.length === 0) return agreed
  return {
    ...agreed,
    score(query, candidates) {
      // It waits for nobody.
      const [scores] = agreed.score(query, candidates) as readonly Float32Array[]
      const ranks = open.map((part) => candidates.rankBy(part))
      const isPromised = (row: number): boolean => ranks.every((column) => column[row]! < 0)
      return [scores!.map((score, row) => (isPromised(row) ? score - behind : score))]
    },
  }
}

/** More than the sum of all agreement there can be. */
const behind = 10

/** A source that the program no longer has leaves a recorded gap. */
function missing(name: string): Omit<Quota, 'limit'> {
  const recall = (): never => {
    throw new Error(`there is no source ${name} any more`)
  }
  return { source: { name, recall }, deadlineMs: partDeadlineMs }
}

function withShares(shares: Readonly<Record<string, number>>) {
  return (mixer: Recipe['mix'][number]) => (mixer.name === 'blend' ? blend(() => shares) : mixer)
}

function sumOf(quotas: Readonly<Record<string, number>>): number {
  return Object.values(quotas).reduce((sum, quota) => sum + quota, 0)
}
