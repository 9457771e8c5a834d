import { createHash } from 'node:crypto'
import type { ItemId } from '../../events/event.ts'
import type { EventLog, Offset } from '../../events/log/event-log.ts'
import { seededRandom } from '../../kernel/random.ts'
import { groupedAuc } from '../../models/evaluation/auc.ts'
import { fitLogistic } from '../../models/logistic/logistic.ts'
import type { Artifact, RankingModel } from '../../models/model.ts'
import type { Feature } from '../../state/features/feature.ts'
import type { Factors } from '../../state/features/user-vector.ts'
import type { Store } from '../../state/store/store.ts'
import type { DeclaredAttributes } from '../recipes/residents.ts'
import { type FactorSettings, fitFactors } from './factors.ts'
import { type Likes, readLikes } from './likes.ts'
import { type SampleGroup, sampleGroups } from './samples.ts'

export interface LearnOptions {
  readonly log: EventLog
  /** What was known where the log begins. */
  readonly base: () => Promise<Store>
  readonly attributes: DeclaredAttributes
  readonly features: readonly Feature[]
  /** The ranker in force, which a new one must not fall behind, and how far it had read. */
  readonly serving?: { readonly model: RankingModel; readonly through: Offset }
  readonly seed: number | string
  readonly settings?: Partial<LearnSettings>
  readonly signal?: AbortSignal
  readonly onProgress?: (step: string, share: number) => void
}

export interface LearnSettings extends FactorSettings {
  /** Moments that the ranker learns from, about. */
  readonly groupCount: number
  /** Half of this times the sum of squared weights is what the ranker's loss is raised by. */
  readonly l2: number
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
}

export interface Learned {
  readonly factors?: Artifact
  readonly ranker?: Artifact
  readonly metrics: Readonly<Record<string, number>>
  /** Why the ranker is good enough to serve, or why there is none. */
  readonly verdict: string
}

/** Likes below which factors say nothing. */
const likeCountMin = 50

/** Groups below which a ranker says nothing. */
const groupCountMin = 40

/**
 * Factors that the ranker learns with come from the first part of the log, its samples from the
 * rest. A short log is cut several times, so that more of it can be sampled: from each cut to the
 * next, by the factors of what lies before (rolling origin, Tashman 2000).
 */
const factorShares = { long: [0.8], short: [0.4, 0.6, 0.8] }

/** The last groups judge the ranker, and are not learned from until it is judged. */
const judgingShare = 0.25

/**
 * Learns factors and a ranker from the log. The ranker meets factors that knew as little of the
 * future as those in force will: they are learned from the earlier part of the log, and its samples
 * taken from a later one. Then the factors are learned anew from all of it.
 */
export async function learn(options: LearnOptions): Promise<Learned> {
  const { log, base, seed, signal, onProgress = () => undefined } = options
  const settings = { ...learnSettings, ...options.settings }
  const likes = await readLikes(log, await base(), signal)
  const likeCount = likes.items.length
  if (likeCount < likeCountMin) {
    return {
      metrics: { likes: likeCount },
      verdict: `${likeCount} likes are too few to learn from: ${likeCountMin} are needed`,
    }
  }
  const fit = (before: Offset, step: string) =>
    fitFactors(likes, before, settings, {
      seed,
      ...(signal && { signal }),
      onProgress: (share) => onProgress(step, share),
    })

  const early: { readonly from: Offset; readonly factors: Factors }[] = []
  for (const share of sharesFor(likeCount, settings.groupCount)) {
    const from = likes.offsets[Math.floor(likeCount * share)]!
    early.push({ from, factors: await fit(from, 'factors of the earlier part') })
  }
  const from = early[0]!.from
  const groups = await sampleGroups({
    log,
    base,
    attributes: options.attributes,
    from,
    factorsAt: (offset) => early.findLast((one) => one.from <= offset)?.factors,
    groupCount: settings.groupCount,
    likeCount: likes.offsets.filter((offset) => offset >= from).length,
    pageCount: likes.pages.filter((offset) => offset >= from).length,
    seed,
    ...(signal && { signal }),
    onProgress: (share) => onProgress('samples by replay', share),
  })
  const factors = labelled((await fit(Number.POSITIVE_INFINITY, 'factors')).save(), likes)
  const judged = await judge(groups, options, settings.l2)
  const metrics = { likes: likeCount, groups: groups.length, ...judged.metrics }
  if (judged.ranker === undefined) return { factors, metrics, verdict: judged.verdict }
  return { factors, ranker: labelled(judged.ranker, likes), metrics, verdict: judged.verdict }
}

function sharesFor(likeCount: number, groupCount: number): readonly number[] {
  const { long, short } = factorShares
  return likeCount * (1 - long[0]!) >= groupCount ? long : short
}

interface Judged {
  readonly ranker?: Artifact
  readonly metrics: Readonly<Record<string, number>>
  readonly verdict: string
}

