import type { EventLog, Offset } from '../../events/log/event-log.ts'
import { seededRandom } from '../../kernel/random.ts'
import { loadIals } from '../../models/als/ials-model.ts'
import type { Artifact, TrainingRun } from '../../models/model.ts'
import type { Feature } from '../../state/features/feature.ts'
import type { Factors } from '../../state/features/user-vector.ts'
import type { Store } from '../../state/store/store.ts'
import type { DeclaredAttributes } from '../recipes/residents.ts'
import { type FactorSettings, fitFactors } from './factors.ts'
import { listMetrics, withLists } from './item-lists.ts'
import { type Checkpoints, checkpointsOf, keptOr, noCheckpoints } from './jobs/checkpoints.ts'
import { judgeRanker, type ServingRanker } from './judging.ts'
import { groupsForm } from './kept-groups.ts'
import { judgeFactors } from './kinds/recall/factors-gate.ts'
import type { Judged, Serving } from './kinds/recall/judged.ts'
import { type Likes, readLikes } from './likes.ts'
import { factorsName } from './model-names.ts'
import { labelled, originOf } from './origin.ts'
import { type SampleGroup, sampleGroups } from './samples.ts'

export interface LearnOptions {
  readonly log: EventLog
  /** What was known where the log begins. */
  readonly base: () => Promise<Store>
  readonly attributes: DeclaredAttributes
  readonly features: readonly Feature[]
  readonly serving?: ServingRanker
  /** The factors that serve, which new ones must not fall behind. */
  readonly servingFactors?: Serving
  readonly seed: number | string
  readonly settings?: Partial<LearnSettings>
  /** Where finished steps are kept; nowhere unless told. */
  readonly checkpoints?: Checkpoints
  readonly reserve?: TrainingRun['reserve']
  readonly signal?: AbortSignal
  readonly onProgress?: (step: string, share: number) => void
}

export interface LearnSettings extends FactorSettings {
  /** Moments that the ranker learns from, about. */
  readonly groupCount: number
  /** Half of this times the sum of squared weights is what the ranker's loss is raised by. */
  readonly l2: number
  /** Boosted trees in place of the logistic regression; 0 for none. */
  readonly trees: number
  /** Catalogues of more items are looked through by lists, which the training learns. */
  readonly listsAbove: number
}

/** Chosen on the validation part of ml-latest-small (`npm run bench:quality -- --search`). */
export const learnSettings: LearnSettings = {
  dims: 32,
  sweeps: 10,
  regularization: 0.04,
  frequencyPower: 1,
  alpha: 4,
  groupCount: 3_000,
  l2: 10,
  trees: 0,
  listsAbove: 50_000,
}

export interface Learned {
  readonly factors?: Artifact
  readonly ranker?: Artifact
  /** Of the ranker, and of the factors by their names. */
  readonly metrics: Readonly<Record<string, number>>
  /** Why the ranker is good enough to serve, or why there is none. */
  readonly verdict: string
  /** The same of the factors, which are judged by themselves; undefined where nothing was. */
  readonly judgedFactors?: Omit<Judged, 'isBetter'>
}

/** Likes below which factors say nothing. */
const likeCountMin = 50

/**
 * Factors that the ranker learns with come from the first part of the log, its samples from the
 * rest. A short log is cut several times, so that more of it can be sampled: from each cut to the
 * next, by the factors of what lies before (rolling origin, Tashman 2000).
 */
const factorShares = { long: [0.8], short: [0.4, 0.6, 0.8] }

/**
 * Learns factors and a ranker from the log. The ranker meets factors that knew as little of the
 * future as those in force will: they are learned from the earlier part of the log, and its samples
 * taken from a later one. Then the factors are learned anew from all of it.
 *
 * Where factors are not good enough to serve, the ranker meets those that do: they know a little
 * less. Where none do, it learns to go without.
 */