/** Fits on the earlier groups, judges on the later ones, and where it is good fits on all. */
async function judge(
  groups: readonly SampleGroup[],
  options: LearnOptions,
  l2: number,
): Promise<Judged> {
  if (groups.length < groupCountMin) {
    return {
      metrics: {},
      verdict: `${groups.length} samples are too few for a ranker: ${groupCountMin} are needed`,
    }
  }
  const { features, serving, signal } = options
  const cut = Math.floor(groups.length * (1 - judgingShare))
  const [earlier, later] = [groups.slice(0, cut), groups.slice(cut)]
  const trial = await fitRanker(earlier, features, l2, signal)
  const auc = aucOf(later, features.length, (columns, rowCount) => trial.predict(columns, rowCount))
  const metrics: Record<string, number> = { auc }
  for (const [index, { name }] of features.entries()) {
    if (!baselines.has(name)) continue
    metrics[`auc of ${name}`] = aucOf(later, features.length, (columns) => columns[index]!)
  }
  const best = Math.max(
    ...Object.entries(metrics).flatMap(([name, value]) => (name === 'auc' ? [] : [value])),
  )
  const figures = `AUC ${auc.toFixed(4)} on the last ${later.length} samples`
  if (!(auc > Math.max(best, chance + tolerance)))
    return {
      metrics,
      verdict: `${figures} does not beat the best single column, ${best.toFixed(4)}`,
    }
  // What the serving ranker has learned from says nothing of the two.
  const unmet = later.filter(({ offset }) => offset >= (serving?.through ?? 0))
  if (serving !== undefined && unmet.length >= groupCountMin) {
    const [after, before] = [trial, serving.model].map((model) =>
      aucOf(unmet, features.length, (columns, rowCount) => model.predict(columns, rowCount)),
    ) as [number, number] // One for each of the two.
    metrics['auc of the serving ranker'] = before
    if (after < before - tolerance) {
      const both = `AUC ${after.toFixed(4)} on ${unmet.length} samples that neither has met`
      return { metrics, verdict: `${both} falls behind the serving ranker, ${before.toFixed(4)}` }
    }
  }
  const ranker = (await fitRanker(groups, features, l2, signal)).save()
  return { ranker, metrics, verdict: `${figures}, best single column ${best.toFixed(4)}` }
}

/** What a ranker must beat to be worth its keep: order by popularity, and by each recall family. */
const baselines: ReadonlySet<string> = new Set([
  'likes',
  'heat-fortnight',
  'neighbor-score',
  'factor-match',
])

/** What orders by nothing reaches this, and so much more or less by luck. */
const chance = 0.5
const tolerance = 0.01

async function fitRanker(
  groups: readonly SampleGroup[],
  features: readonly Feature[],
  l2: number,
  signal: AbortSignal | undefined,
) {
  const rowCount = groups.reduce((count, { labels }) => count + labels.length, 0)
  const rows = new Float32Array(rowCount * features.length)
  const labels = new Uint8Array(rowCount)
  const weights = new Float32Array(rowCount)
  let row = 0
  for (const group of groups) {
    rows.set(group.rows, row * features.length)
    labels.set(group.labels, row)
    weights.set(group.weights, row)
    row += group.labels.length
  }
  return fitLogistic(rows, labels, { features, l2, weights, ...(signal && { signal }) })
}

type Score = (columns: readonly Float32Array[], rowCount: number) => Float32Array

/** Mean over groups of how likely the taken row stands above another one. */
function aucOf(groups: readonly SampleGroup[], width: number, score: Score): number {
  const scores: number[] = []
  const labels: number[] = []
  const names: number[] = []
  for (const [index, group] of groups.entries()) {
    const rowCount = group.labels.length
    const columns = Array.from({ length: width }, (_, feature) =>
      Float32Array.from({ length: rowCount }, (_, row) => group.rows[row * width + feature]!),
    )
    scores.push(...score(columns, rowCount).subarray(0, rowCount))
    labels.push(...group.labels)
    for (let row = 0; row < rowCount; row++) names.push(index)
  }
  return groupedAuc(scores, labels, names) ?? 0.5
}

/**
 * Says what the model learned from, and for which items: ordinals mean nothing beside another list.
 */
function labelled(artifact: Artifact, likes: Likes): Artifact {
  const { ordinals, through } = likes
  const ids = Array.from({ length: ordinals.size }, (_, ordinal) => ordinals.id(ordinal))
  const header = { ...artifact.header, through, items: fingerprintOf(ids), itemCount: ids.length }
  return { ...artifact, header }
}

export function fingerprintOf(ids: readonly ItemId[]): string {
  const hash = createHash('sha256')
  for (const id of ids) hash.update(id).update('\n')
  return hash.digest('hex').slice(0, 32)
}

/** A seed that differs from training to training, and is the same for the same log. */
export function seedFor(through: Offset): string {
  return seededRandom(through).fork('training').next().toString(36)
}