export async function learn(options: LearnOptions): Promise<Learned> {
  const { log, base, seed, signal, onProgress = () => undefined } = options
  const { checkpoints = noCheckpoints, reserve } = options
  const settings = { ...learnSettings, ...options.settings }
  const likes = await readLikes(log, await base(), signal)
  const likeCount = likes.items.length
  if (likeCount < likeCountMin) {
    return {
      metrics: { likes: likeCount },
      verdict: `${likeCount} likes are too few to learn from: ${likeCountMin} are needed`,
    }
  }
  const origin = originOf(likes, log.tail, { seed, settings: { ...settings } })
  const fit = (before: Offset, step: string) => {
    const part = `factors-${Number.isFinite(before) ? before : 'all'}`
    const run = {
      ...{ seed, checkpoints: checkpointsOf(part, checkpoints) },
      ...(signal && { signal }),
      ...(reserve && { reserve }),
      onProgress: (share: number) => onProgress(step, share),
    }
    const make = () => fitFactors(likes, before, settings, run)
    return keptOr(checkpoints, part, make, { save: (model) => model.save(), load: loadIals })
  }
  const fitEarly = once((before: Offset) => fit(before, 'factors of the earlier part'))

  const early: { readonly from: Offset; readonly factors: Factors }[] = []
  for (const share of sharesFor(likeCount, settings.groupCount)) {
    const from = likes.offsets[Math.floor(likeCount * share)]!
    early.push({ from, factors: await fitEarly(from) })
  }
  const { servingFactors } = options
  const { isBetter, ...judgedFactors } = await judgeFactors({
    ...{ likes, seed, fit: fitEarly },
    ...(servingFactors && { serving: servingFactors }),
  })
  const isKnown = isBetter || servingFactors !== undefined
  const groups = await keptOr(
    checkpoints,
    'samples',
    () => samplesFrom(options, settings, likes, early, isKnown),
    groupsForm(options.features.length),
  )
  const whole = isBetter
    ? await fit(Number.POSITIVE_INFINITY, 'factors').then((model) =>
        model.itemCount > settings.listsAbove ? withLists(model, likes, seed) : model,
      )
    : undefined
  const { ranker, verdict, metrics } = await judgeRanker(groups, { ...options, ...settings })
  return {
    ...(whole && { factors: labelled(whole.save(), origin) }),
    ...(ranker && { ranker: labelled(ranker, origin) }),
    ...{ judgedFactors, verdict },
    metrics: {
      ...{ likes: likeCount, groups: groups.length },
      ...(whole && listMetrics(whole.lists)),
      ...(whole && listMetrics(whole.alike, 'lists of directions')),
      ...metrics,
      ...ofFactors(judgedFactors.metrics),
    },
  }
}

/** Figures of the factors, beside those of the ranker. */
function ofFactors(metrics: Judged['metrics']): Judged['metrics'] {
  return Object.fromEntries(
    Object.entries(metrics).map(([name, value]) => [`${factorsName} ${name}`, value]),
  )
}

/** What is asked for twice of the same place is made once. */
function once<Value>(make: (at: Offset) => Promise<Value>): (at: Offset) => Promise<Value> {
  const made = new Map<Offset, Promise<Value>>()
  return (at) => {
    const known = made.get(at) ?? make(at)
    made.set(at, known)
    return known
  }
}

function samplesFrom(
  { log, base, attributes, seed, signal, onProgress }: LearnOptions,
  { groupCount }: LearnSettings,
  likes: Likes,
  early: readonly { readonly from: Offset; readonly factors: Factors }[],
  isKnown: boolean,
): Promise<readonly SampleGroup[]> {
  const from = early[0]!.from
  return sampleGroups({
    ...{ log, base, attributes, from, groupCount, seed },
    factorsAt: (offset) =>
      isKnown ? early.findLast((one) => one.from <= offset)?.factors : undefined,
    likeCount: likes.offsets.filter((offset) => offset >= from).length,
    pageCount: likes.pages.filter((offset) => offset >= from).length,
    ...(signal && { signal }),
    onProgress: (share) => onProgress?.('samples by replay', share),
  })
}

function sharesFor(likeCount: number, groupCount: number): readonly number[] {
  const { long, short } = factorShares
  return likeCount * (1 - long[0]!) >= groupCount ? long : short
}

/** A seed that differs from training to training, and is the same for the same log. */
export function seedFor(through: Offset): string {
  return seededRandom(through).fork('training').next().toString(36)
}
